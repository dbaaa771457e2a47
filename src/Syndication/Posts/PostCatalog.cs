using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>All posts of the site at one moment. Immutable; every stage after it reads only this.</summary>
internal sealed class PostCatalog
{
    private readonly Dictionary<string, Post> _byPath;
    private readonly Dictionary<string, Post> _byId;

    public PostCatalog(SiteDefinition site, ImmutableArray<Post> published)
    {
        Site = site;
        Published = published;
        _byPath = published.ToDictionary(p => p.Path, StringComparer.Ordinal);
        _byId = published.Where(p => p.Id.Length > 0).ToDictionary(p => p.Id, StringComparer.Ordinal);
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

    /// <summary>The next instant at which a post's date makes this catalog another one, or null.</summary>
    public DateTimeOffset? NextChange { get; private init; }

    /// <summary>Sorts posts into those that are to be seen at an instant and those that are not.</summary>
    public static PostCatalog Of(
        SiteDefinition site, ImmutableArray<Post> posts, ImmutableArray<Problem> problems, RemovalHold? hold, bool isSettled, DateTimeOffset now)
    {
        ILookup<bool, Post> byState = posts.ToLookup(post => IsPublished(post, site, now));
        ImmutableArray<Post> published =
            [.. byState[true].OrderByDescending(p => p.Date.UtcTicks).ThenByDescending(p => p.Path, StringComparer.Ordinal)];
        return new PostCatalog(site, published)
        {
            Unpublished = [.. byState[false].OrderBy(p => p.Date.UtcTicks).ThenBy(p => p.Path, StringComparer.Ordinal)],
            Problems = problems,
            Hold = hold,
            IsSettled = isSettled,
            NextChange = posts.SelectMany(post => Turns(post, site)).Where(turn => turn > now).Select(turn => (DateTimeOffset?)turn).Min(),
        };
    }

    /// <summary>Unpublished posts that wait for nothing but their date, soonest first.</summary>
    public IEnumerable<Post> Waiting(DateTimeOffset now) => Unpublished.Where(post => IsMeantToBeSeen(post, Site) && post.Date > now);

    /// <summary>The published post of this file (path below the site's root, forward slashes), or null.</summary>
    public Post? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The published post with this id, or null.</summary>
    public Post? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What became of the published posts since an earlier catalog.</summary>
    public CatalogDiff Since(PostCatalog? earlier)
    {
        Dictionary<string, Post> before = earlier?.Published.ToDictionary(p => p.Id, StringComparer.Ordinal) ?? [];
        List<Post> added = [];
        List<Post> changed = [];
        foreach (Post post in Published)
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
        && Problems.SequenceEqual(other.Problems)
        && AreSame(Published, other.Published) && AreSame(Unpublished, other.Unpublished);

    private static bool AreSame(ImmutableArray<Post> posts, ImmutableArray<Post> others) =>
        posts.Length == others.Length && posts.Zip(others).All(pair => pair.First.Id == pair.Second.Id && IsSame(pair.First, pair.Second));

    private static bool IsPublished(Post post, SiteDefinition site, DateTimeOffset now) =>
        IsMeantToBeSeen(post, site) && (site.ShowFuture || post.Date <= now) && !(post.Expires <= now);

    private static bool IsMeantToBeSeen(Post post, SiteDefinition site) => post.Visibility switch
    {
        PostVisibility.Shown => true,
        PostVisibility.Draft => site.ShowDrafts,
        PostVisibility.Hidden => site.ShowUnpublished,
        _ => throw new InvalidOperationException($"no rule for {post.Visibility}"),
    };

    private static IEnumerable<DateTimeOffset> Turns(Post post, SiteDefinition site)
    {
        if (IsMeantToBeSeen(post, site))
        {
            if (!site.ShowFuture)
            {
                yield return post.Date;
            }

            if (post.Expires is DateTimeOffset end)
            {
                yield return end;
            }
        }
    }

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
