using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>How a dispatcher works.</summary>
/// <param name="Owner">Names this process in leases.</param>
/// <param name="Connections">Mails on the wire at once.</param>
/// <param name="Batch">Rows leased at once.</param>
internal sealed record DispatchRules(string Owner, int Connections, int Batch);

/// <summary>The stores that a dispatcher reads and writes.</summary>
internal sealed record DispatchStores(Database Database, LedgerStore Ledger, EditionStore Editions, SubscriberStore Subscribers);

/// <summary>
/// Sends what is due: leases rows, sets each on the wire before MAIL FROM, and records what came of it. Rows go in waves of as many
/// as there are connections, with one commit before and one after, so that a crash leaves at most a wave uncertain.
/// </summary>
internal sealed class Dispatcher(DispatchStores stores, MailSource mails, ITransport transport, DispatchRules rules, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileDatabaseFails = TimeSpan.FromSeconds(1);

    /// <summary>Takes and sends what is due at this moment, up to a batch. Gives how many rows were taken: 0 = nothing is due.</summary>
    /// <param name="stop">No further wave begins; the one on the wire ends first, and the rest is handed back.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<ClaimedDelivery> claimed = await stores.Ledger.ClaimAsync(rules.Owner, now, now + Lease, rules.Batch, stop);
        int taken = 0;
        try
        {
            while (taken < claimed.Length && !stop.IsCancellationRequested)
            {
                ImmutableArray<ClaimedDelivery> wave = [.. claimed.Skip(taken).Take(rules.Connections)];
                taken += wave.Length;
                await SendWaveAsync(wave, stop);
            }
        }
        finally
        {
            if (taken < claimed.Length)
            {
                await stores.Ledger.ReleaseAsync(rules.Owner, claimed.Skip(taken).Select(d => d.Id), time.GetUtcNow(), CancellationToken.None);
            }
        }

        return claimed.Length;
    }

    private async Task SendWaveAsync(ImmutableArray<ClaimedDelivery> wave, CancellationToken stop)
    {
        ImmutableDictionary<long, Subscriber> readers =
            (await stores.Subscribers.FindForSendingAsync([.. wave.Select(d => d.SubscriberId)], CancellationToken.None)).ToImmutableDictionary(s => s.Id);
        Dictionary<long, MailDraft> drafts = [];
        foreach (ClaimedDelivery delivery in wave)
        {
            drafts[delivery.Id] = readers.TryGetValue(delivery.SubscriberId, out Subscriber? reader) && reader.Status == SubscriberStatus.Active
                ? await mails.DraftAsync(delivery, reader, CancellationToken.None)
                : new MailDraft(DraftVerdict.Withdraw);
        }

        IReadOnlySet<long> marked = await MarkAsync(wave, drafts);
        ClaimedDelivery[] sending = [.. wave.Where(d => marked.Contains(d.Id))];
        SendOutcome[] outcomes = await Task.WhenAll(sending.Select(d => transport.SendAsync(drafts[d.Id].Mail!, stop)));
        await RecordAsync([.. sending.Zip(outcomes)]);

        // Whatever was neither sent nor withdrawn is paused, or its posts cannot be read now.
        long[] waiting = [.. wave.Where(d => !marked.Contains(d.Id) && drafts[d.Id].Verdict != DraftVerdict.Withdraw).Select(d => d.Id)];
        await stores.Ledger.ReleaseAsync(rules.Owner, waiting, time.GetUtcNow() + WhileWaiting, CancellationToken.None);
    }

    /// <summary>
    /// One commit: rows that may go are set on the wire, only if the lease is ours, the reader active, the edition neither paused nor
    /// cancelled; rows of those who left, and of withdrawn posts, end.
    /// </summary>
    private Task<IReadOnlySet<long>> MarkAsync(ImmutableArray<ClaimedDelivery> wave, Dictionary<long, MailDraft> drafts) => stores.Database.WriteAsync(
        async transaction =>
        {
            DateTimeOffset now = time.GetUtcNow();
            IReadOnlySet<long> sendable = await stores.Editions.SendableAsync(transaction, wave.Select(d => d.EditionId), CancellationToken.None);
            IReadOnlySet<long> active = await stores.Subscribers.ActiveAsync(transaction, wave.Select(d => d.SubscriberId), CancellationToken.None);
            await stores.Ledger.WithdrawAsync(
                transaction, rules.Owner, wave.Where(d => !active.Contains(d.SubscriberId) || drafts[d.Id].Verdict == DraftVerdict.Withdraw).Select(d => d.Id), now,
                CancellationToken.None);
            return await stores.Ledger.MarkAsync(
                transaction,
                rules.Owner,
                wave.Where(d => sendable.Contains(d.EditionId) && active.Contains(d.SubscriberId) && drafts[d.Id].Verdict == DraftVerdict.Send).Select(d => d.Id),
                now,
                CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>One commit for the wave. While the database fails it is offered again: a mail that went out must not be forgotten.</summary>
    private async Task RecordAsync(ImmutableArray<(ClaimedDelivery Delivery, SendOutcome Outcome)> results)
    {
        if (results.IsEmpty)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<FinishedDelivery> finished = [.. results.Select(r => OutcomeRule.Apply(r.Delivery, r.Outcome, now))];
        ImmutableArray<ClaimedDelivery> expired = [.. results.Where(r => OutcomeRule.IsExpired(r.Delivery, r.Outcome, now)).Select(r => r.Delivery)];
        List<(long Subscription, long Number)> owed = [];
        foreach (ClaimedDelivery delivery in expired)
        {
            Variant variant = (await stores.Editions.VariantsAsync(delivery.EditionId, CancellationToken.None)).Single(v => v.Number == delivery.Variant);
            owed.AddRange(variant.Posts.Select(number => (delivery.SubscriptionId, number)));
        }

        while (true)
        {
            try
            {
                await stores.Database.WriteAsync(
                    async transaction =>
                    {
                        await stores.Ledger.OweAsync(transaction, owed, CancellationToken.None);
                        return await stores.Ledger.FinishAsync(transaction, finished, now, CancellationToken.None);
                    },
                    CancellationToken.None);
                return;
            }
            catch (StorageException)
            {
                await Task.Delay(WhileDatabaseFails, time, CancellationToken.None);
            }
        }
    }
}
