using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>Whom an edition is sent again to.</summary>
[Flags]
internal enum ResendTo
{
    /// <summary>Those whose mail failed, whatever the reason.</summary>
    Failed = 1,

    /// <summary>Those who are owed it: it was cancelled, or tried too long, and no other edition took its posts.</summary>
    Missed = 2,
}

/// <param name="Mails">How many go again.</param>
/// <param name="Refusal">Why none may; null when they may.</param>
internal sealed record Resent(int Mails, string? Refusal);

/// <summary>
/// Sends an edition again to those who did not get it, with the same Message-ID, and to nobody who got any of its posts otherwise:
/// what is owed to them is then owed no more, in the same transaction.
/// </summary>
internal sealed class Resending(Database database, EditionStore editions, LedgerStore ledger)
{
    private const int ChunkSize = 5000;

    private readonly EndedStore _ended = new(database);

    public async Task<Resent> RunAsync(long id, ResendTo to, DateTimeOffset now, CancellationToken stop)
    {
        Edition? edition = await editions.FindAsync(id, stop);
        if (RefusalOf(edition, id, to) is string refusal)
        {
            return new Resent(0, refusal);
        }

        if (edition!.Status == EditionStatus.Cancelled)
        {
            // First of all: a row of a cancelled edition that is due would be ended by whoever sends. Rows that were not made before it was
            // cancelled are made now: of those who got its posts since then, the mark says so.
            await database.WriteAsync(
                async transaction =>
                {
                    if (await EditionStore.MoveAsync(transaction, id, EditionStatus.Cancelled, EditionStatus.Planning, stop))
                    {
                        await EditionStore.ReopenAsync(transaction, id, stop);
                    }

                    return true;
                },
                stop);
        }

        int mails = 0;
        for (long? after = 0; after is long last;)
        {
            try
            {
                (int moved, after) = await database.WriteChunkAsync(transaction => ChunkAsync(transaction, edition!, to, last, now, stop), stop);
                mails += moved;
            }
            catch (DBConcurrencyException)
            {
                // Another edition took what was owed; nothing of the chunk was kept, and it is looked at anew.
            }
        }

        return new Resent(mails, null);
    }

    /// <summary>Why an edition may not be sent again; null when it may. Pure.</summary>
    public static string? RefusalOf(Edition? edition, long id, ResendTo to) => edition switch
    {
        null => $"there is no edition {id}; `syndication editions list` shows them",
        { IsDropped: true } => $"edition {id} was cancelled with --drop: its posts are not to be mailed",
        { End.FoldedAt: not null } => $"edition {id} ended so long ago that it is no longer known who got it (Newsletter:KeepDeliveries)",
        { Status: EditionStatus.Held } => $"edition {id} is held: `syndication editions approve {id}` sends it",
        { Status: EditionStatus.Cancelled } when !to.HasFlag(ResendTo.Missed) => $"edition {id} was cancelled; with --missed it goes to all who have not got its posts",
        _ => null,
    };

    /// <summary>Whether a row may go again. Pure.</summary>
    /// <param name="status">How it ended: failed or cancelled.</param>
    /// <param name="posts">The numbers that the mail has.</param>
    /// <param name="owed">Those that its reader is owed.</param>
    /// <param name="elsewhere">Those that the reader was sent, or is being sent, with another edition.</param>
    /// <param name="to">Whom it is sent to.</param>
    public static bool MayGo(DeliveryStatus status, ImmutableArray<long> posts, IReadOnlySet<long> owed, IReadOnlySet<long> elsewhere, ResendTo to) =>
        !posts.Any(elsewhere.Contains)
        && ((to.HasFlag(ResendTo.Missed) && posts.All(owed.Contains)) || (to.HasFlag(ResendTo.Failed) && status == DeliveryStatus.Failed));

    /// <summary>One chunk. Gives how many go again, and the last subscriber; null at the end.</summary>
    private async Task<(int Moved, long? Last)> ChunkAsync(DbTransaction transaction, Edition edition, ResendTo to, long after, DateTimeOffset now, CancellationToken stop)
    {
        if (!await EditionStore.TakeUnfoldedAsync(transaction, edition.Id, stop))
        {
            return (0, null);
        }

        IReadOnlyList<UnsentDelivery> rows = await EndedStore.UnsentAsync(transaction, edition.Id, after, ChunkSize, stop);
        if (rows.Count == 0)
        {
            return (0, null);
        }

        ImmutableDictionary<int, ImmutableArray<long>> posts = await EditionStore.PostsAsync(transaction, edition.Id, stop);
        ILookup<long, long> owed = await _ended.OwedAsync(transaction, rows.Select(r => r.Subscription), stop);
        ILookup<long, long> elsewhere = await ElsewhereAsync(transaction, edition, [.. rows.SelectMany(r => posts[r.Variant])], rows, stop);
        UnsentDelivery[] going = [.. rows.Where(r => MayGo(r.Status, posts[r.Variant], owed[r.Subscription].ToHashSet(), elsewhere[r.Subscription].ToHashSet(), to))];
        if (going.Length > 0)
        {
            (long, long)[] settled = [.. going.SelectMany(r => posts[r.Variant].Where(owed[r.Subscription].Contains).Select(number => (r.Subscription, number)))];
            if (settled.Length > 0 && await ledger.SettleAsync(transaction, settled, stop) < settled.Length)
            {
                throw new DBConcurrencyException("What was owed is owed no more.");
            }

            await _ended.GoAgainAsync(transaction, edition.Id, going.Select(r => r.Subscriber), now, stop);
            await EditionStore.ReopenAsync(transaction, edition.Id, stop);
        }

        return (going.Length, rows.Count < ChunkSize ? null : rows[^1].Subscriber);
    }

    /// <summary>What readers got with other editions; of folded ones nobody knows, and so all may have got it.</summary>
    private async Task<ILookup<long, long>> ElsewhereAsync(
        DbTransaction transaction, Edition edition, ImmutableHashSet<long> numbers, IReadOnlyList<UnsentDelivery> rows, CancellationToken stop)
    {
        (long Edition, int Variant, long Number)[] copies =
            [.. (await EditionStore.CopiesAsync(transaction, edition.Newsletter, numbers, stop)).Where(c => c.Edition != edition.Id)];
        HashSet<long> folded = [.. (await editions.FindAsync(transaction, copies.Select(c => c.Edition), stop)).Values.Where(e => e.End?.FoldedAt is not null).Select(e => e.Id)];
        ILookup<(long, int), long> known = copies.Where(c => !folded.Contains(c.Edition)).ToLookup(c => (c.Edition, c.Variant), c => c.Number);
        long[] lost = [.. copies.Where(c => folded.Contains(c.Edition)).Select(c => c.Number).Distinct()];
        return (await ledger.SentAsync(transaction, known.Select(c => c.Key), rows.Select(r => r.Subscriber), stop))
            .SelectMany(d => known[(d.Edition, d.Variant)].Select(number => (d.Subscription, Number: number)))
            .Concat(rows.SelectMany(r => lost.Select(number => (r.Subscription, Number: number))))
            .ToLookup(c => c.Subscription, c => c.Number);
    }
}
