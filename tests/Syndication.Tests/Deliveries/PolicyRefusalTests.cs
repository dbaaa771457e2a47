using Syndication.Deliveries;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Tests.Transports;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>What becomes of 5.7.x answers to RCPT and DATA.</summary>
public sealed class PolicyRefusalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TwentyInARowAtRcptOverFiveDomainsPauseTheTransportUntilTheOperatorResumes(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(30, 6);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.PolicyAtRcpt);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        Assert.Equal(PauseKind.Policy, Assert.Single(result.Pauses).Pause.Kind);
        Assert.InRange(transport.Asked.Count, RefusalRun.Length, RefusalRun.Length + 3);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: not DeliveryStatus.Failed }));

        // Neither time nor a restart ends it.
        int asked = transport.Asked.Count;
        room.Pass(TimeSpan.FromDays(7));
        dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal(asked, transport.Asked.Count);

        transport.Decide = _ => DecidedTransport.Sent;
        await room.Pauses.EndAsync(PauseRule.OfTransport(transport.Name), Stop);
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
    }

    [Fact]
    public async Task TwentyInARowAtDataPauseTheEditionAndNoOther()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(30, 6);
        long spam = await room.PublishAsync("Spam");
        DecidedTransport transport = new(_ => DecidedTransport.PolicyAtData);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        Assert.Equal(PauseRule.OfEdition(spam), Assert.Single(result.Pauses).Pause.Scope);
        Assert.True((await room.Editions.FindAsync(spam, Stop))!.IsPaused);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: not DeliveryStatus.Failed }));

        transport.Decide = _ => DecidedTransport.Sent;
        long other = await room.PublishAsync("Other");
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal(30, (await room.Ledger.CountAsync(other, Stop)).Sent);
        Assert.Equal(30, (await room.Ledger.CountAsync(spam, Stop)).Waiting);

        await room.Editions.PauseAsync(spam, false, Stop);
        room.Pass(TimeSpan.FromHours(5));
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal(30, (await room.Ledger.CountAsync(spam, Stop)).Sent);
    }

    [Fact]
    public async Task WhereOthersSucceedTheThirdRefusalIsTheRecipientsOwn()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(30, 6);
        await room.PublishAsync();
        DecidedTransport transport = new(m => m.Recipient.StartsWith("reader00", StringComparison.Ordinal) ? DecidedTransport.PolicyAtRcpt : DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);
        for (int hour = 0; hour < 4; hour++)
        {
            Assert.DoesNotContain((await Mailroom.RunAsync(dispatcher)).Pauses, p => !p.IsOver);
            room.Pass(TimeSpan.FromHours(1));
        }

        List<LedgerRow> rows = await room.RowsAsync();
        LedgerRow refused = rows.Single(r => r.Address.StartsWith("reader00", StringComparison.Ordinal));
        Assert.True(refused is { Attempts: OutcomeRule.PolicyAttempts, Status: DeliveryStatus.Failed });
        Assert.Equal("RCPT TO: 550 5.7.1 blocked", refused.Reply);
        Assert.Equal(29, rows.Count(r => r.Status == DeliveryStatus.Sent));
        Assert.Equal(0, await room.Database.ReadAsync(async c => Convert.ToInt32(await TestSql.ScalarAsync(c, "select count(*) from owed"), null), Stop));
    }

    [Fact]
    public async Task WhereNobodySucceedsAFewReadersAreNotBurntByThreeRefusals()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.PolicyAtRcpt);
        Dispatcher dispatcher = room.Dispatcher(transport);
        for (int hour = 0; hour < 24; hour++)
        {
            await Mailroom.RunAsync(dispatcher);
            room.Pass(TimeSpan.FromHours(1));
        }

        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: > OutcomeRule.PolicyAttempts, Status: DeliveryStatus.Deferred }));
    }

    [Theory]
    [InlineData(TestMailServer.Scripted, "RCPT 550 5.7.1 blocked", "transport/")]
    [InlineData(TestMailServer.Aiosmtpd, "RCPT 550 5.7.1 blocked", "transport/")]
    [InlineData(TestMailServer.Scripted, ". 554 5.7.1 spam", "edition/")]
    [InlineData(TestMailServer.Aiosmtpd, ". 554 5.7.1 spam", "edition/")]
    [InlineData(TestMailServer.Scripted, "DATA 554 5.7.1 spam", "edition/")]
    [InlineData(TestMailServer.Aiosmtpd, "DATA 554 5.7.1 spam", "edition/")]
    internal async Task ARealServersPolicyPausesAndBurnsNobody(TestMailServer kind, string refusal, string scope)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = refusal });
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(40, 8);
        await room.PublishAsync();
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.StartsWith(scope, Assert.Single(result.Pauses, p => !p.IsOver).Pause.Scope, StringComparison.Ordinal);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: not DeliveryStatus.Failed }));
    }
}
