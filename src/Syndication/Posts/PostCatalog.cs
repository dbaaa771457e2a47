using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>All posts of the site at one moment. Immutable; every stage after it reads only this.</summary>
internal sealed class PostCatalog
{
    /// <summary>Made when first asked for: most catalogs never are.</summary>
    private readonly Lazy<Dictionary<string, Post>> _byPath;
    private readonly Lazy<Dictionary<string, Post>> _byId;

    public PostCatalog(SiteDefinition site, ImmutableArray<Post> published)
    {
        Site = site;
        Published = published;
        _byPath = new(() => published.ToDictionary(p => p.Path, StringComparer.Ordinal));
        _byId = new(() => published.ToDictionary(p => p.Id, StringComparer.Ordinal));
    }

    public SiteDefinition Site { get; }

    /// <summary>Posts that are to be seen now, newest first; of the same date, by path from the last to the first.</summary>
    public ImmutableArray<Post> Published { get; }

    /// <summary>Posts that have an id and are not to be seen: drafts, hidden ones, those whose date has not come or is over; soonest first.</summary>
    public ImmutableArray<Post> Unpublished { get; private init; } = [];

    /// <summary>What is wrong with files and folders, by path.</summary>
    public ImmutableArray<Problem> Problems { get; private init; } = [];

    /// <summary>Set while posts that are gone are kept until confirmed.</summary>
    public RemovalHold? Hold { get; private init; }

    /// <summary>False while files that earlier runs knew are missing, and it is not yet believed that they are gone: the catalog lacks them.</summary>
    public bool IsSettled { get; private init; } = true;

    /// <summary>
    /// Ids of posts that are known and not among these, though nobody knows that they are gone: their files cannot be read, or were
    /// missed by one scan alone.
    /// </summary>
    public ImmutableHashSet<string> Unread { get; private init; } = [];

    /// <summary>The instant for which the posts were sorted.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>The next instant at which a post's date makes this catalog another one, or null.</summary>
    public DateTimeOffset? NextChange { get; private init; }

    /// <summary>
    /// Sorts posts into those that are to be seen at an instant and those that are not. Of posts with one id, which readers would
    /// take for one, only the first by path is among them.
    /// </summary>
    public static PostCatalog Of(
        SiteDefinition site, ImmutableArray<Post> posts, ImmutableArray<Problem> problems, RemovalHold? hold, bool isSettled, DateTimeOffset now,
        ImmutableHashSet<string>? unread = null)
    {
        ImmutableArray<Post>.Builder published = ImmutableArray.CreateBuilder<Post>(posts.Length);
        List<Post> unpublished = [];
        DateTimeOffset? next = null;
        HashSet<string> ids = new(posts.Length, StringComparer.Ordinal);
        if (!posts.All(post => ids.Add(post.Id)))
        {
            (posts, ImmutableArray<Problem> refused) = OnePerId(posts);
            problems = [.. problems, .. refused];
        }

        foreach (Post post in posts)
        {
            if (IsPublished(post, site, now))
            {
                published.Add(post);
            }
            else
            {
                unpublished.Add(post);
            }

            next = Earlier(next, NextTurn(post, site, now));
        }

        published.Sort(NewestFirst);
        return new PostCatalog(site, published.DrainToImmutable())
        {
            Unpublished = [.. unpublished.OrderBy(p => p.ShownFrom.UtcTicks).ThenBy(p => p.Path, StringComparer.Ordinal)],
            Problems = problems,
            Hold = hold,
            IsSettled = isSettled,
            Unread = unread ?? [],
            At = now,
            NextChange = next,
        };
    }

    /// <summary>Unpublished posts that wait for nothing but their date, soonest first.</summary>
    public IEnumerable<Post> Waiting(DateTimeOffset now) => Unpublished.Where(post => IsMeantToBeSeen(post, Site) && post.ShownFrom > now);

    /// <summary>The published post of this file (path below the site's root, forward slashes), or null.</summary>
    public Post? Find(string path) => _byPath.Value.GetValueOrDefault(path);

    /// <summary>The published post with this id, or null.</summary>
    public Post? FindById(string id) => _byId.Value.GetValueOrDefault(id);

    /// <summary>What became of the published posts since an earlier catalog.</summary>
    public CatalogDiff Since(PostCatalog? earlier)
    {
        (List<Post> own, List<Post> others) = Apart(Published.AsSpan(), earlier is null ? [] : earlier.Published.AsSpan());
        Dictionary<string, Post> before = others.ToDictionary(p => p.Id, StringComparer.Ordinal);
        List<Post> added = [];
        List<Post> changed = [];
        foreach (Post post in own)
        {
            if (!before.Remove(post.Id, out Post? former))
            {
                added.Add(post);
            }
            else if (!IsSame(post, former))
            {
                changed.Add(post);
            }
        }

        return new CatalogDiff([.. added], [.. changed], [.. before.Values]);
    }

    /// <summary>Whether nothing that a stage could read differs from another catalog.</summary>
    public bool IsSameAs(PostCatalog? other) =>
        other is not null && ReferenceEquals(Site, other.Site) && Hold == other.Hold && IsSettled == other.IsSettled && NextChange == other.NextChange
        && Problems.SequenceEqual(other.Problems) && Unread.SetEquals(other.Unread)
        && AreSame(Published, other.Published) && AreSame(Unpublished, other.Unpublished);

    private static bool AreSame(ImmutableArray<Post> posts, ImmutableArray<Post> others) =>
        posts.Length == others.Length && posts.Zip(others).All(pair => pair.First.Id == pair.Second.Id && IsSame(pair.First, pair.Second));

    private static (ImmutableArray<Post> Posts, ImmutableArray<Problem> Problems) OnePerId(ImmutableArray<Post> posts)
    {
        Dictionary<string, Post> byId = new(StringComparer.Ordinal);
        List<Problem> problems = [];
        foreach (Post post in posts.OrderBy(p => p.Path, StringComparer.Ordinal))
        {
            if (!byId.TryAdd(post.Id, post))
            {
                problems.Add(Problem.Error(post.Path, null, $"has the id of {byId[post.Id].Path}, which stays: {post.Id}", "an id of its own"));
            }
        }

        return ([.. byId.Values], [.. problems]);
    }

    /// <summary>Of two lists in order, what is not the very same object in both: between two catalogs that is a handful of thousands.</summary>
    private static (List<Post> Own, List<Post> Others) Apart(ReadOnlySpan<Post> posts, ReadOnlySpan<Post> others)
    {
        List<Post> own = [];
        List<Post> theirs = [];
        while (!posts.IsEmpty || !others.IsEmpty)
        {
            int order = others.IsEmpty ? -1 : posts.IsEmpty ? 1 : NewestFirst(posts[0], others[0]);
            if (order == 0 && ReferenceEquals(posts[0], others[0]))
            {
                posts = posts[1..];
                others = others[1..];
                continue;
            }

            if (order <= 0)
            {
                own.Add(posts[0]);
                posts = posts[1..];
            }

            if (order >= 0)
            {
                theirs.Add(others[0]);
                others = others[1..];
            }
        }

        return (own, theirs);
    }

    private static int NewestFirst(Post one, Post other)
    {
        int byDate = other.Date.UtcTicks.CompareTo(one.Date.UtcTicks);
        return byDate != 0 ? byDate : string.CompareOrdinal(other.Path, one.Path);
    }

    private static bool IsPublished(Post post, SiteDefinition site, DateTimeOffset now) =>
        IsMeantToBeSeen(post, site) && (site.ShowFuture || post.ShownFrom <= now) && !(post.Expires <= now);

    private static bool IsMeantToBeSeen(Post post, SiteDefinition site) => post.Visibility switch
    {
        PostVisibility.Shown => true,
        PostVisibility.Draft => site.ShowDrafts,
        PostVisibility.Hidden => site.ShowUnpublished,
        _ => throw new InvalidOperationException($"no rule for {post.Visibility}"),
    };

    /// <summary>The next instant at which the post begins or ends to be seen, or null.</summary>
    private static DateTimeOffset? NextTurn(Post post, SiteDefinition site, DateTimeOffset now)
    {
        if (!IsMeantToBeSeen(post, site))
        {
            return null;
        }

        DateTimeOffset? begins = !site.ShowFuture && post.ShownFrom > now ? post.ShownFrom : null;
        return Earlier(begins, post.Expires > now ? post.Expires : null);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    /// <summary>The cache key covers the file's bytes and the configuration; path and date are what it does not.</summary>
    private static bool IsSame(Post post, Post former) =>
        ReferenceEquals(post, former)
        || (post.CacheKey == former.CacheKey && post.Path == former.Path && post.Date.EqualsExact(former.Date) && post.Permalink == former.Permalink);
}

/// <summary>What changed between two catalogs, in the later one's order.</summary>
internal sealed record CatalogDiff(ImmutableArray<Post> Added, ImmutableArray<Post> Changed, ImmutableArray<Post> Removed)
{
    public bool IsEmpty => Added.IsEmpty && Changed.IsEmpty && Removed.IsEmpty;
}
