using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Subscribers;

namespace Syndication.Deliveries;

/// <summary>Editions to subscribers: only to those who are active, and only while the edition is neither paused nor cancelled.</summary>
internal sealed class DeliveryQueue(LedgerStore ledger, EditionStore editions, SubscriberStore subscribers, MailSource mails) : IMailQueue
{
    public QueueStore Rows => ledger.Rows;

    public async Task<ImmutableArray<QueuedMail>> ClaimAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IReadOnlyCollection<long> blocked, CancellationToken stop)
    {
        ImmutableArray<ClaimedDelivery> claimed = await ledger.ClaimAsync(owner, now, until, limit, [.. await editions.PausedAsync(stop), .. blocked], stop);
        ImmutableDictionary<long, Subscriber> readers = claimed.IsEmpty
            ? ImmutableDictionary<long, Subscriber>.Empty
            : (await subscribers.FindForSendingAsync([.. claimed.Select(d => d.SubscriberId)], stop)).ToImmutableDictionary(s => s.Id);
        return [.. claimed.Select(d => new QueuedDelivery(this, d, readers.GetValueOrDefault(d.SubscriberId)))];
    }

    public async Task<MailDraft> DraftAsync(QueuedMail mail, CancellationToken stop) => mail is QueuedDelivery { Address.Length: > 0, Reader: Subscriber reader } queued
        ? await mails.DraftAsync(queued.Delivery, reader, stop)
        : new MailDraft(DraftVerdict.Withdraw);

    public async Task<Permit> PermitAsync(DbTransaction transaction, IReadOnlyCollection<StartingMail> starting, CancellationToken stop)
    {
        QueuedDelivery[] queued = [.. starting.Select(s => s.Queued).OfType<QueuedDelivery>()];

        // What is withdrawn is known in memory alone, and there to the one process that sends.
        HashSet<long> outdated = [.. starting.Where(s => mails.IsOutdated(s.Draft)).Select(s => s.Queued.Row.Id)];
        IReadOnlyDictionary<long, Edition> found = await editions.FindAsync(transaction, queued.Select(q => q.Delivery.EditionId).Distinct(), stop);
        IReadOnlyDictionary<long, string> active = await subscribers.ActiveAsync(transaction, queued.Select(q => q.Delivery.SubscriberId), stop);

        return new Permit(
            Rows(q => EditionOf(q) is { MayBeSent: true } && AddressOf(q) == q.Address && !outdated.Contains(q.Row.Id)),
            Rows(q => EditionOf(q) is { IsOver: true } || AddressOf(q) is null),

            // What was on the wire while its edition was cancelled, and came back: it ends here, and its posts come with the next one.
            Rows(q => EditionOf(q) is { IsOver: true }),
            Rows(q => EditionOf(q) is { MayBeSent: true } && AddressOf(q) is string address && (address != q.Address || outdated.Contains(q.Row.Id))));

        Edition? EditionOf(QueuedDelivery q) => found.GetValueOrDefault(q.Delivery.EditionId);
        string? AddressOf(QueuedDelivery q) => active.GetValueOrDefault(q.Delivery.SubscriberId);
        HashSet<long> Rows(Func<QueuedDelivery, bool> which) => [.. queued.Where(which).Select(q => q.Row.Id)];
    }

    public async Task OweAsync(DbTransaction transaction, IReadOnlyCollection<QueuedMail> expired, CancellationToken stop)
    {
        List<(long Subscription, long Number)> owed = [];
        ClaimedDelivery[] deliveries = [.. expired.OfType<QueuedDelivery>().Select(q => q.Delivery)];
        IReadOnlyDictionary<long, Edition> found = await editions.FindAsync(transaction, deliveries.Select(d => d.EditionId), stop);
        foreach (IGrouping<long, ClaimedDelivery> edition in deliveries.Where(d => found[d.EditionId] is { IsDropped: false }).GroupBy(d => d.EditionId))
        {
            ImmutableDictionary<int, ImmutableArray<long>> variants = await EditionStore.PostsAsync(transaction, edition.Key, stop);
            owed.AddRange(edition.SelectMany(d => variants[d.Variant].Select(number => (d.SubscriptionId, number))));
        }

        if (owed.Count > 0)
        {
            await ledger.OweAsync(transaction, owed, stop);
        }
    }
}
