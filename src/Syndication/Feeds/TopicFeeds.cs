using System.Collections.Immutable;
using System.Text;
using Syndication.Posts;

namespace Syndication.Feeds;

/// <summary>
/// Writes feeds into files, each with its readable page unless it is a page of an archive: those that hold the same as the last time are not even looked into. One thread
/// at a time.
/// </summary>
internal sealed class TopicFeeds(SiteWriter writer, PageBuilder pages)
{
    /// <summary>Feeds that are written at once: so many times three files are open.</summary>
    private const int Together = 16;

    private Dictionary<string, FilledFeed> _last = new(StringComparer.Ordinal);
    private string _templates = "";

    /// <summary>Writes all feeds that differ from what lies there, with the pages of their posts before them.</summary>
    /// <param name="set">What they hold.</param>
    /// <param name="feeds">The same kind of feeds at each call.</param>
    /// <param name="isStale">Asked between feeds: whether a newer catalog is there, to which the rest is left.</param>
    /// <returns>False when it became stale.</returns>
    public bool Write(FeedSet set, ImmutableArray<PlannedFeed> feeds, Func<bool> isStale)
    {
        string templates = pages.Version;
        Dictionary<string, FilledFeed> written = new(StringComparer.Ordinal);
        List<FilledFeed> changed = [];
        foreach (FilledFeed feed in set.Fill(feeds))
        {
            string path = feed.Plan.Formats[0].Path;
            bool isSame = templates == _templates && _last.GetValueOrDefault(path) is FilledFeed last && feed.IsSameAs(last)
                && feed.Plan.Names.All(writer.TryRetain);
            (isSame ? [] : changed).Add(feed);
            written[path] = feed;
        }

        foreach (FilledFeed[] some in changed.Chunk(Together))
        {
            if (isStale())
            {
                return false;
            }

            foreach (Post post in some.SelectMany(feed => feed.Plan.Posts))
            {
                writer.WritePage(post, set.Renderings);
            }

            writer.WriteFeeds(set, some);
            foreach (FilledFeed feed in some.Where(feed => !feed.Plan.IsPage))
            {
                WriteReadable(set, feed, templates);
            }
        }

        (_last, _templates) = (writer.Failures.IsEmpty ? written : new(StringComparer.Ordinal), templates);
        return true;
    }

    private void WriteReadable(FeedSet set, FilledFeed feed, string templates) => writer.WritePage(
        PageNames.Of(feed.Plan.Readable),
        FeedBytes.Hash(Encoding.UTF8.GetBytes($"{templates}\0{set.KeyOf(feed)}")),
        () => pages.Listing(PageBuilder.FeedTemplate, set.Site, feed.Plan, feed.Entries.Take(SitePublisher.PostsOnLanding)
            .Select(entry => (entry.Post, set.Renderings.Read(entry.Post, entry.Rendering).ExcerptText))));
}
