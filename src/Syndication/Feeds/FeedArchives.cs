using System.Collections.Immutable;
using System.Globalization;
using Syndication.Posts;

namespace Syndication.Feeds;

/// <summary>
/// Divides the posts of a feed that shows not all of them into pages by the calendar: a page has the posts of a year or a month, and is
/// frozen (an archive document of RFC 5005) once a later one has posts. So the page of a post hangs on its own date alone: were pages
/// filled with so many posts each, one that goes would move all that came after it into other pages, and readers would get each of those
/// anew. For the same reason a time without posts has its page too, so that no page's neighbours change when a post turns up
/// there (only a post older than all others gives the page that was the first a link to its own). The page of the present is not frozen; it is there so that the one before can name it. Pure.
/// </summary>
internal static class FeedArchives
{
    public const string Year = "year";
    public const string Month = "month";
    public const string Expected = "year, month or off";

    /// <summary>A date that is a slip, such as one in the year 1, must not make thousands of pages; a feed with such a post has none.</summary>
    private const int MostPages = 600;

    private const int MonthsInYear = 12;

    /// <summary>Whether a setting says how posts are divided, or that they are not.</summary>
    public static bool IsSetting(string text) => text.ToLowerInvariant() is Year or Month or FeedRule.Off;

    /// <param name="feed">The feed, with the posts that it shows.</param>
    /// <param name="all">All that it would have without a limit, newest first.</param>
    /// <param name="setting">See <see cref="IsSetting"/>.</param>
    /// <returns>The feed with its pages and links, or as it is where it shows all.</returns>
    public static PlannedFeed With(PlannedFeed feed, ImmutableArray<Post> all, string setting)
    {
        if (feed.Posts.Length == all.Length || setting.Equals(FeedRule.Off, StringComparison.OrdinalIgnoreCase))
        {
            return feed;
        }

        int length = setting.Equals(Month, StringComparison.OrdinalIgnoreCase) ? 1 : MonthsInYear;
        ILookup<int, Post> posts = all.ToLookup(post => TimeOf(post, length));
        int first = posts.Min(time => time.Key);
        int last = posts.Max(time => time.Key);
        if (last - first >= MostPages)
        {
            return feed;
        }

        ImmutableArray<PlannedFeed> pages =
        [
            .. Enumerable.Range(first, last - first + 1).Select(time => feed with
            {
                Formats = FormatsOf(feed, time, length),
                Posts = [.. posts[time]],
                Since = Begin(time, length),
                History = new FeedHistory(
                    time < last, time > first ? FormatsOf(feed, time - 1, length) : [], time < last ? FormatsOf(feed, time + 1, length) : [], feed.Formats),
            }),
        ];
        return feed with
        {
            Archives = pages,
            History = new FeedHistory(false, pages[TimeOf(all[feed.Posts.Length], length) - first].Formats, [], []),
        };
    }

    /// <summary>The number of the year or month that a post is of by its own date, with the offset that it has there.</summary>
    private static int TimeOf(Post post, int length) => ((post.Date.Year * MonthsInYear) + post.Date.Month - 1) / length;

    private static DateTimeOffset Begin(int time, int length) => new(time * length / MonthsInYear, (time * length % MonthsInYear) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static ImmutableArray<FeedDefinition> FormatsOf(PlannedFeed feed, int time, int length)
    {
        string name = Begin(time, length).ToString(length == 1 ? "yyyy-MM" : "yyyy", CultureInfo.InvariantCulture);
        return [.. feed.Formats.Select(format =>
        {
            int ending = format.Path.LastIndexOf('.') is int dot && dot > format.Path.LastIndexOf('/') ? dot : format.Path.Length;
            return format with { Path = $"{format.Path[..ending]}-archive-{name}{format.Path[ending..]}" };
        })];
    }
}
