using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>
/// Plans editions: makes their rows in the ledger and moves marks, as <see cref="Selection"/> decides, one transaction for each chunk
/// of the audience. The cursor is on the edition, so that any node goes on where another stopped.
/// </summary>
internal sealed class EditionRows(Database database, EditionStore editions, LedgerStore ledger, SubscriptionStore subscriptions)
{
    /// <summary>Subscriptions planned in one transaction.</summary>
    public const int ChunkSize = 1000;

    private static readonly ImmutableHashSet<long> Nothing = [];

    /// <summary>Plans all editions that are not planned to their end, and gives those that are now.</summary>
    public async Task<ImmutableArray<Edition>> PlanAsync(DateTimeOffset now, CancellationToken stop)
    {
        List<Edition> planned = [];
        foreach (Edition open in await editions.PlanningAsync(stop))
        {
            await PlanAsync(open, now, stop);
            if (await editions.FindAsync(open.Id, stop) is { Status: EditionStatus.Planned } done)
            {
                planned.Add(done);
            }
        }

        return [.. planned];
    }

    /// <summary>Plans an edition to its end. Of one that is dropped nobody gets a row: who is not planned yet passes over it.</summary>
    public async Task PlanAsync(Edition open, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<Release> releases = await editions.Releases.AllAsync(open.Newsletter, stop);
        while (await editions.FindAsync(open.Id, stop) is { Status: EditionStatus.Planning } edition)
        {
            await PlanChunkAsync(edition, releases, now, stop);
        }
    }

    private async Task PlanChunkAsync(Edition edition, ImmutableArray<Release> releases, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<AudienceMember> page =
            await subscriptions.PageAsync(edition.Newsletter, edition.Cadence, edition.Cutoff, edition.Cursor, ChunkSize, stop);
        bool done = page.Length < ChunkSize;
        long cursor = page.IsEmpty ? edition.Cursor : page[^1].Subscription.Id;
        await database.WriteAsync(
            async transaction =>
            {
                if (!await EditionStore.TakeChunkAsync(transaction, edition, stop))
                {
                    return 0;
                }

                List<PlannedMove> moves = await ChooseAsync(transaction, edition, [.. page.Select(m => m.Subscription)], releases, stop);
                int rows = await ledger.PlanAsync(transaction, edition.Id, moves, edition.Slot, now, stop);
                await EditionStore.MoveCursorAsync(transaction, edition, cursor, rows, done, stop);
                return rows;
            },
            stop);
    }

    /// <summary>What the edition takes for each of a chunk; sets of posts become variants.</summary>
    private async Task<List<PlannedMove>> ChooseAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<Subscription> chunk, ImmutableArray<Release> releases, CancellationToken stop)
    {
        long[] ids = [.. chunk.Select(s => s.Id)];
        IReadOnlyDictionary<long, long> marks = await ledger.MarksAsync(transaction, ids, stop);
        ILookup<long, long> owed = await ledger.OwedAsync(transaction, ids, stop);
        ILookup<long, long> sent = await SentAsync(transaction, edition, chunk, marks, releases, stop);
        Dictionary<string, int> variants = new(StringComparer.Ordinal);
        List<PlannedMove> moves = [];
        foreach (Subscription subscription in chunk)
        {
            long mark = marks.GetValueOrDefault(subscription.Id);
            ImmutableArray<long>? chosen = Selection.For(
                subscription, mark, SetOf(owed, subscription), releases, edition.Upto, edition.Slot, SetOf(sent, subscription));
            if (chosen is not ImmutableArray<long> numbers)
            {
                continue;
            }

            int? variant = null;
            if (!edition.IsDropped && !numbers.IsEmpty)
            {
                string set = string.Join(',', numbers);
                if (!variants.TryGetValue(set, out int known))
                {
                    variants[set] = known = await EditionStore.VariantAsync(transaction, edition.Id, numbers, stop);
                }

                variant = known;
            }

            ImmutableArray<long> settled = [.. numbers.Where(owed[subscription.Id].Contains)];
            if (variant is not null || !settled.IsEmpty || edition.Upto > mark)
            {
                moves.Add(new PlannedMove(subscription.Id, subscription.SubscriberId, mark, Math.Max(mark, edition.Upto), variant) { Settled = settled });
            }
        }

        return moves;
    }

    /// <summary>To whom of a chunk the mails were sent, or are on their way, that are corrected now: numbers by subscription. Asks nothing where nothing is.</summary>
    private async Task<ILookup<long, long>> SentAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<Subscription> chunk, IReadOnlyDictionary<long, long> marks,
        ImmutableArray<Release> releases, CancellationToken stop)
    {
        HashSet<long> corrected = [.. releases
            .Where(r => r.Corrects is not null && r.Number <= edition.Upto && chunk.Any(s => Selection.MayTake(s, marks.GetValueOrDefault(s.Id), r)))
            .Select(r => r.Corrects!.Value)];
        if (corrected.Count == 0)
        {
            return Array.Empty<(long Subscription, long Number)>().ToLookup(s => s.Subscription, s => s.Number);
        }

        ILookup<(long, int), long> copies = (await EditionStore.CopiesAsync(transaction, edition.Newsletter, corrected, stop))
            .ToLookup(c => (c.Edition, c.Variant), c => c.Number);
        return (await ledger.SentAsync(transaction, copies.Select(c => c.Key), chunk.Select(s => s.SubscriberId), stop))
            .SelectMany(d => copies[(d.Edition, d.Variant)].Select(number => (d.Subscription, Number: number)))
            .ToLookup(s => s.Subscription, s => s.Number);
    }

    private static IReadOnlySet<long> SetOf(ILookup<long, long> numbers, Subscription subscription) =>
        numbers.Contains(subscription.Id) ? numbers[subscription.Id].ToHashSet() : Nothing;
}
