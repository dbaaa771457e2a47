using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>A digest that is to come.</summary>
/// <param name="Cadence">Its cadence.</param>
/// <param name="Slot">When; the time of the look when it is due; null when never.</param>
/// <param name="Opens">When it is settled what is in it; before the slot where it comes to readers at the hour where they are.</param>
/// <param name="Forecast">What it would hold for whom.</param>
internal sealed record DigestOutlook(Cadence Cadence, DateTimeOffset? Slot, DateTimeOffset? Opens, DigestForecast Forecast);

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
        Known known = database is null ? Known.Nothing(now) : await Known.LoadAsync(database, newsletter.Name, now, stop);
        ReleasePlan plan = ReleasePlanner.Plan(
            newsletter, catalog.Published, known.Candidates, known.Releases.Select(r => r.Key).ToHashSet(),
            known.Releases.Count(r => r.ReleasedAt > now - ReleasePlanner.FloodWindow), known.BegunAt is not null, known.LackedAt, now);
        ImmutableArray<WaitingPost> waiting =
        [
            .. plan.Releases.Where(n => n.Correction is null).Select(n => new WaitingPost(n.Post, now, IsTooMany: false))
                .Concat(plan.Waiting).Concat(ReleasePlanner.Coming(newsletter, catalog.Waiting(now))).OrderBy(w => w.ReadyAt),
        ];
        List<DigestOutlook> digests = [];
        Func<DateTimeOffset, DateTimeOffset>? opensAt =
            database is null ? null : await SlotPlanner.OpeningAsync(newsletter, catalog.Site.TimeZone, new SubscriptionStore(database), stop);
        foreach (Cadence cadence in Digested)
        {
            SlotPlan slot = SlotPlanner.Plan(cadence, known.LastSlots.GetValueOrDefault(cadence, known.BegunAt ?? now), slots(cadence), now, opensAt);
            DateTimeOffset? opens = slot.Due is null ? slot.Opens : now;
            digests.Add(new DigestOutlook(cadence, slot.Due is null ? slot.Next : now, opens, database is null || opens is not DateTimeOffset at
                ? DigestForecast.Nobody
                : await DigestForecast.OfAsync(
                    new AudienceStore(database), newsletter.Name, cadence, By(at, known.Releases, waiting), at, stop)));
        }

        ImmutableDictionary<NewsKey, Candidate> candidates = known.Candidates.SetItems(plan.Candidates.Select(c => KeyValuePair.Create(c.Key, c)));
        return new Outlook
        {
            HasBegun = known.BegunAt is not null,
            Groups = known.Groups,
            Waiting = waiting,
            Digests = [.. digests],
            Kept = [.. catalog.Published.Where(p => candidates.ContainsKey(new NewsKey(p.Id))).Select(p => (p, candidates[new NewsKey(p.Id)].State))],
        };
    }

    /// <summary>What is released by an instant, if the posts stay as they are.</summary>
    private static ImmutableArray<Release> By(DateTimeOffset at, ImmutableArray<Release> releases, ImmutableArray<WaitingPost> waiting)
    {
        long last = releases.IsEmpty ? 0 : releases[^1].Number;
        return [.. releases, .. waiting.Where(w => w.ReadyAt <= at && !w.IsTooMany).Select(w => new Release(++last, w.Post.Id, w.ReadyAt, EditionMaker.TopicsOf(w.Post)))];
    }

    /// <summary>What the store knows of the newsletter.</summary>
    private sealed record Known(
        DateTimeOffset? BegunAt, ImmutableDictionary<NewsKey, Candidate> Candidates, ImmutableArray<Release> Releases, DateTimeOffset LackedAt,
        ImmutableArray<ReaderGroup> Groups, ImmutableDictionary<Cadence, DateTimeOffset> LastSlots)
    {
        public static Known Nothing(DateTimeOffset now) =>
            new(null, ImmutableDictionary<NewsKey, Candidate>.Empty, [], now, [], ImmutableDictionary<Cadence, DateTimeOffset>.Empty);

        public static async Task<Known> LoadAsync(Database database, string newsletter, DateTimeOffset now, CancellationToken stop)
        {
            EditionStore editions = new(database);
            Dictionary<Cadence, DateTimeOffset> lastSlots = [];
            foreach (Cadence cadence in Digested)
            {
                if (await editions.LastSlotAsync(newsletter, cadence, stop) is DateTimeOffset last)
                {
                    lastSlots[cadence] = last;
                }
            }

            return new Known(
                await editions.Releases.BegunAtAsync(newsletter, stop),
                await editions.Releases.CandidatesAsync(newsletter, stop),
                await editions.Releases.AllAsync(newsletter, stop),
                await new PostStore(database).LoadLastCompletedScanAsync(stop) ?? now,
                await new SubscriptionStore(database).GroupsAsync(newsletter, stop),
                lastSlots.ToImmutableDictionary());
        }
    }
}
