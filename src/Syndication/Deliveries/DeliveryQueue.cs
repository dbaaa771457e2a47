using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Subscribers;

namespace Syndication.Deliveries;

/// <summary>Editions to subscribers: only to those who are active, and only while the edition is neither paused nor cancelled.</summary>
internal sealed class DeliveryQueue(LedgerStore ledger, EditionStore editions, SubscriberStore subscribers, MailSource mails) : IMailQueue<ClaimedDelivery>
{
    public QueueStore Rows => ledger.Rows;

    public async Task<ImmutableArray<ClaimedDelivery>> ClaimAsync(string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop) =>
        await ledger.ClaimAsync(owner, now, until, limit, await editions.PausedAsync(stop), stop);

    public LeasedRow RowOf(ClaimedDelivery mail) => mail.Row;

    public long? EditionOf(ClaimedDelivery mail) => mail.EditionId;

    public async Task<ImmutableArray<MailDraft>> DraftAsync(ImmutableArray<ClaimedDelivery> wave, CancellationToken stop)
    {
        ImmutableDictionary<long, Subscriber> readers =
            (await subscribers.FindForSendingAsync([.. wave.Select(d => d.SubscriberId)], stop)).ToImmutableDictionary(s => s.Id);
        ImmutableArray<MailDraft>.Builder drafts = ImmutableArray.CreateBuilder<MailDraft>(wave.Length);
        foreach (ClaimedDelivery delivery in wave)
        {
            drafts.Add(readers.TryGetValue(delivery.SubscriberId, out Subscriber? reader) && reader.Status == SubscriberStatus.Active
                ? await mails.DraftAsync(delivery, reader, stop)
                : new MailDraft(DraftVerdict.Withdraw));
        }

        return drafts.MoveToImmutable();
    }

    public async Task<WavePermit> PermitAsync(DbTransaction transaction, ImmutableArray<ClaimedDelivery> wave, CancellationToken stop)
    {
        IReadOnlyDictionary<long, Edition> found = await editions.FindAsync(transaction, wave.Select(d => d.EditionId), stop);
        IReadOnlySet<long> active = await subscribers.ActiveAsync(transaction, wave.Select(d => d.SubscriberId), stop);

        // What was on the wire while its edition was cancelled, and came back: it ends here, and its posts come with the next one.
        await OweAsync(transaction, [.. wave.Where(d => found.GetValueOrDefault(d.EditionId) is { IsOver: true, IsDropped: false })], stop);
        return new WavePermit(
            wave.Where(d => found.GetValueOrDefault(d.EditionId) is { MayBeSent: true } && active.Contains(d.SubscriberId)).Select(d => d.Id).ToHashSet(),
            wave.Where(d => found.GetValueOrDefault(d.EditionId) is { IsOver: true } || !active.Contains(d.SubscriberId)).Select(d => d.Id).ToHashSet());
    }

    public async Task OweAsync(DbTransaction transaction, ImmutableArray<ClaimedDelivery> expired, CancellationToken stop)
    {
        List<(long Subscription, long Number)> owed = [];
        foreach (IGrouping<long, ClaimedDelivery> edition in expired.GroupBy(d => d.EditionId))
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
