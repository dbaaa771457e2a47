using System.Collections.Immutable;
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
internal sealed class EditionsJob(
    EditionMaker maker, PageProbe pages, EditionsClock clock, PostCatalogSource catalogs, NewsletterRules newsletters, EditionsReport report) : IJob
{
    /// <summary>Commands write beside the running service: what they approved is seen after this at the latest.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = clock.Now;
        if (catalogs.Current is not { IsSettled: true, Hold: null } catalog || !clock.IsDue(catalog, now))
        {
            return;
        }

        try
        {
            Newsletter newsletter = newsletters.DefaultOf(catalog.Site);
            DateTimeOffset? nextLook = await ReleaseAsync(newsletter, catalog, now, cancellationToken);
            DateTimeOffset? slot = await maker.OpenAsync(
                newsletter, catalog.Site.TimeZone, cadence => CronSlots.Of(newsletter.CronOf(cadence), catalog.Site.TimeZone), now, cancellationToken);
            report.TellDigests(await maker.PlanAsync(now, cancellationToken));
            clock.Looked(catalog, now, Earliest(now + LookAgain, slot, nextLook));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.TellFailure(e, now);
            clock.Looked(null, now, now + LookAgain);
        }
    }

    /// <summary>Releases what is ready; posts that only lack their page are looked at again once it was asked for.</summary>
    private async Task<DateTimeOffset?> ReleaseAsync(Newsletter newsletter, PostCatalog catalog, DateTimeOffset now, CancellationToken stop)
    {
        DateTimeOffset lackedAt = clock.HasLooked ? now : catalogs.PreviousScan ?? now;
        ReleasePlan plan = await maker.ReleaseAsync(newsletter, catalog, lackedAt, now, stop);
        report.TellReleased(newsletter, plan);
        await report.TellWaitingAsync(newsletter, catalog, plan, now, stop);
        if (plan.PagesToTry.IsEmpty)
        {
            return plan.NextLook;
        }

        ImmutableArray<PageAnswer> answers = await pages.AskAsync(catalog.Site, [.. plan.PagesToTry.Select(t => t.Post)], stop);
        report.TellMissingPages(plan.PagesToTry, answers);
        await maker.KeepAsync(newsletter, answers, now, stop);
        plan = await maker.ReleaseAsync(newsletter, catalog, lackedAt, now, stop);
        report.TellReleased(newsletter, plan);
        return plan.NextLook;
    }

    private static DateTimeOffset Earliest(DateTimeOffset first, params ReadOnlySpan<DateTimeOffset?> others)
    {
        foreach (DateTimeOffset? other in others)
        {
            first = other < first ? other.Value : first;
        }

        return first;
    }
}

/// <summary>When the editions are to be looked at again. One thread at a time.</summary>
internal sealed class EditionsClock(TimeProvider time)
{
    private PostCatalog? _seen;
    private DateTimeOffset _last;
    private DateTimeOffset _next;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether a look was completed in this run: what turns up after it was not there before.</summary>
    public bool HasLooked { get; private set; }

    /// <summary>Another catalog, a time that has come, or a clock that was set back behind the last look.</summary>
    public bool IsDue(PostCatalog catalog, DateTimeOffset now) => now >= _next || now < _last || (_seen is not null && !ReferenceEquals(catalog, _seen));

    /// <summary>A look was completed, or failed where there is no catalog: then the next waits for its time.</summary>
    public void Looked(PostCatalog? catalog, DateTimeOffset at, DateTimeOffset next)
    {
        (_seen, _last, _next) = (catalog, at, next);
        HasLooked |= catalog is not null;
    }
}
