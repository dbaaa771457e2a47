using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>
/// Releases posts, opens the editions that are due, and plans them: carries out what <see cref="ReleasePlanner"/>,
/// <see cref="SlotPlanner"/> and <see cref="Selection"/> decide. Each step is one transaction and may be repeated, be late or be
/// done by two nodes at once: unique keys and compare-and-set make it happen once.
/// </summary>
internal sealed class EditionMaker(Database database, EditionStore editions, LedgerStore ledger, SubscriptionStore subscriptions)
{
    /// <summary>Subscriptions planned in one transaction.</summary>
    public const int ChunkSize = 1000;

    private static readonly Cadence[] Digests = [Cadence.Daily, Cadence.Weekly, Cadence.Monthly];

    /// <summary>Looks at the catalog: what is new becomes a candidate, and what is ready is released. Gives when to look again.</summary>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="catalog">A settled catalog.</param>
    /// <param name="lackedAt">The last completed scan before the one that made the catalog.</param>
    /// <param name="now">The time of this look.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<ReleasePlan> ReleaseAsync(Newsletter newsletter, PostCatalog catalog, DateTimeOffset lackedAt, DateTimeOffset now, CancellationToken stop)
    {
        bool hasBegun = await editions.BegunAtAsync(newsletter.Name, stop) is not null;
        ImmutableArray<Release> releases = await editions.ReleasesAsync(newsletter.Name, stop);
        ReleasePlan plan = ReleasePlanner.Plan(
            newsletter, catalog.Published, await editions.CandidatesAsync(newsletter.Name, stop), releases.Select(r => r.PostId).ToHashSet(StringComparer.Ordinal),
            releases.Count(r => r.ReleasedAt > now - ReleasePlanner.FloodWindow), hasBegun, lackedAt, now);
        if (!hasBegun || !plan.Candidates.IsEmpty || !plan.Releases.IsEmpty)
        {
            await editions.SaveAsync(newsletter.Name, plan.Candidates, [.. plan.Releases.Select(p => (p.Id, TopicsOf(p)))], now, stop);
        }

        return plan;
    }

    /// <summary>Opens every edition that is due. Gives the next slot of any digest.</summary>
    public async Task<DateTimeOffset?> OpenAsync(Newsletter newsletter, TimeZoneInfo zone, Func<Cadence, NextSlot> slots, DateTimeOffset now, CancellationToken stop)
    {
        if (await editions.BegunAtAsync(newsletter.Name, stop) is not DateTimeOffset begun)
        {
            return null;
        }

        ImmutableArray<Release> releases = await editions.ReleasesAsync(newsletter.Name, stop);
        await OpenEachPostAsync(newsletter, releases, now, stop);
        DateTimeOffset? next = null;
        foreach (Cadence cadence in Digests)
        {
            DateTimeOffset last = await editions.LastSlotAsync(newsletter.Name, cadence, stop) ?? begun;
            SlotPlan plan = SlotPlanner.Plan(cadence, last, slots(cadence), now);
            if (plan.Due is DateTimeOffset due)
            {
                await OpenDigestAsync(newsletter, cadence, due, SlotPlanner.KeyOf(due, zone), releases.Length == 0 ? 0 : releases[^1].Number, now, stop);
            }
            else if (plan.PassedOver is DateTimeOffset passed)
            {
                await database.WriteAsync(
                    async transaction =>
                    {
                        await EditionStore.SaveSlotAsync(transaction, newsletter.Name, cadence, passed, stop);
                        return true;
                    },
                    stop);
            }

            next = plan.Next is DateTimeOffset slot && (next is null || slot < next) ? slot : next;
        }

        return next;
    }

    /// <summary>Plans all editions that are not planned to their end, chunk by chunk. Any node goes on where another stopped.</summary>
    /// <returns>Those that are planned to their end now.</returns>
    public async Task<ImmutableArray<Edition>> PlanAsync(DateTimeOffset now, CancellationToken stop)
    {
        List<Edition> planned = [];
        foreach (Edition open in await editions.PlanningAsync(stop))
        {
            ImmutableArray<Release> releases = await editions.ReleasesAsync(open.Newsletter, stop);
            Edition? edition = open;
            while (edition is { Status: EditionStatus.Planning })
            {
                await PlanChunkAsync(edition, releases, mails: true, now, stop);
                edition = await editions.FindAsync(edition.Id, stop);
            }

            if (edition is { Status: EditionStatus.Planned })
            {
                planned.Add(edition);
            }
        }

        return [.. planned];
    }

    /// <summary>Lets a held edition go. False when it is not held.</summary>
    public Task<bool> ApproveAsync(long edition, CancellationToken stop) =>
        database.WriteAsync(transaction => EditionStore.MoveAsync(transaction, edition, EditionStatus.Held, EditionStatus.Planning, stop), stop);

    /// <summary>
    /// Cancels an edition: what is not on the wire is not sent. Its posts go into the next edition of each who has not got them,
    /// unless they are dropped. False when it was cancelled before.
    /// </summary>
    public async Task<bool> CancelAsync(long id, bool drop, DateTimeOffset now, CancellationToken stop)
    {
        if (await editions.FindAsync(id, stop) is not { Status: not EditionStatus.Cancelled } edition)
        {
            return false;
        }

        ImmutableArray<Release> releases = await editions.ReleasesAsync(edition.Newsletter, stop);
        if (drop)
        {
            // Those who are not planned yet lose the posts as well: their marks move, without a mail.
            await database.WriteAsync(transaction => EditionStore.MoveAsync(transaction, id, EditionStatus.Held, EditionStatus.Planning, stop), stop);
            for (Edition? rest = await editions.FindAsync(id, stop); rest is { Status: EditionStatus.Planning }; rest = await editions.FindAsync(id, stop))
            {
                await PlanChunkAsync(rest, releases, mails: false, now, stop);
            }
        }

        ImmutableDictionary<int, ImmutableArray<long>> variants = (await editions.VariantsAsync(id, stop)).ToImmutableDictionary(v => v.Number, v => v.Posts);
        return await database.WriteAsync(
            async transaction =>
            {
                bool moved = await EditionStore.MoveAsync(transaction, id, EditionStatus.Planned, EditionStatus.Cancelled, stop)
                    || await EditionStore.MoveAsync(transaction, id, EditionStatus.Planning, EditionStatus.Cancelled, stop)
                    || await EditionStore.MoveAsync(transaction, id, EditionStatus.Held, EditionStatus.Cancelled, stop);
                IReadOnlyList<(long Subscription, int Variant)> cancelled = await LedgerStore.CancelAsync(transaction, id, now, stop);
                if (!drop)
                {
                    await ledger.OweAsync(transaction, [.. cancelled.SelectMany(c => variants[c.Variant].Select(number => (c.Subscription, number)))], stop);
                }

                return moved;
            },
            stop);
    }

    private async Task OpenEachPostAsync(Newsletter newsletter, ImmutableArray<Release> releases, DateTimeOffset now, CancellationToken stop)
    {
        long taken = await editions.TakenAsync(newsletter.Name, Cadence.EachPost, stop);
        Edition? held = await editions.HeldAsync(newsletter.Name, Cadence.EachPost, stop);
        foreach (Release release in releases.Where(r => r.Number > taken))
        {
            await database.WriteAsync(
                async transaction => held is not null
                    ? await EditionStore.MergeAsync(transaction, held.Id, release.Number, now, release.ReleasedAt, stop)
                    : await EditionStore.OpenAsync(transaction, New(newsletter, Cadence.EachPost, release.PostId, release.ReleasedAt, release.Number, now), stop),
                stop);
            held ??= newsletter.NeedsApproval ? await editions.HeldAsync(newsletter.Name, Cadence.EachPost, stop) : null;
        }
    }

    private async Task OpenDigestAsync(
        Newsletter newsletter, Cadence cadence, DateTimeOffset slot, string key, long upto, DateTimeOffset now, CancellationToken stop)
    {
        Edition? held = await editions.HeldAsync(newsletter.Name, cadence, stop);
        await database.WriteAsync(
            async transaction =>
            {
                await EditionStore.SaveSlotAsync(transaction, newsletter.Name, cadence, slot, stop);
                return held is not null
                    ? await EditionStore.MergeAsync(transaction, held.Id, upto, now, slot, stop)
                    : await EditionStore.OpenAsync(transaction, New(newsletter, cadence, key, slot, upto, now), stop);
            },
            stop);
    }

    private async Task PlanChunkAsync(Edition edition, ImmutableArray<Release> releases, bool mails, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<AudienceMember> page =
            await subscriptions.PageAsync(edition.Newsletter, edition.Cadence, edition.Cutoff, edition.Cursor, ChunkSize, stop);
        bool done = page.Length < ChunkSize;
        long cursor = page.IsEmpty ? edition.Cursor : page[^1].Subscription.Id;
        try
        {
            await database.WriteAsync(
                async transaction =>
                {
                    List<PlannedMove> moves = await ChooseAsync(transaction, edition, page, releases, mails, stop);
                    int rows = await ledger.PlanAsync(transaction, edition.Id, moves, edition.Slot, now, stop);
                    return await EditionStore.MoveCursorAsync(transaction, edition, cursor, rows, done, stop) ? rows : throw new ChunkTakenException();
                },
                stop);
        }
        catch (ChunkTakenException)
        {
            // Another node planned this chunk: what was done here is undone, and the next look goes on behind it.
        }
    }

    /// <summary>What the edition takes for each of a chunk; sets of posts become variants.</summary>
    private async Task<List<PlannedMove>> ChooseAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<AudienceMember> page, ImmutableArray<Release> releases, bool mails, CancellationToken stop)
    {
        long[] ids = [.. page.Select(m => m.Subscription.Id)];
        IReadOnlyDictionary<long, long> marks = await ledger.MarksAsync(transaction, ids, stop);
        ILookup<long, long> owed = await ledger.OwedAsync(transaction, ids, stop);
        Dictionary<string, int> variants = new(StringComparer.Ordinal);
        List<PlannedMove> moves = [];
        foreach (Subscription subscription in page.Select(m => m.Subscription))
        {
            long mark = marks.GetValueOrDefault(subscription.Id);
            ImmutableArray<long>? chosen = Selection.For(subscription, mark, owed[subscription.Id].ToHashSet(), releases, edition.Upto, edition.Slot);
            if (chosen is not ImmutableArray<long> numbers)
            {
                continue;
            }

            int? variant = null;
            if (mails && !numbers.IsEmpty)
            {
                string set = string.Join(',', numbers);
                if (!variants.TryGetValue(set, out int known))
                {
                    variants[set] = known = await EditionStore.VariantAsync(transaction, edition.Id, numbers, stop);
                }

                variant = known;
            }

            if (variant is not null || edition.Upto > mark)
            {
                moves.Add(new PlannedMove(subscription.Id, subscription.SubscriberId, mark, Math.Max(mark, edition.Upto), variant));
            }
        }

        return moves;
    }

    /// <summary>An edition to be opened.</summary>
    public static Edition New(Newsletter newsletter, Cadence cadence, string key, DateTimeOffset slot, long upto, DateTimeOffset now) => new()
    {
        Id = 0,
        Newsletter = newsletter.Name,
        Cadence = cadence,
        Key = key,
        Slot = slot,
        Upto = upto,
        Cutoff = now,
        Status = newsletter.NeedsApproval ? EditionStatus.Held : EditionStatus.Planning,
        IsPaused = false,
        Cursor = 0,
        Candidates = 0,
    };

    /// <summary>What readers can choose it by.</summary>
    public static ImmutableArray<string> TopicsOf(Post post) => [.. post.Categories.Concat(post.Tags).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Ends a transaction whose chunk another node took.</summary>
    private sealed class ChunkTakenException : Exception;
}
