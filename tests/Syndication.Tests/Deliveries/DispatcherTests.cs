using Syndication.Deliveries;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>What a dispatcher does when a part of it fails in a way that nobody foresaw.</summary>
public sealed class DispatcherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMailWhoseSendingThrowsIsUncertainAndTheOthersAreSent(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 3);
        await room.PublishAsync();
        DecidedTransport transport = new(m => m.Recipient.StartsWith("reader03", StringComparison.Ordinal)
            ? throw new InvalidOperationException("out\r\nof order") : DecidedTransport.Sent);

        await Mailroom.RunAsync(room.Dispatcher(transport));

        List<LedgerRow> rows = await room.RowsAsync();
        Assert.Equal(5, rows.Count(r => r.Status == DeliveryStatus.Sent));
        LedgerRow thrown = rows.Single(r => r.Status != DeliveryStatus.Sent);
        Assert.Equal((DeliveryStatus.Uncertain, @"InvalidOperationException: out\u000d\u000aof order"), (thrown.Status, thrown.Reply));
        Assert.StartsWith("Error: nobody knows whether a mail went out by test:25", Assert.Single(room.Log.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OutcomesAreOfferedToTheDatabaseUntilItKeepsThemWhateverItsFailureIs(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 3);
        await room.PublishAsync();
        await room.BreakAsync(DeliveryStatus.Sent);
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Task<DispatchResult> run = Mailroom.RunAsync(room.Dispatcher(transport));
        await room.PassUntilAsync(() => room.Log.All.Count > 0 || run.IsCompleted);
        for (int second = 0; second < 5; second++)
        {
            room.Pass(TimeSpan.FromSeconds(1));
            Assert.Contains(await room.RowsAsync(), r => r.Status == DeliveryStatus.Sending);
        }

        Assert.StartsWith("Error: what came of mails cannot be kept now", Assert.Single(room.Log.All), StringComparison.Ordinal);
        await room.MendAsync();
        await room.PassUntilAsync(() => run.IsCompleted);
        await run;
        Assert.Equal(6, transport.Asked.Count);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
        Assert.Equal("Information: what came of mails is kept now", room.Log.All[^1]);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMailThatCannotBeSetOnTheWireIsHandedBackAndWhatIsDueLaterGoesFirst(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 3);
        await room.PublishAsync();
        await room.BreakAsync(DeliveryStatus.Sending);
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);

        await Assert.ThrowsAnyAsync<Exception>(() => Mailroom.RunOnceAsync(dispatcher, Stop));

        Assert.Equal(0, await room.LeasesAsync());
        Assert.Single(await room.RowsAsync(), r => r.DueAt == room.Now + TimeSpan.FromMinutes(1));
        await room.MendAsync();
        room.Pass(TimeSpan.FromMinutes(1));
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ATextThatCannotBeMadeWaitsWithItsReasonAndHoldsUpNoOther(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 3);
        long broken = await room.PublishAsync("Broken");
        await room.ExecuteAsync($"update variants set composed = 'no text' where edition = {broken}");
        await room.PublishAsync("Good");
        DecidedTransport transport = new(_ => DecidedTransport.Sent);

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.StartsWith($"edition {broken}, variant 1 cannot be written: JsonException", Assert.Single(result.Waiting), StringComparison.Ordinal);
        Assert.Equal(6, transport.Asked.Count);
        Assert.Equal(6, (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Queued && r.DueAt == room.Now + TimeSpan.FromMinutes(1)));
        Assert.Equal(0, await room.LeasesAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARunThatFailsWaitsForAllThatIsOnTheWire(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(30, 10);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);
        int asked = 0;
        transport.Decide = _ =>
        {
            if (Interlocked.Increment(ref asked) == 4)
            {
                room.BreakAsync(DeliveryStatus.Sending).GetAwaiter().GetResult();
            }

            return DecidedTransport.Sent;
        };

        await Assert.ThrowsAnyAsync<Exception>(() => Mailroom.RunOnceAsync(dispatcher, Stop));

        Assert.DoesNotContain(await room.RowsAsync(), r => r.Status == DeliveryStatus.Sending);
        Assert.Equal(0, await room.LeasesAsync());
        Assert.Equal(transport.Asked.Count, (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Sent));
        await room.MendAsync();
        room.Pass(TimeSpan.FromMinutes(1));
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
        Assert.Equal(30, transport.Asked.Count);
    }

    [Fact]
    public async Task ARunThatFailsAndIsThenToldToStopWaitsNoLongerThanOthers()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(30, 10);
        await room.PublishAsync();
        using CancellationTokenSource stop = new();
        int asked = 0;
        await using WaitingTransport transport = new(_ =>
        {
            int number = Interlocked.Increment(ref asked);
            if (number == 4)
            {
                room.BreakAsync(DeliveryStatus.Sending).GetAwaiter().GetResult();
            }

            return number == 2;
        });
        Task<DispatchResult> run = Mailroom.RunOnceAsync(room.Dispatcher(transport), stop.Token);
        await Eventually.IsAsync(async () => Volatile.Read(ref asked) is >= 4 and int all && (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Sent) == all - 1, () => "all are kept but the one that is on the wire");
        Assert.False(run.IsCompleted);

        await stop.CancelAsync();
        await room.PassUntilAsync(() => run.IsCompleted);

        await Assert.ThrowsAnyAsync<Exception>(() => run);
        Assert.DoesNotContain(await room.RowsAsync(), r => r.Status == DeliveryStatus.Sending);
    }

    /// <summary>Holds some mails until it is told to stop, and takes the others.</summary>
    private sealed class WaitingTransport(Func<OutgoingMail, bool> holds) : ITransport
    {
        public string Name => "waiting:25";

        public int Connections => 4;

        public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
        {
            await Task.Yield();
            if (!holds(mail))
            {
                return DecidedTransport.Sent;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return SmtpReplies.Judge(SmtpPhase.MailFrom, SmtpFailure.Stopped, "stopped");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
