using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>What the feeds of a catalog hold, before it is written.</summary>
/// <param name="Newest">The posts in them, newest first, with what was made of each.</param>
/// <param name="Renderings">Gives their texts, and those of all other posts.</param>
/// <param name="Pages">Where the pages of all posts lie.</param>
/// <param name="Problems">Posts that are not in the feeds or have no page, and why.</param>
internal sealed record FeedSet(
    ImmutableArray<(Post Post, KeptRendering Rendering)> Newest, RenderPass Renderings, PagePlan Pages, ImmutableArray<Problem> Problems)
{
    /// <summary>The site they are of.</summary>
    public SiteDefinition Site => Renderings.Catalog.Site;

    /// <summary>Of all that the feeds are made of: the same key is the same bytes.</summary>
    public string Key => FeedBytes.Hash(Encoding.UTF8.GetBytes(string.Join('\n', Newest.Select(n => KeyOf(n.Post, n.Rendering)).Prepend(KeyOf(Site)))));

    /// <summary>Renders what the feeds show, and no more.</summary>
    public static FeedSet Build(PostCatalog catalog, FeedOptions options, RenderCache cache)
    {
        int limit = FeedDefinition.LimitOf(catalog.Site, options);
        (ImmutableArray<Post> shown, ImmutableArray<Problem> refused) = Choose(catalog, limit == 0 ? catalog.Published.Length : limit);
        RenderPass renderings = new(cache, catalog);
        var newest = new (Post Post, KeptRendering Rendering)[shown.Length];
        Parallel.For(0, shown.Length, i => newest[i] = (shown[i], renderings.Of(shown[i])));
        cache.Keep(catalog.Published, shown);
        PagePlan pages = PagePlan.Of(catalog);
        return new FeedSet(
            [.. newest], renderings, pages, [.. refused, .. pages.Problems, .. new[] { FeedDefinition.ProblemOf(catalog.Site), cache.Failure }.OfType<Problem>()]);
    }

    /// <summary>Writes feeds, each in its format to its stream: the same catalog gives the same bytes.</summary>
    /// <exception cref="IOException">A stream cannot be written.</exception>
    public void Write(IReadOnlyList<(FeedDefinition Definition, Stream Stream)> feeds)
    {
        DateTimeOffset? updated = Newest.IsEmpty ? null : Newest.Max(n => n.Post.Updated);
        IEnumerable<FeedItem> all = Newest.Select(n => FeedBuilder.Item(Site, n.Post, Renderings.Read(n.Post, n.Rendering)));
        FeedRun.Write(all, [.. feeds.Select(feed => (Action<IEnumerable<FeedItem>>)(items =>
            FeedBytes.Write(FeedBuilder.Build(Site, IdOf(Site), updated, items), feed.Definition, SiteUrls.Absolute(Site, feed.Definition.Path), feed.Stream)))]);
    }

    /// <summary>The newest posts that a feed can hold.</summary>
    private static (ImmutableArray<Post> Shown, ImmutableArray<Problem> Refused) Choose(PostCatalog catalog, int limit)
    {
        List<Post> shown = [];
        List<Problem> refused = [];
        foreach (Post post in catalog.Published)
        {
            if (shown.Count == limit)
            {
                break;
            }

            if (FeedBuilder.Refuse(post) is Problem problem)
            {
                refused.Add(problem);
            }
            else
            {
                shown.Add(post);
            }
        }

        return ([.. shown], [.. refused]);
    }

    private static string KeyOf(SiteDefinition site) =>
        $"{PostRenderer.Version}\0{site.Kind}\0{site.Url}\0{site.Title}\0{site.Description}\0{site.Language}\0{site.Author}\0{site.ExcerptOnly}\0{site.FeedPath}";

    /// <summary>The cache key stands for what the file and the configuration say of the post.</summary>
    private static string KeyOf(Post post, KeptRendering rendering) => string.Create(
        CultureInfo.InvariantCulture, $"{rendering.Digest}\0{post.CacheKey}\0{post.Path}\0{post.Id}\0{post.Permalink}\0{post.Date:O}\0{post.Updated:O}");

    /// <summary>A feed's own id: jekyll-feed's is the address of its feed, else the site's stands for all formats.</summary>
    private static string IdOf(SiteDefinition site) =>
        (site.Kind == SiteKind.Jekyll ? SiteUrls.Absolute(site, FeedDefinition.Of(site)[0].Path) : site.Url).AbsoluteUri;
}
