using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>Something to be released.</summary>
/// <param name="Post">The post.</param>
/// <param name="Correction">What of it is corrected; null for the post itself.</param>
internal sealed record News(Post Post, Correction? Correction)
{
    public NewsKey Key => new(Post.Id, Correction?.Note ?? "");
}

/// <summary>What is to be kept of a look at the catalog.</summary>
/// <param name="Candidates">New candidates, and those whose state changed.</param>
/// <param name="Releases">What is given the next numbers, in this order.</param>
/// <param name="NextLook">When a waiting post may be ready; null when none waits for time alone.</param>
internal sealed record ReleasePlan(ImmutableArray<Candidate> Candidates, ImmutableArray<News> Releases, DateTimeOffset? NextLook)
{
    /// <summary>Posts that wait for nothing but their page, which is to be asked for now. After that another look decides.</summary>
    public ImmutableArray<PageToTry> PagesToTry { get; init; } = [];

    /// <summary>Posts that wait for nothing but time, or their page.</summary>
    public ImmutableArray<WaitingPost> Waiting { get; init; } = [];
}

/// <summary>A post that waits for its release.</summary>
/// <param name="Post">The post.</param>
/// <param name="ReadyAt">When it is released, if its file stays as it is.</param>
/// <param name="IsTooMany">Then it is one of too many at once, and is held instead.</param>
internal sealed record WaitingPost(Post Post, DateTimeOffset ReadyAt, bool IsTooMany)
{
    /// <summary>It is released when its page answers, which nobody knows the time of.</summary>
    public bool IsForPage { get; init; }
}

/// <summary>A post whose page is to be asked for.</summary>
/// <param name="Post">The post.</param>
/// <param name="IsFirst">It was never asked for before.</param>
internal sealed record PageToTry(Post Post, bool IsFirst);

/// <summary>Decides which posts and corrections become news, when. Pure.</summary>
internal static class ReleasePlanner
{
    /// <summary>More releases than this within <see cref="FloodWindow"/> wait for the operator: a changed permalink must never become a mail bomb.</summary>
    public const int FloodLimit = 10;

    public static readonly TimeSpan FloodWindow = TimeSpan.FromHours(1);

    /// <summary>How often a page that is not there is asked for.</summary>
    public static readonly TimeSpan PageInterval = TimeSpan.FromMinutes(1);

    /// <summary>A page that is not there so long after it was first asked for is given up.</summary>
    public static readonly TimeSpan PagePatience = TimeSpan.FromHours(6);

    /// <param name="newsletter">The newsletter.</param>
    /// <param name="published">The posts that are to be seen now.</param>
    /// <param name="candidates">What the store has of posts and corrections without a number.</param>
    /// <param name="released">What has a number.</param>
    /// <param name="recent">How many were released within <see cref="FloodWindow"/> before now.</param>
    /// <param name="hasBegun">False on the first look over a site: then nothing that is there is news.</param>
    /// <param name="lackedAt">The last completed scan before the one that made this catalog.</param>
    /// <param name="now">The time of this look.</param>
    public static ReleasePlan Plan(
        Newsletter newsletter, ImmutableArray<Post> published, IReadOnlyDictionary<NewsKey, Candidate> candidates, IReadOnlySet<NewsKey> released,
        int recent, bool hasBegun, DateTimeOffset lackedAt, DateTimeOffset now)
    {
        Dictionary<NewsKey, Candidate> changed = [];
        List<(News News, Candidate Candidate)> waiting = [];
        foreach (News news in published.Reverse().Where(post => IsFor(post, newsletter)).SelectMany(NewsOf).Where(news => !released.Contains(news.Key)))
        {
            if (!candidates.TryGetValue(news.Key, out Candidate? candidate))
            {
                candidate = new Candidate(news.Post.Id, now, lackedAt, StateOf(news)) { Note = news.Key.Note };
                changed.Add(news.Key, candidate);
            }

            if (candidate.State is CandidateState.Waiting or CandidateState.Approved)
            {
                waiting.Add((news, candidate));
            }
        }

        // The whole batch waits, those that are not ready yet but within the window counted: which ten of them would be arbitrary.
        bool isFlood = recent + waiting.Count(w => w.Candidate.State == CandidateState.Waiting && ReadyAt(w.News.Post, newsletter) <= now + FloodWindow) > FloodLimit;
        ImmutableArray<News>.Builder releases = ImmutableArray.CreateBuilder<News>();
        ImmutableArray<PageToTry>.Builder pages = ImmutableArray.CreateBuilder<PageToTry>();
        List<WaitingPost> unreleased = [];
        DateTimeOffset? nextLook = null;
        foreach ((News news, Candidate candidate) in waiting)
        {
            bool isApproved = candidate.State == CandidateState.Approved;
            DateTimeOffset readyAt = ReadyAt(news.Post, newsletter);
            if (readyAt > now)
            {
                Look(readyAt);
                Wait(news, new WaitingPost(news.Post, readyAt, isFlood && !isApproved));
            }
            else if (!isApproved && isFlood)
            {
                changed[news.Key] = candidate with { State = CandidateState.Held };
            }
            else if (isApproved || !newsletter.WaitsForPage || news.Correction is not null || candidate.Page is { IsFound: true })
            {
                releases.Add(news);
            }
            else if (candidate.Page is PageTries tries && tries.Last - tries.First >= PagePatience)
            {
                changed[news.Key] = candidate with { State = CandidateState.PageMissing };
            }
            else if (candidate.Page is PageTries last && last.Last + PageInterval > now)
            {
                Look(last.Last + PageInterval);
                Wait(news, new WaitingPost(news.Post, now, IsTooMany: false) { IsForPage = true });
            }
            else
            {
                pages.Add(new PageToTry(news.Post, candidate.Page is null));
                Wait(news, new WaitingPost(news.Post, now, IsTooMany: false) { IsForPage = true });
            }
        }

        return new ReleasePlan([.. changed.Values], releases.DrainToImmutable(), nextLook)
        {
            PagesToTry = pages.DrainToImmutable(),
            Waiting = [.. unreleased],
        };

        CandidateState StateOf(News news) =>
            !hasBegun ? CandidateState.NotNews
            : news.Correction is not null ? (released.Contains(new NewsKey(news.Post.Id)) ? CandidateState.Waiting : CandidateState.NotNews)
            : news.Post.ShownFrom < lackedAt - newsletter.NewsWithin ? CandidateState.Backdated
            : CandidateState.Waiting;

        void Wait(News news, WaitingPost post)
        {
            if (news.Correction is null)
            {
                unreleased.Add(post);
            }
        }

        void Look(DateTimeOffset at) => nextLook = at < nextLook || nextLook is null ? at : nextLook;
    }

    private static IEnumerable<News> NewsOf(Post post)
    {
        yield return new News(post, null);
        if (Correction.Of(post) is Correction correction)
        {
            yield return new News(post, correction);
        }
    }

    /// <summary>Posts whose date has not come: they are released then, unless something else makes them wait longer.</summary>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="future">Posts that wait for nothing but their date.</param>
    public static IEnumerable<WaitingPost> Coming(Newsletter newsletter, IEnumerable<Post> future) => future
        .Where(post => IsFor(post, newsletter))
        .Select(post => new WaitingPost(post, ReadyAt(post, newsletter) > post.ShownFrom ? ReadyAt(post, newsletter) : post.ShownFrom, IsTooMany: false));

    /// <summary>When the file has been still for the quiet period, and send_at has come.</summary>
    private static DateTimeOffset ReadyAt(Post post, Newsletter newsletter)
    {
        DateTimeOffset still = post.StillSince + newsletter.QuietPeriod;
        return post.SendAt > still ? post.SendAt.Value : still;
    }

    /// <summary>`newsletter: false` keeps a post out of mail; a name, or a list of them, is where it goes instead. Nothing else is a newsletter.</summary>
    public static bool IsFor(Post post, Newsletter newsletter) => post.FrontMatter.Get("newsletter") switch
    {
        false => false,
        string name => name.Equals(newsletter.Name, StringComparison.OrdinalIgnoreCase),
        IEnumerable<object?> names => names.OfType<string>().Contains(newsletter.Name, StringComparer.OrdinalIgnoreCase),
        null or true => newsletter.Name == Newsletter.DefaultName,
        _ => false,
    };
}
