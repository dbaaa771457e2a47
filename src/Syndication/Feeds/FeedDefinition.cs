using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Feeds;

internal enum FeedFormat
{
    Rss,
    Atom,
    Json,

    /// <summary>The list of all feeds.</summary>
    Opml,
}

/// <summary>A feed that the site offers: where and in which format.</summary>
/// <param name="Path">Path below the site's URL, beginning with a slash, percent-encoded.</param>
/// <param name="Format">The one format served there.</param>
internal sealed record FeedDefinition(string Path, FeedFormat Format)
{
    public string Name => Format switch
    {
        FeedFormat.Rss => "RSS",
        FeedFormat.Atom => "Atom",
        FeedFormat.Opml => "OPML",
        _ => "JSON Feed",
    };

    /// <summary>Without parameters, as autodiscovery links have it.</summary>
    public string MediaType => Format switch
    {
        FeedFormat.Rss => "application/rss+xml",
        FeedFormat.Atom => "application/atom+xml",
        FeedFormat.Opml => "text/x-opml",
        _ => "application/feed+json",
    };

    /// <summary>As HTTP has it.</summary>
    public string ContentType => MediaType + "; charset=utf-8";

    /// <summary>The path as requests have it, decoded.</summary>
    public string Key => Uri.UnescapeDataString(Path);

    /// <summary>See <see cref="PlannedFeed.Readable"/>.</summary>
    public static string ReadablePathOf(ImmutableArray<FeedDefinition> formats) => formats[0].Path + ".html";

    /// <summary>Why the configured feed path is not used, or null.</summary>
    public static Problem? ProblemOf(SiteDefinition site) => site.FeedPath is null || IsUsable(site) ? null : Problem.Warning(
        site.Kind == SiteKind.Hugo ? "outputFormats.RSS.baseName" : "feed.path", null,
        $"'{site.FeedPath}' cannot be the address of the {Of(site)[0].Name} feed, which stays {Of(site)[0].Path}",
        "the path of a file below the site that is neither its front page nor another feed");

    /// <summary>The feeds of a site: those of the replaced tool stand where it wrote them.</summary>
    public static ImmutableArray<FeedDefinition> Of(SiteDefinition site) => site.Kind switch
    {
        SiteKind.Jekyll => [new(IsUsable(site) ? site.FeedPath! : "/feed.xml", FeedFormat.Atom), new("/rss.xml", FeedFormat.Rss), new("/feed.json", FeedFormat.Json)],
        SiteKind.Hugo => [new(IsUsable(site) ? site.FeedPath! : "/index.xml", FeedFormat.Rss), new("/atom.xml", FeedFormat.Atom), new("/feed.json", FeedFormat.Json)],
        _ => [new("/feed.xml", FeedFormat.Rss), new("/atom.xml", FeedFormat.Atom), new("/feed.json", FeedFormat.Json)],
    };

    /// <summary>Items per feed: the operator's word, the generator's configuration, else the replaced tool's default; 0 = all.</summary>
    public static int LimitOf(SiteDefinition site, FeedOptions options) =>
        options.Limit ?? site.FeedLimit ?? (site.Kind == SiteKind.Jekyll ? 10 : 20);

    private static bool IsUsable(SiteDefinition site) => site.FeedPath is string path && PageNames.Of(path) is string name && PageNames.IsInside(name)
        && !new ReservedNames(
            StringComparer.OrdinalIgnoreCase,
            [site.Kind == SiteKind.Hugo ? "atom.xml" : "rss.xml", "feed.json", "feeds.opml", PageNames.Landing, OutputFolder.ListName]).Clashes(name);
}
