using System.Collections.Concurrent;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Collects what the operating system tells of changes below a folder, as paths and nothing more: what happened there is
/// found out by looking. Losing events is allowed; <see cref="TakeFailure"/> then says so, once.
/// </summary>
internal sealed class FolderEvents : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _touched = new(StringComparer.Ordinal);
    private readonly ChangeSignal _signal;
    private FileSystemWatcher? _watcher;
    private volatile string? _failure;

    /// <param name="signal">Raised at each event.</param>
    public FolderEvents(ChangeSignal signal) => _signal = signal;

    /// <summary>Watches this folder from now on, instead of an earlier one. A failure is kept for <see cref="TakeFailure"/>.</summary>
    public void Watch(string folder)
    {
        _watcher?.Dispose();
        _watcher = null;
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += Touch;
            watcher.Changed += Touch;
            watcher.Deleted += Touch;
            watcher.Renamed += (_, e) =>
            {
                _touched[e.OldFullPath] = 0;
                Touch(e.FullPath);
            };
            watcher.Error += (_, e) => Fail(e.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            Fail(e);
        }
    }

    /// <summary>Absolute paths touched since the last call.</summary>
    public IReadOnlyList<string> TakeTouched()
    {
        List<string> taken = [];
        foreach (string path in _touched.Keys)
        {
            if (_touched.TryRemove(path, out _))
            {
                taken.Add(path);
            }
        }

        return taken;
    }

    /// <summary>Why events were lost since the last call, or null.</summary>
    public string? TakeFailure() => Interlocked.Exchange(ref _failure, null);

    public void Dispose() => _watcher?.Dispose();

    private void Touch(object sender, FileSystemEventArgs e) => Touch(e.FullPath);

    private void Touch(string path)
    {
        _touched[path] = 0;
        _signal.Raise();
    }

    private void Fail(Exception e)
    {
        _failure = e.Message.Split('\n')[0];
        _signal.Raise();
    }
}
