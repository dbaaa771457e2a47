namespace Syndication.Schedule;

/// <summary>
/// Remembers why mail waits, or a job fails, so that it is told once and not each second; and once more where it had passed meanwhile.
/// Safe for any number of threads.
/// </summary>
internal sealed class ToldReasons
{
    private const int Most = 100;
    private static readonly TimeSpan Passed = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    public bool IsNew(string reason, DateTimeOffset now)
    {
        lock (_lock)
        {
            bool isNew = !_last.TryGetValue(reason, out DateTimeOffset last) || now - last > Passed;
            if (_last.Count >= Most)
            {
                _last.Clear();
            }

            _last[reason] = now;
            return isNew;
        }
    }
}
