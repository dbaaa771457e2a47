using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Keeps the catalog true to the posts folder while the program runs: reads it all at start, then follows events, compares the
/// root every 2 s and all names, sizes and times every 30 s. One loop, one thread; all decisions are made elsewhere.
/// </summary>
internal sealed partial class PostFolderWatcher : BackgroundService
{
    public static readonly TimeSpan Still = TimeSpan.FromMilliseconds(300);
    public static readonly TimeSpan RootInterval = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan ScanInterval = TimeSpan.FromSeconds(30);

    /// <summary>How exactly the store knows when the folder was last seen whole: its readers think in days.</summary>
    private static readonly TimeSpan ScanRecordInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(5);

    private readonly PostLibrary _library;
    private readonly PostCatalogSource _catalogs;
    private readonly PostStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<PostFolderWatcher> _log;
    private readonly CatalogReport _report;
    private readonly ChangeSignal _wake = new();
    private readonly FolderEvents _events;
    private readonly PendingFiles _pending = new(Still);
    private readonly HashSet<string> _rescan = new(StringComparer.Ordinal);
    private CatalogBuilder? _builder;
    private RootIdentity? _root;
    private bool _rootIsAnother = true;
    private DateTimeOffset _nextScan;
    private DateTimeOffset _nextRoot;
    private DateTimeOffset _nextScanRecord;
    private DateTimeOffset _notBefore;
    private DateTimeOffset? _heldSince;

    public PostFolderWatcher(PostLibrary library, PostCatalogSource catalogs, PostStore store, TimeProvider time, ILogger<PostFolderWatcher> log)
    {
        _library = library;
        _catalogs = catalogs;
        _store = store;
        _time = time;
        _log = log;
        _report = new CatalogReport(log);
        _events = new FolderEvents(_wake);
    }

    /// <summary>Reads the whole folder before it returns, so that whatever starts later has a catalog.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        _root = RootIdentity.Of(_library.Site.PostsFolder);
        _events.Watch(_library.Site.PostsFolder);
        _catalogs.PreviousScan = await _store.LoadLastCompletedScanAsync(cancellationToken);
        FolderScan scan = _library.ScanAll();
        _builder = new CatalogBuilder(_library.Site, _library.Reader, await _store.LoadAsync(cancellationToken));
        _heldSince = await _store.LoadRemovalsHeldAsync(cancellationToken);
        ILookup<bool, (string Path, FileStamp Stamp)> byStillness = _builder.Take(scan, now).ToLookup(file => file.Stamp.Modified + Still <= now);
        ReadNow([.. byStillness[true]], now);
        See(byStillness[false], now);
        _builder.Settle(_rootIsAnother, confirmed: false, now);
        _rootIsAnother = !_builder.HasFiles;
        ScheduleScans(now);
        await PublishAsync(now, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _events.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                await TurnAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, the last good catalog stays, and the next turn looks again.
                Log.TurnFailed(_log, _library.Site.PostsFolder, e.Message, e);
                _nextScan = _notBefore = _time.GetUtcNow() + RetryAfterFailure;
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        if (_notBefore - _time.GetUtcNow() is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, _time, stop);
        }

        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset due = _nextRoot < _nextScan ? _nextRoot : _nextScan;
        foreach (DateTimeOffset? other in (ReadOnlySpan<DateTimeOffset?>)[_pending.Due, _catalogs.Current?.NextChange, _builder!.LookAgain])
        {
            due = other < due ? other.Value : due;
        }

        if (due > now)
        {
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task timer = Task.Delay(due - now, _time, waiting.Token);
            if (await Task.WhenAny(_wake.WaitAsync(waiting.Token), timer) != timer)
            {
                // Writers raise events by the thousand: one turn takes all that came within a moment.
                await Task.Delay(Gather, _time, stop);
            }

            await waiting.CancelAsync();
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One look at all that is due: events, the root, absences, files that became still, dates that have come.</summary>
    private async Task TurnAsync(CancellationToken stop)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool confirmed = false;
        TakeEvents(now);
        if (now >= _nextRoot)
        {
            CompareRoot();
            Redefine();
            _nextRoot = now + (_library.IsChanging ? Still : RootInterval);
            confirmed = await IsConfirmedAsync(_catalogs.Current!.Hold, stop);
        }

        if (now >= _nextScan || now >= _builder!.LookAgain || confirmed)
        {
            _rescan.Clear();
            _rescan.Add("");
            ScheduleScans(now);
        }

        if (_rescan.Contains(""))
        {
            _rescan.RemoveWhere(folder => folder.Length > 0);
        }

        bool complete = false;
        foreach (string folder in _rescan)
        {
            FolderScan scan = _library.Scanner.Scan(folder);
            complete |= folder.Length == 0 && scan.Unreadable.IsEmpty;
            foreach (string section in scan.Sections)
            {
                Notice(section, now);
            }

            See(_builder!.Take(scan, now), now);
        }

        bool looked = ReadStill(now) | _rescan.Count > 0;
        _rescan.Clear();
        if (looked)
        {
            _builder!.Settle(_rootIsAnother, confirmed, now);
            _rootIsAnother &= !_builder.HasFiles;
        }

        if (looked || now >= _catalogs.Current!.NextChange)
        {
            await PublishAsync(now, stop);
        }

        await RecordScanAsync(complete, now, stop);
    }

    private void See(IEnumerable<(string Path, FileStamp Stamp)> files, DateTimeOffset now)
    {
        foreach ((string path, FileStamp stamp) in files)
        {
            _pending.See(path, stamp, now);
        }
    }

    private void TakeEvents(DateTimeOffset now)
    {
        foreach (string absolute in _events.TakeTouched())
        {
            string path = _library.PathOf(absolute);
            if (_library.Scanner.IsSection(path))
            {
                // The next look finds what it says now, or that it is gone.
                _nextRoot = now;
                if (_library.Scanner.WalksTo(path))
                {
                    _library.Notice(path);
                }
            }
            else if (_library.Scanner.IsCandidate(path) && _library.Scanner.WalksTo(path))
            {
                if (Directory.Exists(absolute))
                {
                    _rescan.Add(path);
                }
                else if (_library.Scanner.Stamp(path) is null)
                {
                    _pending.Forget(path);
                    _rescan.Add(SitePaths.Folder(path));
                }
                else
                {
                    _pending.Touch(path, now);
                }
            }
            else if (_library.Scanner.WalksTo(path) && (_builder!.Holds(path) || (Directory.Exists(absolute) && _library.Scanner.Walks(path))))
            {
                _rescan.Add(path);
            }
        }

        if (_events.TakeFailure() is string failure)
        {
            Log.EventsLost(_log, _library.Site.PostsFolder, failure, ScanInterval.TotalSeconds);
            _rescan.Add("");
        }
    }

    /// <summary>A section that is new is read as soon as its file is still.</summary>
    private void Notice(string section, DateTimeOffset now)
    {
        if (_library.Notice(section))
        {
            _nextRoot = now;
        }
    }

    private void CompareRoot()
    {
        RootIdentity? root = RootIdentity.Of(_library.Site.PostsFolder);
        if (root != _root)
        {
            if (root is null)
            {
                Log.RootGone(_log, _library.Site.PostsFolder);
            }
            else
            {
                Log.RootReplaced(_log, _library.Site.PostsFolder);
                _events.Watch(_library.Site.PostsFolder);
                _rootIsAnother = true;
                _rescan.Add("");
            }

            _root = root;
        }
    }

    /// <summary>Follows the generator's own configuration: a changed file is read anew, and a broken one leaves the last good one.</summary>
    private void Redefine()
    {
        if (_library.Reload(out ImmutableArray<Problem> problems))
        {
            Log.SiteReread(_log, _library.Site.Root);
            _builder!.Redefine(_library.Site, _library.Reader);
            _rescan.Add("");
        }

        foreach (Problem problem in problems)
        {
            Log.Problem(_log, problem);
        }
    }

    private bool ReadStill(DateTimeOffset now)
    {
        List<(string Path, FileStamp Stamp)> still = [];
        foreach (string path in _pending.TakeStill(now))
        {
            FileStamp? stamp = _library.Scanner.Stamp(path);
            if (stamp is null)
            {
                _pending.Forget(path);
                _rescan.Add(SitePaths.Folder(path));
            }
            else if (_pending.StampOf(path) is FileStamp seen && seen != stamp)
            {
                _pending.Touch(path, now);
                _pending.See(path, stamp.Value, now);
            }
            else
            {
                // An event says that it was written: length and time may be those from before.
                bool isWritten = _pending.IsTouched(path) || !_builder!.HasRead(path, stamp.Value);
                _pending.Forget(path);
                if (isWritten)
                {
                    still.Add((path, stamp.Value));
                }
            }
        }

        ReadNow(still, now);
        return still.Count > 0;
    }

    private void ReadNow(List<(string Path, FileStamp Stamp)> files, DateTimeOffset now)
    {
        if (files.Count > 0)
        {
            _builder!.Take(Read(files, now), now);
        }
    }

    private IEnumerable<FileRead> Read(List<(string Path, FileStamp Stamp)> files, DateTimeOffset now)
    {
        foreach ((string path, FileStamp stamp) in files)
        {
            FileRead read = _library.Read(path, stamp);
            if (_library.Scanner.Stamp(path) == stamp)
            {
                yield return read;
            }
            else
            {
                _pending.Touch(path, now);
            }
        }
    }

    /// <summary>Keeps identities first and shows them second: an id that readers saw is never lost.</summary>
    private async Task PublishAsync(DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<KnownPost> unsaved = _builder!.Unsaved;
        if (!unsaved.IsEmpty)
        {
            await _store.SaveAsync(unsaved, stop);
            _builder.Saved(unsaved);
        }

        PostCatalog catalog = _builder.Build(now);
        await RecordHoldAsync(catalog.Hold, now, stop);
        _report.Tell(catalog, now);
        if (!catalog.IsSameAs(_catalogs.Current))
        {
            _catalogs.Replace(catalog);
        }
    }

    private async Task RecordScanAsync(bool complete, DateTimeOffset now, CancellationToken stop)
    {
        if (complete && now >= _nextScanRecord)
        {
            await _store.SaveLastCompletedScanAsync(now, stop);
            _nextScanRecord = now + ScanRecordInterval;
        }
    }

    /// <summary>Keeps since when removals are held, through restarts and for the command that confirms them.</summary>
    private async Task RecordHoldAsync(RemovalHold? hold, DateTimeOffset now, CancellationToken stop)
    {
        if (hold is null && _heldSince is not null)
        {
            await _store.ForgetRemovalsHeldAsync(stop);
            _heldSince = null;
        }
        else if (hold is not null && _heldSince is null)
        {
            await _store.SaveRemovalsHeldAsync(now, stop);
            _heldSince = now;
        }
    }

    /// <summary>Whether the operator confirmed the removals that are held, and not some others before; asked only while some are.</summary>
    private async Task<bool> IsConfirmedAsync(RemovalHold? hold, CancellationToken stop) =>
        hold is not null && await _store.TakeRemovalsConfirmedAsync(stop) >= _heldSince;

    private void ScheduleScans(DateTimeOffset now)
    {
        _nextScan = now + ScanInterval;
        _nextRoot = now + RootInterval;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Problem}")]
        public static partial void Problem(ILogger logger, Problem problem);

        [LoggerMessage(LogLevel.Warning, "{Folder} cannot be watched ({Failure}): changes are now found by looking every {Seconds} s")]
        public static partial void EventsLost(ILogger logger, string folder, string failure, double seconds);

        [LoggerMessage(LogLevel.Warning, "{Folder} is not there or cannot be read: the posts stay as they were")]
        public static partial void RootGone(ILogger logger, string folder);

        [LoggerMessage(LogLevel.Information, "{Folder} is another folder now and is read anew")]
        public static partial void RootReplaced(ILogger logger, string folder);

        [LoggerMessage(LogLevel.Information, "what {Folder} says to its posts changed: all of them are read anew")]
        public static partial void SiteReread(ILogger logger, string folder);

        [LoggerMessage(LogLevel.Error, "posts in {Folder} could not be brought up to date, the last good state stays: {Reason}")]
        public static partial void TurnFailed(ILogger logger, string folder, string reason, Exception exception);
    }
}
