using Syndication.Deliveries;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Tests.Transports;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Failures that are about us pause all mail, and burn no recipient.</summary>
public sealed class TransportPauseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMailServerThatIsAwayLeavesEveryRowAsItWas(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(10, 3);
        await room.PublishAsync();
        List<LedgerRow> before = await room.RowsAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Away);

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Single(transport.Asked);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: DeliveryStatus.Queued or DeliveryStatus.Deferred }));
        Assert.Equal(before.Select(r => r.DueAt), (await room.RowsAsync()).Select(r => r.DueAt));
        PauseChange begun = Assert.Single(result.Pauses);
        Assert.False(begun.IsOver);
        Assert.Equal(PauseKind.Backoff, begun.Pause.Kind);
    }

    [Fact]
    public async Task ProbesGoOneByOneAfterAMinuteThenTwoUpToAnHourAndSuccessResumes()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(10, 3);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Away);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);

        foreach (int minutes in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            int asked = transport.Asked.Count;
            room.Pass(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Empty((await Mailroom.RunAsync(dispatcher)).Pauses);
            Assert.Equal(asked, transport.Asked.Count);
            room.Pass(TimeSpan.FromSeconds(1));
            Assert.Empty((await Mailroom.RunAsync(dispatcher)).Pauses);
            Assert.Equal(asked + 1, transport.Asked.Count);
        }

        transport.Decide = _ => DecidedTransport.Sent;
        room.Pass(TimeSpan.FromHours(1));
        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        Assert.True(Assert.Single(result.Pauses).IsOver);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
        Assert.Null(await room.PauseAsync());
    }

    [Fact]
    public async Task WeeksOfAPausedTransportUseUpNothingOfAMailsLifetime()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("a@one.example");
        await room.PublishAsync();
        DecidedTransport transport = new(_ => new SendOutcome(SendResult.Deferred, OutcomeScope.Recipient, 450, null, "RCPT TO: 450 later"));
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        transport.Decide = _ => DecidedTransport.Refused;
        for (int hour = 0; hour < 24 * 14; hour++)
        {
            room.Pass(TimeSpan.FromHours(1));
            await Mailroom.RunAsync(dispatcher);
        }

        transport.Decide = _ => new SendOutcome(SendResult.Deferred, OutcomeScope.Recipient, 450, null, "RCPT TO: 450 later");
        room.Pass(TimeSpan.FromHours(1));
        await Mailroom.RunAsync(dispatcher);
        Assert.True((await room.RowsAsync())[0] is { Attempts: 2, Status: DeliveryStatus.Deferred });
        transport.Decide = _ => DecidedTransport.Sent;
        room.Pass(TimeSpan.FromHours(1));
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(DeliveryStatus.Sent, (await room.RowsAsync())[0].Status);
    }

    [Fact]
    public async Task ARefusedAccountIsTriedOnceAnHourAndAtOnceAfterARestart()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(5, 2);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.WrongPassword);
        Dispatcher dispatcher = room.Dispatcher(transport);
        PauseChange told = Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses);
        Assert.True(told.Pause is { Kind: PauseKind.Account, NeedsOperator: true });
        for (int minute = 0; minute < 180; minute++)
        {
            room.Pass(TimeSpan.FromMinutes(1));
            Assert.Empty((await Mailroom.RunAsync(dispatcher)).Pauses);
        }

        Assert.Equal(4, transport.Asked.Count);
        transport.Decide = _ => DecidedTransport.Sent;
        await Mailroom.RunAsync(room.Dispatcher(transport));
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Fact]
    public async Task TheOperatorLetsAPausedTransportGoAtOnce()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(5, 2);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Refused);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        transport.Decide = _ => DecidedTransport.Sent;
        await Mailroom.RunAsync(dispatcher);
        Assert.Single(transport.Asked);

        await room.Pauses.EndAsync(PauseRule.OfTransport(transport.Name), Stop);
        await Mailroom.RunAsync(dispatcher);

        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
    }

    [Fact]
    public async Task AnotherTransportIsNotPausedByTheLastOne()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(5, 2);
        await room.PublishAsync();
        await room.Pauses.SaveAsync(PauseRule.AfterRefusals(PauseRule.OfTransport("old:25"), DecidedTransport.PolicyAtRcpt, room.Now), Stop);

        await Mailroom.RunAsync(room.Dispatcher(new DecidedTransport(_ => DecidedTransport.Sent)));

        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
        Assert.Null(await room.PauseAsync());
    }

    [Fact]
    public async Task WhereOnlySomeConnectionsGetThroughTheOthersWaitAMinuteAndNothingPauses()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(9, 3);
        await room.PublishAsync();

        // Not the first: that goes alone, and says what others may expect.
        int asked = 0;
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        transport.Decide = _ => ++asked == 4 ? DecidedTransport.Away : DecidedTransport.Sent;

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Empty(result.Pauses);
        List<LedgerRow> rows = await room.RowsAsync();
        Assert.Equal(8, rows.Count(r => r.Status == DeliveryStatus.Sent));
        LedgerRow waits = rows.Single(r => r.Status != DeliveryStatus.Sent);
        Assert.True(waits is { Attempts: 0, IsTried: false });
        Assert.Equal(room.Now + TimeSpan.FromMinutes(1), waits.DueAt);
    }

    [Fact]
    public async Task BeingToldToStopPausesNothing()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(9, 3);
        await room.PublishAsync();
        using CancellationTokenSource stop = new();
        DecidedTransport transport = new(_ =>
        {
            stop.Cancel();
            return new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, "connection: stopped");
        });

        DispatchResult result = await Mailroom.RunOnceAsync(room.Dispatcher(transport), stop.Token);

        Assert.Empty(result.Pauses);
        Assert.Null(await room.PauseAsync());
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false }));
    }

    [Theory]
    [InlineData(TestMailServer.Scripted, "MAIL 550 5.7.1 not you", PauseKind.Refused)]
    [InlineData(TestMailServer.Aiosmtpd, "MAIL 550 5.7.1 not you", PauseKind.Refused)]
    [InlineData(TestMailServer.Scripted, "MAIL 451 4.3.0 later", PauseKind.Backoff)]
    [InlineData(TestMailServer.Aiosmtpd, "MAIL 451 4.3.0 later", PauseKind.Backoff)]
    [InlineData(TestMailServer.Scripted, "CONNECT 554 go away", PauseKind.Refused)]
    [InlineData(TestMailServer.Scripted, "CONNECT 421 busy", PauseKind.Backoff)]
    internal async Task ARealServersRefusalOfUsBurnsNobodyAndEndsByItself(TestMailServer kind, string refusal, PauseKind pause)
    {
        string command = refusal.Split(' ')[0];
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = $"{refusal}\n{command} ok" });
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(12, 3);
        await room.PublishAsync();
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult first = await Mailroom.RunAsync(dispatcher);
        Assert.Equal(pause, Assert.Single(first.Pauses).Pause.Kind);
        Assert.Empty(server.Mails);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false }));

        room.Pass(TimeSpan.FromMinutes(1));
        DispatchResult second = await Mailroom.RunAsync(dispatcher);
        Assert.True(Assert.Single(second.Pauses).IsOver);
        Assert.Equal(12, (await server.MailsAsync(12)).Select(m => m.Recipients[0]).Distinct().Count());
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Theory]
    [InlineData(TestMailServer.Scripted)]
    [InlineData(TestMailServer.Aiosmtpd)]
    public async Task AWrongPasswordIsTriedByOneConnectionAlone(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Password = "right" });
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(12, 3);
        await room.PublishAsync();
        RelayOptions options = TestMail.Options(server.Port);
        (options.UserName, options.Password) = ("blog", "wrong");
        await using SmtpTransport transport = new(options, TimeProvider.System);

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal(PauseKind.Account, Assert.Single(result.Pauses).Pause.Kind);
        Assert.Equal(1, server.Connections);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: not DeliveryStatus.Failed }));
    }

    [Fact]
    public async Task AFullDiskPausesTheOutboxFolder()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(5, 2);
        await room.PublishAsync();
        using TempFolder folder = new();
        string blocked = Path.Join(folder.Path, "outbox");
        await File.WriteAllTextAsync(blocked, "", Stop);
        await using PickupTransport transport = new(blocked);
        Dispatcher dispatcher = room.Dispatcher(transport);

        Assert.Equal(PauseKind.Refused, Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses).Pause.Kind);
        File.Delete(blocked);
        room.Pass(TimeSpan.FromMinutes(1));
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(5, Directory.GetFiles(blocked, "*.eml").Length);
    }
}
