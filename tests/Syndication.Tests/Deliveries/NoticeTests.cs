using MimeKit;
using Syndication.Deliveries;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Tests.Transports;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Mails that are no edition.</summary>
public sealed class NoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NoticesGoBesideEditionsAndEachKeyOnce(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 2);
        await room.PublishAsync();
        Assert.Equal(2, await room.QueueAsync(Mailroom.Alert("a"), Mailroom.Alert("b")));
        Assert.Equal(1, await room.QueueAsync(Mailroom.Alert("a"), Mailroom.Alert("c")));
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(3, transport.Asked.Count(m => m.Recipient == "operator@example.org"));
        Assert.Equal(9, transport.Asked.Count);
        Assert.Equal(0, await room.QueueAsync(Mailroom.Alert("a")));
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal(9, transport.Asked.Count);
        Assert.All(await room.NoticeRowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Sent, Attempts: 1 }));
    }

    [Fact]
    public async Task ItIsTheMailOfAProgramToOnePersonAndNotOfAList()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.QueueAsync(Mailroom.Alert());
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        await Mailroom.RunAsync(room.Dispatcher(transport));

        using MemoryStream bytes = new(Assert.Single(transport.Asked).Message.ToArray());
        using MimeMessage mail = await MimeMessage.LoadAsync(bytes, Stop);
        Assert.Equal("operator@example.org", mail.To.ToString());
        Assert.Equal("Matter k", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.DoesNotContain(mail.Headers, h => h.Field.StartsWith("List-", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Why & how.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Why &amp; how.", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("nsubscribe", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAttemptIsTheSameMailAlsoAfterACrashOnTheWire()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.QueueAsync(Mailroom.Alert());
        DecidedTransport transport = new(_ => new SendOutcome(SendResult.Deferred, OutcomeScope.Recipient, 450, null, "450 later"));
        await Mailroom.RunAsync(room.Dispatcher(transport));
        room.Pass(TimeSpan.FromHours(1));
        await room.ExecuteAsync("update notices set status = 1, lease_owner = 'dead', lease_until = 1");
        await room.Notices.Rows.RecoverAsync(room.Now, Stop);
        Assert.Equal(1, (await room.Notices.Rows.CountUncertainAsync(0, Stop)).Rows);
        await room.Notices.Rows.RequeueUncertainAsync(room.Now, Stop);
        transport.Decide = _ => DecidedTransport.Sent;
        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal(2, transport.Asked.Count);
        Assert.Equal(transport.Asked[0].MessageId, transport.Asked[1].MessageId);
        Assert.Equal(transport.Asked[0].Message.ToArray(), transport.Asked[1].Message.ToArray());
    }

    [Fact]
    public async Task ANoticeToASubscriberGoesToTheAddressTheyHaveNowUnlessTheyAreErased()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("kept@one.example", "gone@one.example");
        await room.ExecuteAsync("update subscribers set status = 4, address = '', address_key = null where address = 'gone@one.example'");
        await room.QueueAsync(
            Mailroom.Alert("a") with { Address = null, SubscriberId = 1 }, Mailroom.Alert("b") with { Address = null, SubscriberId = 2 });
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal("kept@one.example", Assert.Single(transport.Asked).Recipient);
        Assert.Equal([DeliveryStatus.Sent, DeliveryStatus.Cancelled], (await room.NoticeRowsAsync()).Select(r => r.Status));
    }

    [Theory]
    [InlineData(TestMailServer.Scripted)]
    [InlineData(TestMailServer.Aiosmtpd)]
    public async Task ARealServerTakesIt(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.QueueAsync(Mailroom.Alert());
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);
        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal(["operator@example.org"], (await server.MailsAsync(1))[0].Recipients);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnAddressThatCannotBeWrittenIntoAMailFailsWithItsReason(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("ada@one.example", "b@two.example");
        await room.ExecuteAsync("update subscribers set address = 'a da@one.example' where address = 'ada@one.example'");
        await room.PublishAsync();
        await room.QueueAsync(Mailroom.Alert(address: "nobody"));
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal("b@two.example", Assert.Single(transport.Asked).Recipient);
        foreach (LedgerRow failed in (LedgerRow[])[(await room.RowsAsync())[0], (await room.NoticeRowsAsync())[0]])
        {
            Assert.Equal(DeliveryStatus.Failed, failed.Status);
            Assert.Contains("cannot be written into a mail", failed.Reply, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhyMailWaitsIsTold()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        room.Unsettle();

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(new DecidedTransport(_ => DecidedTransport.Sent)));

        Assert.Equal(["its posts are not read yet, or a file of theirs is missing or cannot be read"], result.Waiting);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Queued, Attempts: 0 } && r.DueAt == room.Now + TimeSpan.FromMinutes(1)));
    }
}
