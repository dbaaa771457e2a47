using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Schedule;

/// <summary>Tells in the log what is going to be mailed, before it is: each thing once. One thread at a time.</summary>
internal sealed partial class EditionsReport(SubscriptionStore subscriptions, ILogger<EditionsReport> log)
{
    private HashSet<(string Post, DateTimeOffset At)> _told = [];

    /// <summary>Says of each post that began to wait, or waits for another time now, when it goes to how many.</summary>
    public async Task TellWaitingAsync(Newsletter newsletter, PostCatalog catalog, ReleasePlan plan, DateTimeOffset now, CancellationToken stop)
    {
        WaitingPost[] waiting = [.. plan.Waiting.Where(w => !w.IsTooMany), .. ReleasePlanner.Coming(newsletter, catalog.Waiting(now))];
        WaitingPost[] untold = [.. waiting.Where(w => !_told.Contains((w.Post.Id, w.ReadyAt)))];
        if (untold.Length > 0)
        {
            ImmutableArray<ReaderGroup> groups = await subscriptions.GroupsAsync(newsletter.Name, stop);
            foreach (WaitingPost post in untold)
            {
                Reach reach = Reach.Of(groups, EditionMaker.TopicsOf(post.Post), post.ReadyAt);
                Log.Announced(log, Announcement.OfPost(post.Post.Title, reach, post.ReadyAt, newsletter, catalog.Site.TimeZone, now));
            }
        }

        _told = [.. waiting.Select(w => (w.Post.Id, w.ReadyAt))];
    }

    /// <summary>Says of each digest that was opened how many get it.</summary>
    public void TellDigests(ImmutableArray<Edition> planned)
    {
        foreach (Edition digest in planned.Where(e => e.Cadence != Cadence.EachPost && e.Candidates > 0))
        {
            Log.Announced(log, Announcement.OfDigest(digest.Cadence, digest.Candidates));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Announcement}")]
        public static partial void Announced(ILogger logger, string announcement);
    }
}
