using MimeKit;
using Syndication.Deliveries;
using Syndication.Tests.Support;

namespace Syndication.Tests.Deliveries;

/// <summary>The date in a mail's header.</summary>
public sealed class MailDateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>By local time, who lives east of the site gets a digest before the site's own hour has come.</summary>
    [Theory]
    [InlineData(TestEngine.Sqlite, 9)]
    [InlineData(TestEngine.Postgres, 9)]
    [InlineData(TestEngine.Sqlite, -48)]
    public async Task ItIsWhenTheMailWasDueWhateverTheEditionsSlotAndTheSameOnEachAttempt(TestEngine engine, int slot)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("you@example.org");
        long edition = await room.PublishAsync();
        DateTimeOffset due = Assert.Single(await room.RowsAsync()).DueAt;
        await room.ExecuteAsync($"update editions set slot = slot + {TimeSpan.FromHours(slot).Ticks / TimeSpan.TicksPerMicrosecond} where id = {edition}");
        DecidedTransport transport = new(_ => DecidedTransport.PolicyAtRcpt);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        room.Pass(TimeSpan.FromHours(1));
        transport.Decide = _ => DecidedTransport.Sent;
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(2, transport.Asked.Count);
        Assert.Equal(transport.Asked[0].Message.ToArray(), transport.Asked[1].Message.ToArray());
        using MemoryStream bytes = new(transport.Asked[0].Message.ToArray());
        using MimeMessage mail = await MimeMessage.LoadAsync(bytes, Stop);
        Assert.Equal(due, mail.Date);
    }
}
