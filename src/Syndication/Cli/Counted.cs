using System.Globalization;
using Syndication.Feeds;

namespace Syndication.Cli;

/// <summary>A number with what it counts, in the singular where it is one.</summary>
internal static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="what">Of what: a word whose plural has an s.</param>
    public static string Of(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>How many feeds there are beside the site's, as the end of a list of these; empty without any.</summary>
    public static string OfTopics(FeedPlan feeds)
    {
        string[] kinds = [.. feeds.Topics.GroupBy(feed => feed.Kind).Select(kind => Of(kind.Count(), kind.Key switch
        {
            FeedKind.Category when kind.Count() > 1 => "categorie",
            _ => kind.Key.ToString().ToLowerInvariant(),
        }))];
        return kinds.Length == 0 ? "" : $", feeds of {string.Join(", ", kinds)} ({FeedPlan.Outline.Path[1..]})";
    }
}
