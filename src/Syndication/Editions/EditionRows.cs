using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>
/// Plans editions: makes their rows in the ledger and moves marks, as <see cref="Selection"/> decides, one transaction for each chunk
/// of the audience. The cursor is on the edition, so that any node goes on where another stopped. Readers are read before the
/// transaction: whose mark moved meanwhile gets no row, and what is new for them comes with their next edition.
/// </summary>
internal sealed class EditionRows(Database database, EditionStore editions, LedgerStore ledger)
{
    /// <summary>Subscriptions planned in one transaction: some 20 ms, for which mails on the wire wait.</summary>
    public const int ChunkSize = 1000;

    /// <summary>Of the first chunk, so that mail begins at once.</summary>
    private const int FirstChunk = 200;

    private readonly AudienceStore _audience = new(database);

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
        DueTimes due = new(open);
        while (await editions.FindAsync(open.Id, stop) is { Status: EditionStatus.Planning } edition)
        {
            try
            {
                await PlanChunkAsync(edition, releases, due, now, stop);
            }
            catch (DBConcurrencyException)
            {
                // Nothing of the chunk was kept; it is chosen anew as things are now.
            }
        }
    }

    private async Task PlanChunkAsync(Edition edition, ImmutableArray<Release> releases, DueTimes due, DateTimeOffset now, CancellationToken stop)
    {
        int size = edition.Cursor == 0 ? FirstChunk : ChunkSize;
        ImmutableArray<AudienceMember> page = await _audience.PageAsync(edition.Newsletter, edition.Cadence, edition.Cutoff, edition.Cursor, size, stop);
        long cursor = page.IsEmpty ? edition.Cursor : page[^1].Subscription.Id;

        // A dropped one is planned by a command, beside a serve that sends others; else whoever plans also sends, and waits in turn.
        await (edition.IsDropped ? database.WriteChunkAsync(PlanAsync, stop) : database.WriteAsync(PlanAsync, stop));

        async Task<int> PlanAsync(DbTransaction transaction)
        {
            if (!await EditionStore.TakeChunkAsync(transaction, edition, stop))
            {
                return 0;
            }

            List<PlannedMove> moves = await ChooseAsync(transaction, edition, page, releases, due, stop);
            int rows = await ledger.PlanAsync(transaction, edition.Id, moves, now, stop);
            await EditionStore.MoveCursorAsync(transaction, edition, cursor, rows, done: page.Length < size, stop);
            return rows;
        }
    }

    /// <summary>What the edition takes for each of a chunk; sets of posts become variants.</summary>
    private async Task<List<PlannedMove>> ChooseAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<AudienceMember> chunk, ImmutableArray<Release> releases, DueTimes due, CancellationToken stop)
    {
        ILookup<long, long> sent = await SentAsync(transaction, edition, chunk, releases, stop);
        Dictionary<string, int> variants = new(StringComparer.Ordinal);
        List<PlannedMove> moves = new(chunk.Length);
        foreach (AudienceMember reader in chunk)
        {
            DateTimeOffset at = due.In(reader.TimeZone);
            ImmutableArray<long>? chosen = Selection.For(
                reader.Subscription, reader.Mark, reader.Owed, releases, edition.Upto, at,
                sent.Count == 0 ? ImmutableHashSet<long>.Empty : sent[reader.Subscription.Id].ToHashSet());
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

            ImmutableArray<long> settled = reader.Owed.Count == 0 ? [] : [.. numbers.Where(reader.Owed.Contains)];
            if (variant is not null || !settled.IsEmpty || edition.Upto > reader.Mark)
            {
                moves.Add(new PlannedMove(
                    reader.Subscription.Id, reader.Subscription.SubscriberId, reader.Mark, Math.Max(reader.Mark, edition.Upto), variant, at)
                { Settled = settled });
            }
        }

        return moves;
    }

    /// <summary>To whom of a chunk the mails were sent, or are on their way, that are corrected now: numbers by subscription. Asks nothing where nothing is.</summary>
    private async Task<ILookup<long, long>> SentAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<AudienceMember> chunk, ImmutableArray<Release> releases, CancellationToken stop)
    {
        HashSet<long> corrected = [.. releases
            .Where(r => r.Corrects is not null && r.Number <= edition.Upto && chunk.Any(m => Selection.MayTake(m.Subscription, m.Mark, r)))
            .Select(r => r.Corrects!.Value)];
        if (corrected.Count == 0)
        {
            return Array.Empty<(long Subscription, long Number)>().ToLookup(s => s.Subscription, s => s.Number);
        }

        ILookup<(long, int), long> copies = (await EditionStore.CopiesAsync(transaction, edition.Newsletter, corrected, stop))
            .ToLookup(c => (c.Edition, c.Variant), c => c.Number);
        return (await ledger.SentAsync(transaction, copies.Select(c => c.Key), chunk.Select(m => m.Subscription.SubscriberId), stop))
            .SelectMany(d => copies[(d.Edition, d.Variant)].Select(number => (d.Subscription, Number: number)))
            .ToLookup(s => s.Subscription, s => s.Number);
    }
}
