using Quartz;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Schedule;

/// <summary>
/// Wakes the editions: releases what is ready, opens what is due, plans it. Looks only when the catalog is another one or a time has
/// come, so that an idle second costs nothing. Idempotent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class EditionsJob(EditionMaker maker, EditionsClock clock, PostCatalogSource catalogs, NewsletterRules newsletters, TimeProvider time, ILogger<EditionsJob> log)
    : IJob
{
    /// <summary>Commands write beside the running service: what they approved is seen after this at the latest.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (catalogs.Current is not { IsSettled: true, Hold: null } catalog || !clock.IsDue(catalog, now))
        {
            return;
        }

        try
        {
            Newsletter newsletter = newsletters.DefaultOf(catalog.Site);
            ReleasePlan plan = await maker.ReleaseAsync(newsletter, catalog, clock.HasLooked ? now : catalogs.PreviousScan ?? now, now, cancellationToken);
            foreach (Post post in plan.Releases)
            {
                Log.Released(log, post.Title, newsletter.Title);
            }

            DateTimeOffset? slot = await maker.OpenAsync(
                newsletter, catalog.Site.TimeZone, cadence => CronSlots.Of(newsletter.CronOf(cadence), catalog.Site.TimeZone), now, cancellationToken);
            await maker.PlanAsync(now, cancellationToken);
            clock.Looked(catalog, Earliest(now + LookAgain, slot, plan.NextLook));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(log, e.Message, e);
            clock.Looked(null, now + LookAgain);
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset first, params ReadOnlySpan<DateTimeOffset?> others)
    {
        foreach (DateTimeOffset? other in others)
        {
            first = other < first ? other.Value : first;
        }

        return first;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "released '{Post}' to the newsletter '{Newsletter}'")]
        public static partial void Released(ILogger logger, string post, string newsletter);

        [LoggerMessage(LogLevel.Error, "editions could not be brought up to date, and are tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}

/// <summary>When the editions are to be looked at again. One thread at a time.</summary>
internal sealed class EditionsClock
{
    private PostCatalog? _seen;
    private DateTimeOffset? _next = DateTimeOffset.MinValue;

    /// <summary>Whether a look was completed in this run: what turns up after it was not there before.</summary>
    public bool HasLooked { get; private set; }

    public bool IsDue(PostCatalog catalog, DateTimeOffset now) => now >= _next || (_seen is not null && !ReferenceEquals(catalog, _seen));

    /// <summary>A look was completed, or failed where there is no catalog: then the next waits for its time.</summary>
    public void Looked(PostCatalog? catalog, DateTimeOffset? next)
    {
        (_seen, _next) = (catalog, next);
        HasLooked |= catalog is not null;
    }
}
