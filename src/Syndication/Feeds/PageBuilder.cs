using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Feeds;

/// <summary>Makes pages of posts, and the page that lists the feeds. Pure but for the templates, which it only reads.</summary>
internal sealed class PageBuilder(TemplateSet templates)
{
    public const string LandingTemplate = "web/index.html";
    public const string PostTemplate = "web/post.html";
    public const string FeedTemplate = "web/feed.html";

    /// <summary>The templates of all pages.</summary>
    public static ImmutableArray<string> Templates { get; } = [LandingTemplate, PostTemplate, FeedTemplate];

    /// <summary>Changes when a template does.</summary>
    public string Version => string.Concat(Templates.Select(templates.VersionOf));

    /// <summary>What a post's page depends on.</summary>
    /// <param name="site">The site.</param>
    /// <param name="post">The post.</param>
    /// <param name="rendering">What was made of its body.</param>
    public string KeyOf(SiteDefinition site, Post post, KeptRendering rendering) => FeedBytes.Hash(Encoding.UTF8.GetBytes(string.Join(
        '\n', rendering.Digest, post.CacheKey, post.Id, post.Permalink, post.Date.ToString("O", CultureInfo.InvariantCulture), post.Updated.ToString("O", CultureInfo.InvariantCulture),
        site.Title, site.Url, site.Language, templates.VersionOf(PostTemplate))));

    public byte[] Post(SiteDefinition site, Post post, RenderedPost rendered)
    {
        Dictionary<string, object?> entry = Entry(site, post, rendered.ExcerptText);
        entry["html"] = rendered.Html;
        return Encode(templates.Render(PostTemplate, new Dictionary<string, object?> { ["site"] = Site(site), ["post"] = entry, ["feeds"] = Feeds(site, FeedDefinition.Of(site)) }));
    }

    /// <summary>A page that lists the newest posts: the front page, or the one that explains the feeds.</summary>
    /// <param name="template"><see cref="LandingTemplate"/> or <see cref="FeedTemplate"/>.</param>
    /// <param name="site">The site.</param>
    /// <param name="feed">The feed that the page is about.</param>
    /// <param name="posts">The newest posts, with their excerpts as plain text.</param>
    public byte[] Listing(string template, SiteDefinition site, PlannedFeed feed, IEnumerable<(Post Post, string Excerpt)> posts)
    {
        List<object?> entries = [.. posts.Select(p => Entry(site, p.Post, p.Excerpt))];
        return Encode(templates.Render(template, new Dictionary<string, object?>
        {
            ["site"] = Site(site),
            ["feed"] = new Dictionary<string, object?> { ["title"] = feed.Title, ["description"] = feed.Description, ["url"] = feed.Home.AbsoluteUri },
            ["posts"] = entries,
            ["feeds"] = Feeds(site, feed.Formats),
            ["outline"] = SiteUrls.Absolute(site, FeedPlan.Outline.Path).AbsoluteUri,
        }));
    }

    private static byte[] Encode(string page) => Encoding.UTF8.GetBytes(page);

    private static Dictionary<string, object?> Site(SiteDefinition site) => new()
    {
        ["title"] = site.Title,
        ["description"] = site.Description,
        ["language"] = site.Language ?? "en",
        ["url"] = site.Url.AbsoluteUri,
        ["author"] = site.Author?.Name,
    };

    private static Dictionary<string, object?> Entry(SiteDefinition site, Post post, string excerpt) => new()
    {
        ["title"] = TitleText.Of(post.Title),
        ["url"] = SiteUrls.Absolute(site, post.Permalink).AbsoluteUri,
        ["date"] = post.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["instant"] = post.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["language"] = post.Language ?? site.Language ?? "en",
        ["excerpt"] = post.Description ?? excerpt,
        ["authors"] = post.Authors.Select(a => (object?)a.Name).ToList(),
        ["tags"] = post.Categories.Concat(post.Tags).Distinct(StringComparer.OrdinalIgnoreCase).Select(t => (object?)t).ToList(),
    };

    private static List<object?> Feeds(SiteDefinition site, ImmutableArray<FeedDefinition> formats) =>
    [
        .. formats.Select(feed => new Dictionary<string, object?>
        {
            ["name"] = feed.Name,
            ["type"] = feed.MediaType,
            ["url"] = SiteUrls.Absolute(site, feed.Path).AbsoluteUri,
        }),
    ];
}
