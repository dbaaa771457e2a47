using System.Globalization;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>What feeds are called: as the replaced tool calls them, where it tells them apart. Pure.</summary>
internal static class FeedTitle
{
    /// <param name="site">Of the site.</param>
    /// <param name="kind">Of the feed.</param>
    /// <param name="name">The topic's; see <see cref="PlannedFeed.Name"/>.</param>
    /// <param name="language">Whose feed it is.</param>
    public static string Of(SiteKind site, FeedKind kind, string name, FeedLanguage language) => (site, kind) switch
    {
        (_, FeedKind.Site) => language.Title,
        (SiteKind.Hugo, FeedKind.Language) when language.Folder.Length > 0 => language.Title,
        (SiteKind.Hugo, FeedKind.Section) => $"{Begun(name[(name.LastIndexOf('/') + 1)..])} on {language.Title}",
        (SiteKind.Hugo, _) => $"{name} on {language.Title}",
        (SiteKind.Jekyll, FeedKind.Category) => $"{language.Title} | {Begun(name.ToLowerInvariant())}",
        (SiteKind.Jekyll, _) => $"{language.Title} | {name}",
        _ => $"{language.Title}: {name}",
    };

    /// <summary>With a capital at its beginning.</summary>
    private static string Begun(string name)
    {
        string first = StringInfo.GetNextTextElement(name);
        return first.ToUpperInvariant() + name[first.Length..];
    }
}
