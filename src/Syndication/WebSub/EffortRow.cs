using Syndication.Storage;

namespace Syndication.WebSub;

/// <summary>An <see cref="Effort"/> as the last five columns of a table.</summary>
internal static class EffortRow
{
    /// <summary>For a select.</summary>
    public const string Columns = "done, version, attempts, last_try as LastTry, due_at as DueAt";

    public static object?[] Of(Effort effort) => [effort.Done, effort.Version, (long)effort.Attempts, Microseconds(effort.LastTry), Microseconds(effort.Due)];

    public static Effort ToEffort(string? done, string? version, long attempts, long? lastTry, long? dueAt) => new()
    {
        Done = done,
        Version = version,
        Attempts = (int)attempts,
        LastTry = UnixMicroseconds.ToInstant(lastTry),
        Due = UnixMicroseconds.ToInstant(dueAt),
    };

    private static long? Microseconds(DateTimeOffset? instant) => instant is DateTimeOffset known ? UnixMicroseconds.Of(known) : null;
}
