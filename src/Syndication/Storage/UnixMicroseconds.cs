namespace Syndication.Storage;

/// <summary>Instants as the database keeps them: microseconds since 1970-01-01 in UTC, rounded down.</summary>
internal static class UnixMicroseconds
{
    public const long PerSecond = 1_000_000;

    public static long Of(DateTimeOffset instant)
    {
        (long microseconds, long rest) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest < 0 ? microseconds - 1 : microseconds;
    }

    /// <summary>The instant, in UTC.</summary>
    public static DateTimeOffset ToInstant(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant of a column that may be empty, in UTC.</summary>
    public static DateTimeOffset? ToInstant(long? microseconds) => microseconds is long known ? ToInstant(known) : null;
}
