using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>What Jekyll's _config.yml says, read by the rules of Jekyll 4 and of its plugin jekyll-feed.</summary>
internal static class JekyllConfiguration
{
    /// <param name="values">The configuration.</param>
    /// <param name="options">Settings that overrule; what they overrule is not read, so that it cannot be wrong.</param>
    /// <param name="authors">The authors of _data/authors.</param>
    public static GeneratorConfiguration Read(
        ConfigurationValues values, SiteOptions options, ImmutableDictionary<string, Author> authors)
    {
        ConfigurationValues feed = values.Below("feed");
        return new GeneratorConfiguration
        {
            Source = values.Text("source"),
            PostsFolder = values.Text("collections_dir"),
            Url = options.Url is null ? Url(values) : null,
            BaseUrl = options.Url is null ? BaseUrl(values) : null,
            Title = values.Text("title") ?? values.Text("name"),
            Description = values.Text("description"),
            Language = values.Language("lang"),
            Author = AuthorReader.Read(values, "author", authors),
            TimeZone = options.TimeZone is null ? values.Zone("timezone") : null,
            Permalink = values.Text("permalink"),
            ShowFuture = values.Flag("future"),
            ShowDrafts = values.Flag("show_drafts"),
            ShowUnpublished = values.Flag("unpublished"),
            ExcerptSeparator = values.Verbatim("excerpt_separator"),
            FeedLimit = feed.Whole("posts_limit", 1),
            FeedPath = FeedPath(feed),
            ExcerptOnly = feed.Flag("excerpt_only"),
        };
    }

    private static Uri? Url(ConfigurationValues values)
    {
        string? url = values.Text("url");
        return url is null ? null : SiteUrls.Root(url) ?? values.Wrong<Uri>("url", SiteUrls.ExpectedRoot, Severity.Error);
    }

    private static string? BaseUrl(ConfigurationValues values)
    {
        string? path = values.Text("baseurl");
        return path is null || !path.Contains("//", StringComparison.Ordinal) && path.IndexOfAny(['?', '#', '\\']) < 0
            ? path
            : values.Wrong<string>("baseurl", "a path such as /blog", Severity.Error);
    }

    /// <summary>jekyll-feed: what a collection says of itself goes before the rest.</summary>
    private static string? FeedPath(ConfigurationValues feed)
    {
        ConfigurationValues posts = feed.Raw("collections") is DataMap ? feed.Below("collections").Below("posts") : new ConfigurationValues([], []);
        (ConfigurationValues place, string? path) = posts.Text("path") is string own ? (posts, own) : (feed, feed.Text("path"));
        if (path is null)
        {
            return null;
        }

        string[] segments = path.TrimStart('/').Split('/');
        return segments.Any(s => s is "" or "." or "..") || path.IndexOfAny(['?', '#', '\\', ':']) >= 0
            ? place.Wrong<string>("path", "the path of a file, such as /feed.xml")
            : "/" + string.Join('/', segments);
    }
}
