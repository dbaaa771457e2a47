using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>A digest that is to come.</summary>
/// <param name="Cadence">Its cadence.</param>
/// <param name="Slot">When; not after now when it is due; null when never.</param>
/// <param name="Forecast">What it would hold for whom.</param>
internal sealed record DigestOutlook(Cadence Cadence, DateTimeOffset? Slot, DigestForecast Forecast);

/// <summary>What would be mailed, as the posts and the store are now. Made without writing anything.</summary>
internal sealed record Outlook
{
    private static readonly Cadence[] Digested = [Cadence.Daily, Cadence.Weekly, Cadence.Monthly];

    /// <summary>False before the first look over the site.</summary>
    public required bool HasBegun { get; init; }

    /// <summary>The active readers.</summary>
    public required ImmutableArray<ReaderGroup> Groups { get; init; }

    /// <summary>Posts that are ready, wait for their time, or for their date; soonest first.</summary>
    public required ImmutableArray<WaitingPost> Waiting { get; init; }

    public required ImmutableArray<DigestOutlook> Digests { get; init; }

    /// <summary>Published posts that are not released, with what holds them.</summary>
    public required ImmutableArray<(Post Post, CandidateState State)> Kept { get; init; }

    public ImmutableArray<Post> Of(CandidateState state) => [.. Kept.Where(k => k.State == state).Select(k => k.Post)];

    /// <param name="catalog">The posts.</param>
    /// <param name="database">Null where there is none: then nothing is known.</param>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="slots">Its digests' slots.</param>
    /// <param name="now">The time of this look.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<Outlook> OfAsync(
        PostCatalog catalog, Database? database, Newsletter newsletter, Func<Cadence, NextSlot> slots, DateTimeOffset now, CancellationToken stop)
    {
        EditionStore? editions = database is null ? null : new EditionStore(database);
        SubscriptionStore? subscriptions = database is null ? null : new SubscriptionStore(database);
        DateTimeOffset? begun = editions is null ? null : await editions.BegunAtAsync(newsletter.Name, stop);
        ImmutableDictionary<string, Candidate> candidates = editions is null ? ImmutableDictionary<string, Candidate>.Empty : await editions.CandidatesAsync(newsletter.Name, stop);
        ImmutableArray<Release> releases = editions is null ? [] : await editions.ReleasesAsync(newsletter.Name, stop);
        DateTimeOffset lackedAt = database is null ? now : await new PostStore(database).LoadLastCompletedScanAsync(stop) ?? now;
        ReleasePlan plan = ReleasePlanner.Plan(
            newsletter, catalog.Published, candidates, releases.Select(r => r.PostId).ToHashSet(StringComparer.Ordinal),
            releases.Count(r => r.ReleasedAt > now - ReleasePlanner.FloodWindow), begun is not null, lackedAt, now);
        ImmutableDictionary<string, Candidate> kept = candidates.SetItems(plan.Candidates.Select(c => KeyValuePair.Create(c.PostId, c)));
        ImmutableArray<WaitingPost> waiting =
        [
            .. plan.Releases.Select(p => new WaitingPost(p, now, IsTooMany: false))
                .Concat(plan.Waiting).Concat(ReleasePlanner.Coming(newsletter, catalog.Waiting(now))).OrderBy(w => w.ReadyAt),
        ];
        List<DigestOutlook> digests = [];
        foreach (Cadence cadence in Digested)
        {
            DateTimeOffset last = (editions is null ? null : await editions.LastSlotAsync(newsletter.Name, cadence, stop)) ?? begun ?? now;
            SlotPlan slot = SlotPlanner.Plan(cadence, last, slots(cadence), now);
            DateTimeOffset? opens = slot.Due ?? slot.Next;
            digests.Add(new DigestOutlook(cadence, opens, subscriptions is null || opens is not DateTimeOffset at
                ? DigestForecast.Nobody
                : await DigestForecast.OfAsync(subscriptions, new LedgerStore(database!), newsletter.Name, cadence, By(at > now ? at : now, releases, waiting), at > now ? at : now, stop)));
        }

        return new Outlook
        {
            HasBegun = begun is not null,
            Groups = subscriptions is null ? [] : await subscriptions.GroupsAsync(newsletter.Name, stop),
            Waiting = waiting,
            Digests = [.. digests],
            Kept = [.. catalog.Published.Where(p => kept.ContainsKey(p.Id)).Select(p => (p, kept[p.Id].State))],
        };
    }

    /// <summary>What is released by an instant, if the posts stay as they are.</summary>
    private static ImmutableArray<Release> By(DateTimeOffset at, ImmutableArray<Release> releases, ImmutableArray<WaitingPost> waiting)
    {
        long last = releases.IsEmpty ? 0 : releases[^1].Number;
        return [.. releases, .. waiting.Where(w => w.ReadyAt <= at && !w.IsTooMany).Select(w => new Release(++last, w.Post.Id, w.ReadyAt, EditionMaker.TopicsOf(w.Post)))];
    }
}
