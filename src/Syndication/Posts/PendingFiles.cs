namespace Syndication.Posts;

/// <summary>
/// Files that were written and are waited for until they are still, so that nothing half-written is read. One thread at a time.
/// </summary>
internal sealed class PendingFiles(TimeSpan still)
{
    private readonly Dictionary<string, (FileStamp? Stamp, DateTimeOffset Since, bool IsTouched)> _pending = new(StringComparer.Ordinal);

    /// <summary>When the first file may be still; null when none is waited for.</summary>
    public DateTimeOffset? Due => _pending.Count == 0 ? null : _pending.Values.Min(p => p.Since) + still;

    /// <summary>A file was touched at this time: its stillness begins anew.</summary>
    public void Touch(string path, DateTimeOffset now) => _pending[path] = (null, now, true);

    /// <summary>A file was found with this stamp: if another one was seen before, its stillness begins anew.</summary>
    public void See(string path, FileStamp stamp, DateTimeOffset now)
    {
        if (_pending.TryGetValue(path, out (FileStamp? Stamp, DateTimeOffset Since, bool IsTouched) pending))
        {
            if (pending.Stamp != stamp)
            {
                _pending[path] = (stamp, pending.Stamp is null ? pending.Since : now, pending.IsTouched);
            }
        }
        else
        {
            // What was last written long ago is still already; a clock that is behind the file's time waits from now on.
            _pending[path] = (stamp, stamp.Modified < now ? stamp.Modified : now, false);
        }
    }

    public void Forget(string path) => _pending.Remove(path);

    /// <summary>The files that have been still for long enough by now, as far as is known; they stay pending.</summary>
    public IReadOnlyList<string> TakeStill(DateTimeOffset now) => [.. _pending.Where(p => p.Value.Since + still <= now).Select(p => p.Key)];

    /// <summary>Whether the file was written for certain, whatever its stamp says.</summary>
    public bool IsTouched(string path) => _pending.GetValueOrDefault(path).IsTouched;

    /// <summary>The stamp the file had when last seen.</summary>
    public FileStamp? StampOf(string path) => _pending.GetValueOrDefault(path).Stamp;
}
