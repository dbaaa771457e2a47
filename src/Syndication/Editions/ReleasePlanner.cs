using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What is to be kept of a look at the catalog.</summary>
/// <param name="Candidates">New candidates, and those whose state changed.</param>
/// <param name="Releases">Posts to be given the next numbers, in this order.</param>
/// <param name="NextLook">When a waiting post may be ready; null when none waits for time alone.</param>
internal sealed record ReleasePlan(ImmutableArray<Candidate> Candidates, ImmutableArray<Post> Releases, DateTimeOffset? NextLook)
{
    /// <summary>Posts that wait for nothing but time.</summary>
    public ImmutableArray<WaitingPost> Waiting { get; init; } = [];
}

/// <summary>A post that waits for its release.</summary>
/// <param name="Post">The post.</param>
/// <param name="ReadyAt">When it is released, if its file stays as it is.</param>
/// <param name="IsTooMany">Then it is one of too many at once, and is held instead.</param>
internal sealed record WaitingPost(Post Post, DateTimeOffset ReadyAt, bool IsTooMany);

/// <summary>Decides which posts become news, when. Pure.</summary>
internal static class ReleasePlanner
{
    /// <summary>More releases than this within <see cref="FloodWindow"/> wait for the operator: a changed permalink must never become a mail bomb.</summary>
    public const int FloodLimit = 10;

    public static readonly TimeSpan FloodWindow = TimeSpan.FromHours(1);

    /// <param name="newsletter">The newsletter.</param>
    /// <param name="published">The posts that are to be seen now.</param>
    /// <param name="candidates">What the store has of posts without a number.</param>
    /// <param name="released">Ids of the posts that have a number.</param>
    /// <param name="recent">How many were released within <see cref="FloodWindow"/> before now.</param>
    /// <param name="hasBegun">False on the first look over a site: then nothing that is there is news.</param>
    /// <param name="lackedAt">The last completed scan before the one that made this catalog.</param>
    /// <param name="now">The time of this look.</param>
    public static ReleasePlan Plan(
        Newsletter newsletter, ImmutableArray<Post> published, IReadOnlyDictionary<string, Candidate> candidates, IReadOnlySet<string> released,
        int recent, bool hasBegun, DateTimeOffset lackedAt, DateTimeOffset now)
    {
        List<Candidate> changed = [];
        List<(Post Post, Candidate Candidate)> ready = [];
        List<(Post Post, DateTimeOffset ReadyAt, bool IsApproved)> unready = [];
        DateTimeOffset? nextLook = null;
        int waiting = 0;
        foreach (Post post in published.Reverse())
        {
            if (released.Contains(post.Id) || !IsFor(post, newsletter))
            {
                continue;
            }

            if (!candidates.TryGetValue(post.Id, out Candidate? candidate))
            {
                candidate = new Candidate(post.Id, now, lackedAt, !hasBegun ? CandidateState.NotNews
                    : post.Date < lackedAt - newsletter.NewsWithin ? CandidateState.Backdated
                    : CandidateState.Waiting);
                changed.Add(candidate);
            }

            if (candidate.State is CandidateState.Waiting or CandidateState.Approved)
            {
                waiting++;
                DateTimeOffset readyAt = ReadyAt(post, newsletter);
                if (readyAt <= now)
                {
                    ready.Add((post, candidate));
                }
                else
                {
                    unready.Add((post, readyAt, candidate.State == CandidateState.Approved));
                    nextLook = nextLook is null || readyAt < nextLook ? readyAt : nextLook;
                }
            }
        }

        // The whole batch waits, those that are not ready yet counted: which ten of them would be arbitrary.
        int unapproved = waiting - ready.Count(r => r.Candidate.State == CandidateState.Approved);
        bool isFlood = recent + unapproved > FloodLimit;
        if (isFlood)
        {
            changed.AddRange(ready.Where(r => r.Candidate.State == CandidateState.Waiting).Select(r => r.Candidate with { State = CandidateState.Held }));
            ready.RemoveAll(r => r.Candidate.State == CandidateState.Waiting);
        }

        return new ReleasePlan([.. changed.GroupBy(c => c.PostId).Select(g => g.Last())], [.. ready.Select(r => r.Post)], nextLook)
        {
            Waiting = [.. unready.Select(w => new WaitingPost(w.Post, w.ReadyAt, isFlood && !w.IsApproved))],
        };
    }

    /// <summary>Posts whose date has not come: they are released then, unless something else makes them wait longer.</summary>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="future">Posts that wait for nothing but their date.</param>
    public static IEnumerable<WaitingPost> Coming(Newsletter newsletter, IEnumerable<Post> future) => future
        .Where(post => IsFor(post, newsletter))
        .Select(post => new WaitingPost(post, ReadyAt(post, newsletter) > post.Date ? ReadyAt(post, newsletter) : post.Date, IsTooMany: false));

    /// <summary>When the file has been still for the quiet period, and send_at has come.</summary>
    private static DateTimeOffset ReadyAt(Post post, Newsletter newsletter)
    {
        DateTimeOffset still = post.StillSince + newsletter.QuietPeriod;
        return post.SendAt > still ? post.SendAt.Value : still;
    }

    /// <summary>`newsletter: false` keeps a post out of mail; a name is another newsletter.</summary>
    public static bool IsFor(Post post, Newsletter newsletter) => post.FrontMatter.Get("newsletter") switch
    {
        false => false,
        string name => name.Equals(newsletter.Name, StringComparison.OrdinalIgnoreCase),
        _ => newsletter.Name == Newsletter.DefaultName,
    };
}
