using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>What a row needs to be set on the wire, whenever it is lost: before the claim, after it, or while the mail is made.</summary>
public sealed class OnTheWireTests
{
    private static readonly RowMoment[] Moments = [RowMoment.BeforeClaim, RowMoment.AfterClaim, RowMoment.AfterDraft];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsSetOnTheWireOnlyIfTheSubscriberIsActive(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync("leaver@one.example", "reader@two.example");
            await room.PublishAsync();

            Assert.Equal(["reader@two.example"], await SendAsync(room, moment, () => room.UnsubscribeAsync("leaver@one.example")));

            Assert.Equal(
                [("leaver@one.example", DeliveryStatus.Cancelled, 0), ("reader@two.example", DeliveryStatus.Sent, 1)],
                (await room.RowsAsync()).Select(r => (r.Address, r.Status, r.Attempts)));
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhoIsErasedGetsNothingMore(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync("leaver@one.example", "reader@two.example");
            await room.PublishAsync();

            Assert.Equal(["reader@two.example"], await SendAsync(room, moment, () => room.EraseAsync("leaver@one.example")));

            Assert.Equal([("", DeliveryStatus.Cancelled, 0), ("reader@two.example", DeliveryStatus.Sent, 1)], (await room.RowsAsync()).Select(r => (r.Address, r.Status, r.Attempts)));
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhoMovesGetsItAtTheNewAddressAndNothingAtTheOld(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync("old@one.example");
            await room.PublishAsync();

            IEnumerable<string> asked = await SendAsync(
                room, moment, () => room.ExecuteAsync("update subscribers set address = 'new@two.example', address_key = 'new@two.example'"), untilSent: 1);

            Assert.Equal(["new@two.example"], asked);
            Assert.Equal([("new@two.example", DeliveryStatus.Sent, 1)], (await room.RowsAsync()).Select(r => (r.Address, r.Status, r.Attempts)));
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsSetOnTheWireOnlyIfTheEditionIsNotPaused(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync(3, 3);
            long edition = await room.PublishAsync();

            Assert.Empty(await SendAsync(room, moment, () => room.Editions.PauseAsync(edition, true, Stop)));

            Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Queued, Attempts: 0 }));
            Assert.Equal(0, await room.LeasesAsync());
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsSetOnTheWireOnlyIfTheEditionIsNotCancelled(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync(3, 3);
            long edition = await room.PublishAsync();

            Assert.Empty(await SendAsync(room, moment, () => room.Maker.CancelAsync(edition, false, room.Now, Stop)));

            Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Cancelled, Attempts: 0 }));
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowThatACancelledEditionLeftBehindIsNotSetOnTheWire(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(3, 3);
        long edition = await room.PublishAsync();

        Assert.Empty(await SendAsync(room, RowMoment.AfterDraft, () => room.ExecuteAsync($"update editions set status = 3 where id = {edition}")));

        Assert.All(await room.RowsAsync(), r => Assert.Equal(0, r.Attempts));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsSetOnTheWireOnlyIfItsPostWasNotWithdrawn(TestEngine engine)
    {
        foreach (RowMoment moment in Moments)
        {
            await using Mailroom room = await Mailroom.CreateAsync(engine);
            await room.SubscribeAsync(3, 3);
            await room.PublishAsync();

            Assert.Empty(await SendAsync(room, moment, () =>
            {
                room.Withdraw();
                return Task.CompletedTask;
            }));

            room.Pass(TimeSpan.FromMinutes(1));
            await Mailroom.RunAsync(room.Dispatcher(new DecidedTransport(_ => DecidedTransport.Sent)));
            Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Cancelled, Attempts: 0 }));
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsSetOnTheWireOnlyWhileNoOtherProcessCanHaveTheDatabase(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();

        Assert.Empty(await SendAsync(room, RowMoment.AfterDraft, () =>
        {
            room.Instance.Hold = new InstanceHold(new MemoryStream(), _ => throw new IOException("the connection is gone"));
            return Task.CompletedTask;
        }));

        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Status: DeliveryStatus.Queued, Attempts: 0 }));
        Assert.Equal(0, await room.LeasesAsync());
    }

    /// <summary>Sends what is due, and does something at a moment of it. Gives who was sent a mail.</summary>
    private static async Task<IEnumerable<string>> SendAsync(Mailroom room, RowMoment moment, Func<Task> happens, int untilSent = 0)
    {
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        if (moment == RowMoment.BeforeClaim)
        {
            await happens();
        }

        Dispatcher dispatcher = room.Dispatcher(new InterruptedQueue(room.Queue, moment, happens), (transport, new RelayOptions()));
        await Mailroom.RunOnceAsync(dispatcher, Stop);
        for (int turn = 0; turn < 5 && transport.Asked.Count < untilSent; turn++)
        {
            room.Pass(TimeSpan.FromSeconds(1));
            await Mailroom.RunOnceAsync(dispatcher, Stop);
        }

        return transport.Asked.Select(m => m.Recipient);
    }
}
