using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>The same refusal to mail after mail is not the recipients' matter: somebody looks at it before a list is burnt.</summary>
public sealed class UniformRefusalTests
{
    private static readonly SendOutcome NoRelaying = new(SendResult.Rejected, OutcomeScope.Recipient, 550, null, "RCPT TO: 550 relaying denied");
    private static readonly SendOutcome Malformed = new(SendResult.Rejected, OutcomeScope.Message, 554, "5.6.0", "end of the mail: 554 5.6.0 malformed");
    private static readonly SendOutcome TooLarge = SmtpReplies.Unsendable(OutcomeScope.Message, "the mail has 30 bytes; the mail server takes 20");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheSameRefusalOfEverybodyPausesTheTransportAndBurnsNobody(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(60, 12);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => NoRelaying);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        SendingPause pause = Assert.Single(result.Pauses, p => !p.IsOver).Pause;
        Assert.Equal(("transport/test:25", PauseKind.Policy, NoRelaying.Text), (pause.Scope, pause.Kind, pause.Reason));
        Assert.InRange(transport.Asked.Count, RefusalRun.Length, RefusalRun.Length + 4);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, IsTried: false, Status: DeliveryStatus.Queued or DeliveryStatus.Deferred }));

        await room.Pauses.EndAsync(pause.Scope, Stop);
        transport.Decide = _ => DecidedTransport.Sent;
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ATextThatIsRefusedByAllPausesItsEditionAlone(TestEngine engine)
    {
        foreach (SendOutcome refusal in (SendOutcome[])[Malformed, TooLarge])
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync(40, 8);
            long bad = await room.PublishAsync("Bad");
            DecidedTransport transport = new(_ => refusal);
            Dispatcher dispatcher = room.Dispatcher(transport);

            DispatchResult result = await Mailroom.RunAsync(dispatcher);

            Assert.Equal(PauseRule.OfEdition(bad), Assert.Single(result.Pauses, p => !p.IsOver).Pause.Scope);
            Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, Status: DeliveryStatus.Queued or DeliveryStatus.Deferred }));
            transport.Decide = _ => DecidedTransport.Sent;
            long good = await room.PublishAsync("Good");
            await Mailroom.RunAsync(dispatcher);
            Assert.Equal((40, 40), ((await room.Ledger.CountAsync(good, Stop)).Sent, (await room.Ledger.CountAsync(bad, Stop)).Waiting));
        }
    }

    [Fact]
    public async Task WhereAllAreAtOneDomainTheEditionPausesAndOthersGoOn()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(40, 1);
        long edition = await room.PublishAsync();
        DecidedTransport transport = new(m => m.Recipient == "operator@example.org" ? DecidedTransport.Sent : DecidedTransport.NoSuchUser);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);
        await room.QueueAsync(Mailroom.Alert());
        room.Pass(TimeSpan.FromSeconds(1));
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(PauseRule.OfEdition(edition), Assert.Single(result.Pauses, p => !p.IsOver).Pause.Scope);
        Assert.Equal(40, (await room.Ledger.CountAsync(edition, Stop)).Waiting);
        Assert.Equal(DeliveryStatus.Sent, Assert.Single(await room.NoticeRowsAsync()).Status);
    }

    [Fact]
    public async Task WhoIsRefusedAgainAfterTheOperatorLookedHasFailedSoThatADeadListEnds()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(60, 12);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.NoSuchUser);
        Dispatcher dispatcher = room.Dispatcher(transport);
        int resumed = 0;
        while (await room.PauseAsync() is not null || resumed == 0)
        {
            await room.Pauses.EndAsync(PauseRule.OfTransport(transport.Name), Stop);
            room.Pass(TimeSpan.FromHours(1));
            await Mailroom.RunAsync(dispatcher);
            Assert.InRange(++resumed, 1, 10);
        }

        Assert.Equal(60, (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Failed));
    }

    [Fact]
    public async Task RefusalsWithSuccessesBetweenThemFailTheirRecipientsAtOnce()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(200, 20);
        await room.PublishAsync();
        int asked = 0;
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        transport.Decide = _ => ++asked % 10 == 1 ? DecidedTransport.Sent : DecidedTransport.NoSuchUser;

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Empty(result.Pauses);
        Assert.Equal((20, 180), ((await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Sent), (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Failed)));
    }

    [Fact]
    public async Task AnEditionWhoseAccountWasClosedMeanwhileIsOpenAgain()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(19, 7);
        long first = await room.PublishAsync("First");
        DecidedTransport transport = new(_ => NoRelaying);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        Assert.Empty(await new EditionEnds(room.Database, room.Editions, room.Ledger).CloseAsync(room.Now, Stop));
        Assert.NotNull((await room.Editions.FindAsync(first, Stop))!.End);

        await room.PublishAsync("Second");
        await Mailroom.RunAsync(dispatcher);

        Assert.Null((await room.Editions.FindAsync(first, Stop))!.End);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, Status: DeliveryStatus.Queued or DeliveryStatus.Deferred }));
    }
}
