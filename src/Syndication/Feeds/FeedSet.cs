using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>The bytes of all feeds of a catalog, before they have a date.</summary>
/// <param name="Site">The site they are of.</param>
/// <param name="Feeds">Each feed's bytes.</param>
/// <param name="Newest">The posts in them, newest first, with what was made of each.</param>
/// <param name="Pages">Where the pages of all posts lie.</param>
/// <param name="Problems">Posts that are not in the feeds or have no page, and why.</param>
internal sealed record FeedSet(
    SiteDefinition Site,
    ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> Feeds,
    ImmutableArray<(Post Post, RenderedPost Rendered)> Newest,
    PagePlan Pages,
    ImmutableArray<Problem> Problems)
{
    /// <summary>Renders what the feeds show, and no more; the same catalog gives the same bytes.</summary>
    public static FeedSet Build(PostCatalog catalog, FeedOptions options, RenderCache cache, PostRenderer renderer)
    {
        int limit = FeedDefinition.LimitOf(catalog.Site, options);
        (ImmutableArray<Post> shown, ImmutableArray<Problem> refused) = Choose(catalog, limit == 0 ? catalog.Published.Length : limit);
        var newest = new (Post Post, RenderedPost Rendered)[shown.Length];
        Parallel.For(0, shown.Length, i => newest[i] = (shown[i], cache.Get(renderer, shown[i], catalog)));
        cache.Keep(newest.Select(n => n.Post));
        SiteDefinition site = catalog.Site;
        ImmutableArray<FeedDefinition> definitions = FeedDefinition.Of(site);
        byte[][] bytes = new byte[definitions.Length][];
        Parallel.For(0, definitions.Length, i =>
        {
            Uri self = SiteUrls.Absolute(site, definitions[i].Path);
            bytes[i] = FeedBytes.Write(FeedBuilder.Build(site, IdOf(site), newest), definitions[i], self);
        });
        PagePlan pages = PagePlan.Of(catalog);
        return new FeedSet(
            site, [.. definitions.Zip(bytes)], [.. newest], pages, [.. refused, .. pages.Problems, .. new[] { FeedDefinition.ProblemOf(site) }.OfType<Problem>()]);
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

    /// <summary>A feed's own id: jekyll-feed's is the address of its feed, else the site's stands for all formats.</summary>
    private static string IdOf(SiteDefinition site) =>
        (site.Kind == SiteKind.Jekyll ? SiteUrls.Absolute(site, FeedDefinition.Of(site)[0].Path) : site.Url).AbsoluteUri;
}
