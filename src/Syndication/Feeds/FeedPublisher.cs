using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Feeds;

/// <summary>
/// Turns each new catalog into what is served: feeds first, in memory and as files, then the pages. A failure leaves the last
/// good state in place. One loop; <see cref="PublishedSiteSource"/> is all that others see.
/// </summary>
internal sealed partial class FeedPublisher(
    PostCatalogSource catalogs, PublishedSiteSource published, FeedStore store, SitePublisher publisher, TimeProvider time, ILogger<FeedPublisher> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAtTemplates = TimeSpan.FromSeconds(2);

    /// <summary>What failed is tried again, and files that pages show are looked at, this often.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    /// <summary>What was made of <see cref="_fed"/>; null when the feeds of an earlier run were read back.</summary>
    private (FeedSet Set, ImmutableDictionary<string, byte[]> Pages)? _made;
    private PostCatalog? _fed;
    private PostCatalog? _done;
    private string? _failure;
    private ImmutableHashSet<Problem> _reported = [];

    /// <summary>Publishes the feeds of the first catalog before it returns, so that the first request finds them; pages follow.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        PostCatalog catalog = catalogs.Current ?? throw new InvalidOperationException("the posts are read before anything is published");
        await PublishFeedsAsync(catalog, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stoppingToken);
                _failure = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (_failure != e.Message)
                {
                    _failure = e.Message;
                    Log.PublishFailed(log, e.Message, e is StorageException ? null : e);
                }

                await Task.Delay(LookAtTemplates, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        PostCatalog catalog = catalogs.Current!;
        if (ReferenceEquals(catalog, _done))
        {
            await WaitAsync(stop);
            return;
        }

        if (!ReferenceEquals(catalog, _fed))
        {
            await PublishFeedsAsync(catalog, stop);
        }

        if (_made is not (FeedSet set, var pages))
        {
            _done = catalog;
            return;
        }

        if (await PublishTopicsAsync(set, IsStale, stop) && publisher.WriteRest(catalog, set, pages, IsStale) is { } files)
        {
            published.Current = published.Current with { Files = files };
            _done = catalog;
        }

        bool IsStale() => !ReferenceEquals(catalogs.Current, catalog);

        Report([.. set.Problems, .. publisher.Failures, .. publisher.Warnings]);
    }

    /// <summary>Waits for another catalog, other templates or files that posts read, or the time to try again.</summary>
    private async Task WaitAsync(CancellationToken stop)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        DateTimeOffset tryAgain = time.GetUtcNow() + TryAgain;
        Task changed = catalogs.Changed.WaitAsync(waiting.Token);
        while (await Task.WhenAny(changed, Task.Delay(LookAtTemplates, time, waiting.Token)) != changed && !stop.IsCancellationRequested)
        {
            ImmutableArray<Problem> problems = publisher.RefreshTemplates(out bool templatesChanged);
            foreach (Problem problem in problems)
            {
                Log.Problem(log, problem);
            }

            bool isTimeToTry = time.GetUtcNow() >= tryAgain;
            tryAgain += isTimeToTry ? TryAgain : TimeSpan.Zero;
            if (templatesChanged || publisher.HaveFilesChanged(_done!) || (isTimeToTry && publisher.IsWorthAnotherTry))
            {
                _fed = _done = null;
                break;
            }
        }

        await waiting.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private async Task PublishFeedsAsync(PostCatalog catalog, CancellationToken stop)
    {
        if (!catalog.IsSettled && _made is null && publisher.ReadBack(catalog.Site) is { IsEmpty: false } last)
        {
            // Posts of an earlier run are missing, and it is not known yet whether they are gone: what was last published stays.
            ImmutableDictionary<string, byte[]> written = publisher.ReadBackPages(catalog.Site);
            await PublishAsync(catalog.Site, last, written.ContainsKey(PageNames.Landing) ? written : publisher.MakePages(publisher.Build(catalog)), stop);
            published.Current = published.Current with { Feeds = With(await StampAsync(catalog.Site, publisher.ReadBackTopics(catalog), stop)) };
            _fed = catalog;
            return;
        }

        FeedSet set = publisher.Build(catalog);
        publisher.WriteNewestPages(set);
        ImmutableDictionary<string, byte[]> pages = publisher.MakePages(set);
        ImmutableArray<MadeFeed> feeds = SitePublisher.MakeFeeds(set);
        await PublishAsync(catalog.Site, feeds, publisher.ReadBackPages(catalog.Site).SetItems(pages), stop);
        published.Current = published.Current with { Moved = set.Moved.Targets };
        publisher.WriteFeeds(feeds);
        _made = (set, pages);
        _fed = catalog;
    }

    /// <summary>Publishes the site's feeds and the pages about them; the feeds of topics stay as they are for now.</summary>
    private async Task PublishAsync(SiteDefinition site, ImmutableArray<MadeFeed> feeds, ImmutableDictionary<string, byte[]> pages, CancellationToken stop)
    {
        Dictionary<string, PublishedPage> shown = new(published.Current.Pages, StringComparer.Ordinal);
        foreach ((string name, byte[] bytes) in pages)
        {
            shown[$"/{name}"] = new PublishedPage(bytes, FeedBytes.Hash(bytes));
        }

        if (shown.GetValueOrDefault("/" + PageNames.Landing) is PublishedPage front)
        {
            shown["/"] = front;
        }

        string readable = "/" + PageNames.Of(FeedDefinition.ReadablePathOf(FeedDefinition.Of(site)));
        string? page = shown.ContainsKey(readable) ? readable : null;
        ImmutableArray<MadeFeed> known = [.. feeds.Select(f => f.Definition.Format == FeedFormat.Opml ? f : f with { Readable = page })];
        IReadOnlyDictionary<string, PublishedFeed> stamped = await StampAsync(site, known, stop);
        published.Current = published.Current with
        {
            Pages = shown.ToFrozenDictionary(StringComparer.Ordinal),
            Feeds = With(stamped),
            Files = publisher.FilesSoFar(),
            Prefix = Uri.UnescapeDataString(site.Url.AbsolutePath).TrimEnd('/'),
        };
    }

    /// <summary>Writes the feeds of topics and publishes them, and none that is no more.</summary>
    /// <returns>False when a newer catalog is there.</returns>
    private async Task<bool> PublishTopicsAsync(FeedSet set, Func<bool> isStale, CancellationToken stop)
    {
        if (publisher.WriteTopics(set, isStale) is not ImmutableArray<MadeFeed> topics)
        {
            return false;
        }

        IReadOnlyDictionary<string, PublishedFeed> stamped = await StampAsync(set.Site, topics, stop);
        HashSet<string> own = [.. set.Plan.Site.Formats.Append(FeedPlan.Outline).Select(definition => definition.Key)];
        bool isNew = stamped.Any(feed => !ReferenceEquals(published.Current.Feeds.GetValueOrDefault(feed.Key), feed.Value));
        if (isNew || published.Current.Feeds.Count != stamped.Count + own.Count)
        {
            published.Current = published.Current with
            {
                Feeds = published.Current.Feeds.Where(feed => own.Contains(feed.Key)).Concat(stamped).ToFrozenDictionary(StringComparer.Ordinal),
                Files = stamped.Values.All(feed => feed.Readable is null || published.Current.Files.ContainsKey(feed.Readable)) ? published.Current.Files : publisher.FilesSoFar(),
            };
        }

        return true;
    }

    /// <summary>The published feeds with these.</summary>
    private FrozenDictionary<string, PublishedFeed> With(IReadOnlyDictionary<string, PublishedFeed> feeds) =>
        published.Current.Feeds.Where(feed => !feeds.ContainsKey(feed.Key)).Concat(feeds).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gives each feed whose bytes changed the date of that change, and leaves the others as they are. By decoded path.</summary>
    private async Task<IReadOnlyDictionary<string, PublishedFeed>> StampAsync(SiteDefinition site, ImmutableArray<MadeFeed> feeds, CancellationToken stop)
    {
        FrozenDictionary<string, PublishedFeed> before = published.Current.Feeds;
        ImmutableArray<MadeFeed> changed = [.. feeds.Where(f => before.GetValueOrDefault(f.Definition.Key)?.Hash != f.Hash)];
        ImmutableDictionary<string, DateTimeOffset> stamps = changed.IsEmpty
            ? ImmutableDictionary<string, DateTimeOffset>.Empty
            : await store.StampAsync(changed.ToDictionary(f => f.Definition.Path, f => f.Hash, StringComparer.Ordinal), time.GetUtcNow(), stop);
        Dictionary<string, PublishedFeed> stamped = new(feeds.Length, StringComparer.Ordinal);
        foreach (PublishedFeed? feed in changed.AsParallel().Select(f => f.Publish(stamps[f.Definition.Path], before.GetValueOrDefault(f.Definition.Key))))
        {
            if (feed is not null)
            {
                stamped[feed.Definition.Key] = feed with { Topic = FeedTopic.Of(site, feed.Definition) };
            }
        }

        foreach (MadeFeed feed in feeds)
        {
            string key = feed.Definition.Key;
            if (!stamped.ContainsKey(key) && before.GetValueOrDefault(key) is PublishedFeed same)
            {
                stamped[key] = same.Readable == feed.Readable ? same : same with { Readable = feed.Readable };
            }
        }

        return stamped;
    }

    private void Report(ImmutableArray<Problem> problems)
    {
        foreach (Problem problem in problems.Where(p => !_reported.Contains(p)))
        {
            Log.Problem(log, problem);
        }

        _reported = [.. problems];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Problem}")]
        public static partial void Problem(ILogger logger, Problem problem);

        [LoggerMessage(LogLevel.Error, "the feeds could not be published, the last good ones stay: {Reason}")]
        public static partial void PublishFailed(ILogger logger, string reason, Exception? exception);
    }
}
