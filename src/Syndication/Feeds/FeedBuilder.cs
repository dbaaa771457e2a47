using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Makes the neutral feed of posts. The same posts give the same feed.</summary>
internal static class FeedBuilder
{
    /// <summary>Why a post can be in no feed, or null: its id stays as it is or is none, while all else can be cleaned.</summary>
    public static Problem? Refuse(Post post) => post.Id.Length > 0 && XmlText.IsClean(post.Id) ? null : Problem.Error(
        post.Path, null, $"its id '{post.Id}' has characters that no feed can hold, so it is in none", "an id without control characters");

    /// <param name="site">The site.</param>
    /// <param name="plan">What the feed says beside its items.</param>
    /// <param name="format">The format that it is for: it leads to others in the same.</param>
    /// <param name="updated">See <see cref="Feed.Updated"/>.</param>
    /// <param name="items">What <see cref="Item"/> gave of the feed's posts, newest first.</param>
    public static Feed Build(SiteDefinition site, PlannedFeed plan, FeedFormat format, DateTimeOffset? updated, IEnumerable<FeedItem> items) => new()
    {
        Id = plan.Id,
        Title = plan.Title,
        Publisher = TitleOf(site),
        Description = plan.Description,
        Home = plan.Home,
        Language = Language(plan.Language.Tag),
        Author = site.Author is null ? null : Clean(site, site.Author),
        Hubs = plan.History is { IsArchive: true } ? [] : site.Hubs,
        Updated = updated,
        Links = plan.History?.In(format, path => SiteUrls.Absolute(site, path)) ?? FeedLinks.None,
        Items = items,
    };

    /// <param name="site">The site.</param>
    /// <param name="post">The post.</param>
    /// <param name="rendered">What was made of it.</param>
    /// <param name="excerptOnly">What the feed has; a post may ask for it in all feeds.</param>
    public static FeedItem Item(SiteDefinition site, Post post, RenderedPost rendered, bool excerptOnly)
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
            Html = XmlText.Clean(excerptOnly || (post.ExcerptOnly && !site.ExcerptOnly) ? rendered.ExcerptHtml : rendered.Html),
            Summary = summary.Length == 0 ? null : summary,
            Authors = [.. post.Authors.Select(a => Clean(site, a)).OfType<Author>()],
            Tags = [.. post.Categories.Concat(post.Tags).Select(XmlText.CleanLine).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Language = Language(post.Language),
            Image = post.Image is null ? null : ImageOf(site, url, post.Image),
            Path = post.Path,
            Fingerprint = post.Fingerprint,
        };
    }

    /// <summary>The site's title; its host where nothing of it is left.</summary>
    public static string TitleOf(SiteDefinition site) => XmlText.CleanLine(site.Title) is { Length: > 0 } title ? title : site.Url.Host;

    /// <summary>Jekyll's image paths are the site's, others are the page's.</summary>
    private static Uri? ImageOf(SiteDefinition site, Uri page, string image)
    {
        bool isAbsolute = Uri.TryCreate(image, UriKind.Absolute, out Uri? address) && !address.IsFile;
        Uri? resolved = isAbsolute ? address
            : site.Kind == SiteKind.Jekyll || image.StartsWith('/') ? SiteUrls.Absolute(site, image)
            : Uri.TryCreate(page, image, out Uri? relative) ? relative : null;
        return resolved is not null && SiteUrls.IsSafe(resolved.AbsoluteUri) ? resolved : null;
    }

    private static string? Language(string? tag) => tag is not null && LanguageTag.IsWellFormed(tag) ? tag : null;

    /// <summary>The author with what of it a feed can hold; null when no name is left.</summary>
    private static Author? Clean(SiteDefinition site, Author author)
    {
        string name = XmlText.CleanLine(author.Name);
        return name.Length == 0 ? null : new Author(name, EmailOf(author.Email), UrlOf(site, author.Url));
    }

    private static string? EmailOf(string? email) =>
        email is not null && XmlText.CleanLine(email) == email && !email.Contains(' ', StringComparison.Ordinal) && email.Trim('@').Contains('@', StringComparison.Ordinal)
            ? email
            : null;

    /// <summary>A path that begins with a slash is the site's.</summary>
    private static string? UrlOf(SiteDefinition site, string? url)
    {
        string? address = url is null || !XmlText.IsClean(url) ? null : url.StartsWith('/') ? SiteUrls.Absolute(site, url).AbsoluteUri : url;
        return address is not null && SiteUrls.IsSafe(address) ? address : null;
    }
}
