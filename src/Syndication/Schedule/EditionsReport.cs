using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Schedule;

/// <summary>Tells in the log what is going to be mailed, before it is: each thing once. One thread at a time.</summary>
internal sealed partial class EditionsReport(SubscriptionStore subscriptions, ILogger<EditionsReport> log)
{
    private readonly ToldReasons _failures = new();
    private HashSet<(string Post, DateTimeOffset At)> _told = [];

    /// <summary>Says what was released. What is held is told by <see cref="AlertsJob"/>.</summary>
    public void TellReleased(Newsletter newsletter, ReleasePlan plan)
    {
        foreach (News news in plan.Releases)
        {
            if (news.Correction is null)
            {
                Log.Released(log, news.Post.Title, newsletter.Title);
            }
            else
            {
                Log.Corrected(log, news.Post.Title, newsletter.Title);
            }
        }
    }

    /// <summary>Says of each post that begins to wait for its page what the page answered.</summary>
    public void TellMissingPages(ImmutableArray<PageToTry> asked, ImmutableArray<PageAnswer> answers)
    {
        foreach ((PageToTry page, PageAnswer answer) in asked.Zip(answers).Where(p => p.First.IsFirst && !p.Second.IsFound))
        {
            Log.WaitsForPage(log, page.Post.Title, answer.Page, answer.Answer);
        }
    }

    /// <summary>Says what went wrong, once until it has passed.</summary>
    public void TellFailure(Exception failure, DateTimeOffset now)
    {
        if (_failures.IsNew(failure.Message, now))
        {
            Log.Failed(log, failure.Message, failure);
        }
    }

    /// <summary>Says of each post that began to wait, or waits for another time now, when it goes to how many.</summary>
    public async Task TellWaitingAsync(Newsletter newsletter, PostCatalog catalog, ReleasePlan plan, DateTimeOffset now, CancellationToken stop)
    {
        WaitingPost[] waiting = [.. plan.Waiting.Where(w => !w.IsTooMany && !w.IsForPage), .. ReleasePlanner.Coming(newsletter, catalog.Waiting(now))];
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
            Log.Announced(log, Announcement.OfDigest(digest.Cadence, digest.Candidates, digest.LocalSlot));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Announcement}")]
        public static partial void Announced(ILogger logger, string announcement);

        [LoggerMessage(LogLevel.Information, "released '{Post}' to the newsletter '{Newsletter}'")]
        public static partial void Released(ILogger logger, string post, string newsletter);

        [LoggerMessage(LogLevel.Information, "released the correction of '{Post}' to the newsletter '{Newsletter}'")]
        public static partial void Corrected(ILogger logger, string post, string newsletter);

        [LoggerMessage(LogLevel.Information, "'{Post}' waits for its page {Page} ({Answer})")]
        public static partial void WaitsForPage(ILogger logger, string post, Uri page, string answer);

        [LoggerMessage(LogLevel.Error, "editions could not be brought up to date, and are tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
