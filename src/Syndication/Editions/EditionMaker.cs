using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>
/// Releases posts, opens the editions that are due, and ends those that are cancelled: carries out what <see cref="ReleasePlanner"/>
/// and <see cref="SlotPlanner"/> decide. Each step is one transaction and may be repeated, be late or be done by two nodes at once:
/// unique keys and compare-and-set make it happen once.
/// </summary>
internal sealed class EditionMaker(Database database, EditionStore editions, LedgerStore ledger, SubscriptionStore subscriptions)
{
    /// <summary>Rows cancelled in one transaction: some 30 ms, for which mails on the wire wait.</summary>
    private const int CancelledAtOnce = 5000;

    private static readonly Cadence[] Digests = [Cadence.Daily, Cadence.Weekly, Cadence.Monthly];

    private readonly EditionRows _rows = new(database, editions, ledger);

    /// <summary>
    /// Looks at the catalog: what is new becomes a candidate, and what is ready is released. Gives when to look again, and which pages
    /// to ask for before a look at once.
    /// </summary>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="catalog">A settled catalog.</param>
    /// <param name="lackedAt">The last completed scan before the one that made the catalog.</param>
    /// <param name="now">The time of this look.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<ReleasePlan> ReleaseAsync(Newsletter newsletter, PostCatalog catalog, DateTimeOffset lackedAt, DateTimeOffset now, CancellationToken stop)
    {
        bool hasBegun = await editions.Releases.BegunAtAsync(newsletter.Name, stop) is not null;
        ImmutableArray<Release> releases = await editions.Releases.AllAsync(newsletter.Name, stop);
        ReleasePlan plan = ReleasePlanner.Plan(
            newsletter, catalog.Published, await editions.Releases.CandidatesAsync(newsletter.Name, stop), releases.Select(r => r.Key).ToHashSet(),
            releases.Count(r => r.ReleasedAt > now - ReleasePlanner.FloodWindow), hasBegun, lackedAt, now);
        if (!hasBegun || !plan.Candidates.IsEmpty || !plan.Releases.IsEmpty)
        {
            await editions.Releases.SaveAsync(newsletter.Name, plan.Candidates, [.. plan.Releases.Select(n => (n, TopicsOf(n.Post)))], now, stop);
        }

        return plan;
    }

    /// <summary>Keeps what the pages of waiting posts said, for the next look at the catalog.</summary>
    public Task KeepAsync(Newsletter newsletter, IReadOnlyCollection<PageAnswer> answers, DateTimeOffset now, CancellationToken stop) =>
        editions.Releases.SaveAnswersAsync(newsletter.Name, answers, now, stop);

    /// <summary>Opens every edition that is due. Gives when the next digest of any cadence opens.</summary>
    public async Task<DateTimeOffset?> OpenAsync(Newsletter newsletter, TimeZoneInfo zone, Func<Cadence, NextSlot> slots, DateTimeOffset now, CancellationToken stop)
    {
        if (await editions.Releases.BegunAtAsync(newsletter.Name, stop) is not DateTimeOffset begun)
        {
            return null;
        }

        ImmutableArray<Release> releases = await editions.Releases.AllAsync(newsletter.Name, stop);
        await OpenEachPostAsync(newsletter, releases, now, stop);
        Func<DateTimeOffset, DateTimeOffset>? opensAt = await SlotPlanner.OpeningAsync(newsletter, zone, subscriptions, stop);
        DateTimeOffset? next = null;
        foreach (Cadence cadence in Digests)
        {
            DateTimeOffset last = await editions.LastSlotAsync(newsletter.Name, cadence, stop) ?? begun;
            SlotPlan plan = SlotPlanner.Plan(cadence, last, slots(cadence), now, opensAt);
            if (plan.Due is DateTimeOffset due)
            {
                Edition digest = New(newsletter, cadence, SlotPlanner.KeyOf(due, zone), due, releases.Length == 0 ? 0 : releases[^1].Number, now);
                await OpenDigestAsync(newsletter.LocalTime ? digest with { LocalSlot = LocalDue.WallTimeOf(due, zone) } : digest, stop);
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

            next = plan.Opens is DateTimeOffset opens && (next is null || opens < next) ? opens : next;
        }

        return next;
    }

    /// <summary>Plans all editions that are not planned to their end. Any node goes on where another stopped.</summary>
    /// <returns>Those that are planned to their end now.</returns>
    public Task<ImmutableArray<Edition>> PlanAsync(DateTimeOffset now, CancellationToken stop) => _rows.PlanAsync(now, stop);

    /// <summary>Lets a held edition go. False when it is not held.</summary>
    public Task<bool> ApproveAsync(long edition, CancellationToken stop) =>
        database.WriteAsync(transaction => EditionStore.MoveAsync(transaction, edition, EditionStatus.Held, EditionStatus.Planning, stop), stop);

    /// <summary>
    /// Cancels an edition: what is not on the wire is not sent. Its posts go into the next edition of each who has not got them,
    /// unless they are dropped. From the first step on nothing of it is sent; its rows then end chunk by chunk, so that mail of others
    /// goes on in between, and what is left where this process dies ends when it falls due. False when it was cancelled before, and
    /// nothing of it is left.
    /// </summary>
    public async Task<bool> CancelAsync(long id, bool drop, DateTimeOffset now, CancellationToken stop)
    {
        if (await editions.FindAsync(id, stop) is not Edition edition)
        {
            return false;
        }

        if (drop && !edition.IsOver)
        {
            // Those who are not planned yet lose the posts as well: their marks move, without a mail. If this process dies here, the next one passes over the rest.
            await database.WriteAsync(transaction => EditionStore.DropAsync(transaction, id, stop), stop);
        }

        if (await editions.FindAsync(id, stop) is { IsDropped: true, Status: not EditionStatus.Cancelled } dropped)
        {
            await _rows.PlanAsync(dropped, now, stop);
        }

        bool changed = await database.WriteAsync(transaction => EditionStore.CancelAsync(transaction, id, stop), stop);
        int cancelled;
        do
        {
            cancelled = await database.WriteChunkAsync(transaction => CancelChunkAsync(transaction, id, now, stop), stop);
            changed |= cancelled > 0;
        }
        while (cancelled > 0);

        return changed;
    }

    private async Task<int> CancelChunkAsync(DbTransaction transaction, long id, DateTimeOffset now, CancellationToken stop)
    {
        if (!await EditionStore.TakeCancelledAsync(transaction, id, stop))
        {
            return 0;
        }

        IReadOnlyList<CancelledDelivery> cancelled = await LedgerStore.CancelAsync(transaction, id, CancelledAtOnce, now, stop);
        if (cancelled.Count > 0 && (await editions.FindAsync(transaction, [id], stop))[id] is { IsDropped: false })
        {
            ImmutableDictionary<int, ImmutableArray<long>> variants = await EditionStore.PostsAsync(transaction, id, stop);
            await ledger.OweAsync(transaction, [.. cancelled.Where(c => !c.MayHaveArrived).SelectMany(c => variants[c.Variant].Select(number => (c.Subscription, number)))], stop);
        }

        return cancelled.Count;
    }

    private async Task OpenEachPostAsync(Newsletter newsletter, ImmutableArray<Release> releases, DateTimeOffset now, CancellationToken stop)
    {
        long taken = await editions.TakenAsync(newsletter.Name, Cadence.EachPost, stop);
        Edition? held = await editions.HeldAsync(newsletter.Name, Cadence.EachPost, stop);
        foreach (Release release in releases.Where(r => r.Number > taken && r.IsForEachPost))
        {
            string key = release.Correction is Correction correction ? $"{release.PostId} {correction.Note}" : release.PostId;

            // Where the clock was set back, the release is ahead of it: it is due now, and for those who were there then.
            (DateTimeOffset slot, DateTimeOffset cutoff) = release.ReleasedAt < now ? (release.ReleasedAt, now) : (now, release.ReleasedAt);
            Edition edition = New(newsletter, Cadence.EachPost, key, slot, release.Number, cutoff);
            await database.WriteAsync(
                async transaction => (held is not null && await EditionStore.MergeAsync(transaction, held.Id, edition, stop))
                    || await EditionStore.OpenAsync(transaction, edition, stop),
                stop);
            held ??= newsletter.NeedsApproval ? await editions.HeldAsync(newsletter.Name, Cadence.EachPost, stop) : null;
        }
    }

    private async Task OpenDigestAsync(Edition digest, CancellationToken stop)
    {
        Edition? held = await editions.HeldAsync(digest.Newsletter, digest.Cadence, stop);
        await database.WriteAsync(
            async transaction =>
            {
                await EditionStore.SaveSlotAsync(transaction, digest.Newsletter, digest.Cadence, digest.Slot, stop);

                // One that was held a moment ago may be on its way: then what is new opens its own.
                return (held is not null && await EditionStore.MergeAsync(transaction, held.Id, digest, stop))
                    || await EditionStore.OpenAsync(transaction, digest, stop);
            },
            stop);
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
}
