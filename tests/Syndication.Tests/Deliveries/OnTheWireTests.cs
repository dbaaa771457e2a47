using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;

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

    /// <summary>Sends one wave, and does something at a moment of it. Gives who was sent a mail.</summary>
    private static async Task<IEnumerable<string>> SendAsync(Mailroom room, RowMoment moment, Func<Task> happens)
    {
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        InterruptedQueue queue = new(room.Queue, moment == RowMoment.AfterDraft ? happens : () => Task.CompletedTask);
        if (moment == RowMoment.BeforeClaim)
        {
            await happens();
        }

        ImmutableArray<ClaimedDelivery> wave = await queue.ClaimAsync("me", room.Now, room.Now + TimeSpan.FromMinutes(10), 10, Stop);
        if (moment == RowMoment.AfterClaim)
        {
            await happens();
        }

        await room.Wave(transport, new RefusalRuns()).SendAsync(queue, wave, 10, Stop);
        return transport.Asked.Select(m => m.Recipient);
    }

    private enum RowMoment
    {
        BeforeClaim,
        AfterClaim,
        AfterDraft,
    }

    /// <summary>A queue in which something happens after the mails were made, and before they are set on the wire.</summary>
    private sealed class InterruptedQueue(DeliveryQueue queue, Func<Task> afterDraft) : IMailQueue<ClaimedDelivery>
    {
        public QueueStore Rows => queue.Rows;

        public Task<ImmutableArray<ClaimedDelivery>> ClaimAsync(string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop) =>
            queue.ClaimAsync(owner, now, until, limit, stop);

        public LeasedRow RowOf(ClaimedDelivery mail) => queue.RowOf(mail);

        public long? EditionOf(ClaimedDelivery mail) => queue.EditionOf(mail);

        public async Task<ImmutableArray<MailDraft>> DraftAsync(ImmutableArray<ClaimedDelivery> wave, CancellationToken stop)
        {
            ImmutableArray<MailDraft> drafts = await queue.DraftAsync(wave, stop);
            await afterDraft();
            return drafts;
        }

        public Task<WavePermit> PermitAsync(DbTransaction transaction, ImmutableArray<ClaimedDelivery> wave, CancellationToken stop) =>
            queue.PermitAsync(transaction, wave, stop);

        public Task OweAsync(DbTransaction transaction, ImmutableArray<ClaimedDelivery> expired, CancellationToken stop) =>
            queue.OweAsync(transaction, expired, stop);
    }
}
