using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Several relays: who gets which mail, and what happens when one of them fails.</summary>
public sealed class RelayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MailIsSharedByWeight()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        DecidedTransport[] transports = [new(_ => DecidedTransport.Sent, 100, "large:25"), new(_ => DecidedTransport.Sent, 100, "small:25")];
        await using RelaySet relays = new([.. transports.Zip([3, 1], (t, weight) => new Relay(t, new TransportGate(room.Pauses, t), new RelayOptions { Weight = weight }))], room.Pauses, new TransportStore(room.Database), room.Time);
        await relays.LookAsync(room.Now, true, Stop);
        foreach (Relay relay in relays.All)
        {
            await relay.Gate.ProveAsync();
        }

        string order = string.Concat(Enumerable.Range(0, 12).Select(_ => relays.Take(room.Now, false)!.Name[0]));

        Assert.Equal("llslllslllsl", order);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatAFailingRelayHadGoesByTheOtherAtOnce(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(40, 10);
        await room.PublishAsync();
        DecidedTransport broken = new(_ => DecidedTransport.Away, 4, "broken:25");
        DecidedTransport sound = new(_ => DecidedTransport.Sent, 4, "sound:25");

        DispatchResult result = await Mailroom.RunAsync(room.Dispatcher(room.Queue, (broken, new RelayOptions { Weight = 9 }), (sound, new RelayOptions())));

        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
        Assert.Equal("transport/broken:25", Assert.Single(result.Pauses).Pause.Scope);
        Assert.Single(broken.Asked);
        Assert.Equal("transport/broken:25", (await room.PauseAsync())!.Scope);
    }

    [Fact]
    public async Task ARelayThatFailsInTheMiddleIsClosedOnceAndProvesItselfWithOneMail()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(60, 20);
        await room.PublishAsync();
        DecidedTransport changing = new(_ => DecidedTransport.Sent, 4, "changing:25");
        int sent = 0;
        changing.Decide = _ => ++sent > 5 ? DecidedTransport.Away : DecidedTransport.Sent;
        DecidedTransport sound = new(_ => DecidedTransport.Sent, 4, "sound:25");
        Dispatcher dispatcher = room.Dispatcher(room.Queue, (changing, new RelayOptions()), (sound, new RelayOptions()));

        Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses);

        room.Pass(TimeSpan.FromMinutes(1));
        int asked = changing.Asked.Count;
        await room.PublishAsync("Second");
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal(asked + 1, changing.Asked.Count);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Fact]
    public async Task ARelayThatSaysLaterToEverybodySlowsDownAndLosesNothing()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(200, 40);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => new SendOutcome(SendResult.Deferred, OutcomeScope.Recipient, 454, "4.7.0", "RCPT TO: 454 4.7.0 later"));
        Dispatcher dispatcher = room.Dispatcher(transport);
        await room.PassAsync(dispatcher, TimeSpan.FromMinutes(10));

        Assert.InRange(transport.Asked.Count, RelayPace.PutOffLength, RelayPace.PutOffLength + 25);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Queued or DeliveryStatus.Deferred }));
        transport.Decide = _ => DecidedTransport.Sent;
        await room.PassAsync(dispatcher, TimeSpan.FromMinutes(90));

        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
        Assert.Equal(200, transport.Asked.GroupBy(m => m.Recipient).Count());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ALimitIsKeptOverARestartAndATwentiethOfItIsForNotices(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(60, 20);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        RelayOptions limited = new() { Limits = new RelayLimits { PerDay = 40 } };

        await Mailroom.RunAsync(room.Dispatcher(room.Queue, (transport, limited)));
        Assert.Equal(38, transport.Asked.Count);
        await Mailroom.RunAsync(room.Dispatcher(room.Queue, (transport, limited)));
        Assert.Equal(38, transport.Asked.Count);
        Assert.Equal(0, await room.LeasesAsync());

        await room.QueueAsync([.. Enumerable.Range(0, 4).Select(n => Mailroom.Alert($"k{n}"))]);
        await Mailroom.RunAsync(room.Dispatcher(room.Queue, (transport, limited)));
        Assert.Equal(40, transport.Asked.Count);

        room.Pass(TimeSpan.FromHours(25));
        await Mailroom.RunAsync(room.Dispatcher(room.Queue, (transport, limited)));
        Assert.Equal(60 + 4, transport.Asked.Count);
    }

    [Fact]
    public async Task MailThatDoesNotGoUsesUpNothingOfALimit()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(15, 5);
        long paused = await room.PublishAsync("Paused");
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        RelayOptions limited = new() { Limits = new RelayLimits { PerDay = 15 } };

        // Paused after its rows were leased.
        await Mailroom.RunOnceAsync(room.Dispatcher(new InterruptedQueue(room.Queue, RowMoment.AfterClaim, () => room.Editions.PauseAsync(paused, true, Stop)), (transport, limited)), Stop);
        Assert.Empty(transport.Asked);
        await room.PublishAsync("Other");
        await Mailroom.RunAsync(room.Dispatcher(room.Queue, (transport, limited)));

        Assert.Equal(15, transport.Asked.Count);
    }

    [Fact]
    public async Task AfterTheOperatorResumesRefusalsAreCountedAnew()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(60, 12);
        await room.PublishAsync();
        DecidedTransport refusing = new(_ => DecidedTransport.PolicyAtRcpt, 2, "refusing:25");
        Dispatcher dispatcher = room.Dispatcher(refusing);
        Assert.Equal(PauseKind.Policy, Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses).Pause.Kind);

        await room.Pauses.EndAsync(PauseRule.OfTransport(refusing.Name), Stop);
        room.Pass(TimeSpan.FromHours(5));
        Assert.Equal(PauseKind.Policy, Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses).Pause.Kind);
        Assert.InRange(refusing.Asked.Count, 2 * RefusalRun.Length, (2 * RefusalRun.Length) + 4);
    }
}
