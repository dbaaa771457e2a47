using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Makes the neutral feed of a catalog. The same catalog gives the same feed.</summary>
internal static class FeedBuilder
{
    /// <param name="site">The site.</param>
    /// <param name="id">The feed's own id.</param>
    /// <param name="posts">The feed's posts with what was made of them, newest first.</param>
    public static Feed Build(SiteDefinition site, string id, IEnumerable<(Post Post, RenderedPost Rendered)> posts)
    {
        ImmutableArray<FeedItem> items = [.. posts.Select(p => Item(site, p.Post, p.Rendered))];
        return new Feed
        {
            Id = id,
            Title = XmlText.CleanLine(site.Title),
            Description = XmlText.CleanLine(string.IsNullOrWhiteSpace(site.Description) ? site.Title : site.Description),
            Home = site.Url,
            Language = site.Language,
            Author = Clean(site.Author),
            Updated = items.IsEmpty ? DateTimeOffset.UnixEpoch : items.Max(i => i.Updated),
            Items = items,
        };
    }

    private static FeedItem Item(SiteDefinition site, Post post, RenderedPost rendered)
    {
        Uri url = SiteUrls.Absolute(site, post.Permalink);
        string summary = XmlText.CleanLine(post.Description ?? rendered.ExcerptText);
        return new FeedItem
        {
            Id = post.Id,
            Url = url,
            Title = XmlText.CleanLine(TitleText.Of(post.Title)),
            Published = post.Date,
            Updated = post.Updated,
            Html = XmlText.Clean(site.ExcerptOnly || post.ExcerptOnly ? rendered.ExcerptHtml : rendered.Html),
            Summary = summary.Length == 0 ? null : summary,
            Authors = [.. post.Authors.Select(a => Clean(a)!)],
            Tags = [.. post.Categories.Concat(post.Tags).Select(XmlText.CleanLine).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Language = post.Language,
            Image = post.Image is null ? null : ImageOf(site, url, post.Image),
            Path = post.Path,
            Fingerprint = post.Fingerprint,
        };
    }

    /// <summary>Jekyll's image paths are the site's, others are the page's.</summary>
    private static Uri? ImageOf(SiteDefinition site, Uri page, string image)
    {
        bool isAbsolute = Uri.TryCreate(image, UriKind.Absolute, out Uri? address) && !address.IsFile;
        Uri? resolved = isAbsolute ? address
            : site.Kind == SiteKind.Jekyll || image.StartsWith('/') ? SiteUrls.Absolute(site, image)
            : Uri.TryCreate(page, image, out Uri? relative) ? relative : null;
        return resolved is not null && SiteUrls.IsSafe(resolved.AbsoluteUri) ? resolved : null;
    }

    private static Author? Clean(Author? author) =>
        author is null ? null : new Author(XmlText.CleanLine(author.Name), author.Email, author.Url);
}
