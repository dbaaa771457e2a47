using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>A feed and what its posts came out as; their texts are read when it is written.</summary>
internal sealed record FilledFeed(PlannedFeed Plan, ImmutableArray<(Post Post, KeptRendering Rendering)> Entries)
{
    /// <summary>Whether another holds the very same: then nothing of this one need be made.</summary>
    public bool IsSameAs(FilledFeed other) => Plan.HeadKey == other.Plan.HeadKey && Entries.Length == other.Entries.Length
        && Entries.Zip(other.Entries).All(pair => ReferenceEquals(pair.First.Post, pair.Second.Post) && ReferenceEquals(pair.First.Rendering, pair.Second.Rendering));
}

/// <summary>What the feeds of a catalog hold, before it is written.</summary>
/// <param name="Plan">The feeds.</param>
/// <param name="Newest">The posts in the site's feed, newest first, with what was made of each.</param>
/// <param name="Renderings">Gives their texts, and those of all other posts.</param>
/// <param name="Pages">Where the pages of all posts lie.</param>
/// <param name="Problems">Posts that are not in the feeds or have no page, and why.</param>
internal sealed record FeedSet(
    FeedPlan Plan, ImmutableArray<(Post Post, KeptRendering Rendering)> Newest, RenderPass Renderings, PagePlan Pages, ImmutableArray<Problem> Problems)
{
    /// <summary>What was elsewhere before.</summary>
    public MovedPaths Moved { get; private init; } = MovedPaths.None;

    /// <summary>The site they are of.</summary>
    public SiteDefinition Site => Renderings.Catalog.Site;

    /// <summary>The site's feed.</summary>
    public FilledFeed Own => new(Plan.Site, Newest);

    /// <summary>Renders what the site's feed shows, and no more.</summary>
    public static FeedSet Build(PostCatalog catalog, FeedOptions options, RenderCache cache)
    {
        FeedPlan plan = FeedPlan.Of(catalog, options);
        RenderPass renderings = new(cache, catalog);
        ImmutableArray<Post> shown = plan.Site.Posts;
        var newest = new (Post Post, KeptRendering Rendering)[shown.Length];
        Parallel.For(0, shown.Length, i => newest[i] = (shown[i], renderings.Of(shown[i])));
        cache.Keep(catalog.Published, plan.All.SelectMany(feed => feed.Posts).Concat(catalog.Published.Take(SitePublisher.PostsOnLanding)));
        PagePlan pages = PagePlan.Of(catalog, plan);
        MovedPaths moved = MovedPaths.Of(catalog, plan, options);
        ImmutableArray<Problem> problems = [.. plan.Problems, .. pages.Problems, .. moved.Problems, .. new[] { cache.Failure }.OfType<Problem>()];
        return new FeedSet(plan, [.. newest], renderings, pages, problems) { Moved = moved };
    }

    /// <summary>Renders what feeds show: each post once.</summary>
    public ImmutableArray<FilledFeed> Fill(ImmutableArray<PlannedFeed> feeds)
    {
        Post[] posts = [.. feeds.SelectMany(feed => feed.Posts).Distinct(ReferenceEqualityComparer.Instance).Cast<Post>()];
        var rendered = new KeptRendering[posts.Length];
        Parallel.For(0, posts.Length, i => rendered[i] = Renderings.Of(posts[i]));
        Dictionary<Post, KeptRendering> byPost = new(posts.Length, ReferenceEqualityComparer.Instance);
        for (int i = 0; i < posts.Length; i++)
        {
            byPost.TryAdd(posts[i], rendered[i]);
        }

        return [.. feeds.Select(feed => new FilledFeed(feed, [.. feed.Posts.Select(post => (post, byPost[post]))]))];
    }

    /// <summary>Of all that a feed is made of: the same key is the same bytes.</summary>
    public string KeyOf(FilledFeed feed) =>
        FeedBytes.Hash(Encoding.UTF8.GetBytes(string.Join('\n', feed.Entries.Select(n => KeyOf(n.Post, n.Rendering)).Prepend(feed.Plan.HeadKey).Prepend(KeyOf(Site)))));

    /// <summary>Writes formats of a feed, each to its stream: the same catalog gives the same bytes.</summary>
    /// <exception cref="IOException">A stream cannot be written.</exception>
    public void Write(FilledFeed feed, IReadOnlyList<(FeedDefinition Definition, Stream Stream)> formats)
    {
        DateTimeOffset? updated = feed.Entries.IsEmpty ? feed.Plan.Since : feed.Entries.Max(n => n.Post.Updated);
        IEnumerable<FeedItem> all = feed.Entries.Select(n => FeedBuilder.Item(Site, n.Post, Renderings.Read(n.Post, n.Rendering), feed.Plan.ExcerptOnly));
        IReadOnlyList<Action<IEnumerable<FeedItem>>> writers = [.. formats.Select(format => (Action<IEnumerable<FeedItem>>)(items => FeedBytes.Write(
            FeedBuilder.Build(Site, feed.Plan, format.Definition.Format, updated, items), format.Definition, SiteUrls.Absolute(Site, format.Definition.Path), format.Stream)))];
        if (feed.Entries.Length > FeedRun.Together)
        {
            FeedRun.Write(all, writers);
            return;
        }

        FeedItem[] few = [.. all];
        foreach (Action<IEnumerable<FeedItem>> write in writers)
        {
            write(few);
        }
    }

    private static string KeyOf(SiteDefinition site) => $"{PostRenderer.Version}\0{site.Kind}\0{site.Url}\0{site.Author}\0{string.Join(' ', site.Hubs)}";

    /// <summary>The cache key stands for what the file and the configuration say of the post.</summary>
    private static string KeyOf(Post post, KeptRendering rendering) => string.Create(
        CultureInfo.InvariantCulture, $"{rendering.Digest}\0{post.CacheKey}\0{post.Path}\0{post.Id}\0{post.Permalink}\0{post.Date:O}\0{post.Updated:O}");
}
