using System.Text;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Where mail comes back to.</summary>
public sealed class ReturnPathTests
{
    [Fact]
    public async Task WithoutASettingItIsTheNewslettersAddress()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);

        Assert.All(await SendAsync(room), m => Assert.Equal("letters@example.org", m.Sender));
    }

    [Fact]
    public async Task EachMailOfAnEditionHasOneOfItsOwnAndANoticeTheCommonOne()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        room.Mail.ReturnPath = "newsletter-bounces@example.org";

        IReadOnlyList<OutgoingMail> mails = await SendAsync(room);

        ILookup<bool, OutgoingMail> ofEditions = mails.ToLookup(m => m.Sender != "newsletter-bounces@example.org");
        Assert.Single(ofEditions[false]);
        OutgoingMail[] edition = [.. ofEditions[true]];
        Assert.Equal(6, edition.Select(m => m.Sender).Distinct().Count());
        Assert.All(edition, m => Assert.Matches("^newsletter-bounces\\+[a-z2-7]{45}@example\\.org$", m.Sender));
        Assert.All(edition, m => Assert.InRange(m.Sender.IndexOf('@', StringComparison.Ordinal), 1, 64));
        Assert.All(edition, m => Assert.Contains("From: Blog <letters@example.org>\r\n", Encoding.ASCII.GetString(m.Message.Span), StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<OutgoingMail>> SendAsync(Mailroom room)
    {
        await room.SubscribeAsync(6, 2);
        await room.PublishAsync();
        await room.QueueAsync(Mailroom.Alert("a"));
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        await Mailroom.RunAsync(room.Dispatcher(transport));
        return transport.Asked;
    }
}
