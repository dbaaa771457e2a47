using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>The bytes of all feeds of a catalog, before they have a date.</summary>
/// <param name="Site">The site they are of.</param>
/// <param name="Feeds">Each feed's bytes.</param>
/// <param name="Newest">The posts in them, newest first, with what was made of each.</param>
internal sealed record FeedSet(
    SiteDefinition Site,
    ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> Feeds,
    ImmutableArray<(Post Post, RenderedPost Rendered)> Newest)
{
    /// <summary>Renders what the feeds show, and no more; the same catalog gives the same bytes.</summary>
    public static FeedSet Build(PostCatalog catalog, FeedOptions options, RenderCache cache, PostRenderer renderer)
    {
        int limit = FeedDefinition.LimitOf(catalog.Site, options);
        int count = limit == 0 ? catalog.Published.Length : Math.Min(limit, catalog.Published.Length);
        var newest = new (Post Post, RenderedPost Rendered)[count];
        Parallel.For(0, count, i => newest[i] = (catalog.Published[i], cache.Get(renderer, catalog.Published[i], catalog)));
        cache.Keep(newest.Select(n => n.Post));
        SiteDefinition site = catalog.Site;
        ImmutableArray<FeedDefinition> definitions = FeedDefinition.Of(site);
        byte[][] bytes = new byte[definitions.Length][];
        Parallel.For(0, definitions.Length, i =>
        {
            Uri self = SiteUrls.Absolute(site, definitions[i].Path);
            bytes[i] = FeedBytes.Write(FeedBuilder.Build(site, IdOf(site), newest), definitions[i], self);
        });
        return new FeedSet(site, [.. definitions.Zip(bytes)], [.. newest]);
    }

    /// <summary>A feed's own id: jekyll-feed's is the address of its feed, else the site's stands for all formats.</summary>
    private static string IdOf(SiteDefinition site) =>
        (site.Kind == SiteKind.Jekyll ? SiteUrls.Absolute(site, FeedDefinition.Of(site)[0].Path) : site.Url).AbsoluteUri;
}
