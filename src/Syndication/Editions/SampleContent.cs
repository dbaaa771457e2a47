using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>Mails of the newest posts, by which templates are tried out.</summary>
internal static class SampleContent
{
    private const int Newest = 3;

    /// <summary>Each of the newest posts in full, and a digest of them; nothing where there is no post.</summary>
    public static ImmutableArray<EditionContent> Of(PostCatalog catalog, Newsletter newsletter)
    {
        PostRenderer renderer = new();
        ImmutableArray<(Post Post, RenderedPost Rendered)> posts = [.. catalog.Published.Take(Newest).Select(p => (p, renderer.Render(p, catalog)))];
        return posts.IsEmpty ? [] : [.. posts.Select(p => Content(catalog.Site, newsletter, Cadence.EachPost, [p])), Content(catalog.Site, newsletter, Cadence.Daily, posts)];
    }

    private static EditionContent Content(SiteDefinition site, Newsletter newsletter, Cadence cadence, ImmutableArray<(Post Post, RenderedPost Rendered)> posts) => new()
    {
        Site = site,
        Newsletter = newsletter,
        Cadence = cadence,
        Key = "sample",
        Slot = posts[0].Post.Date,
        Posts = posts,
    };
}
