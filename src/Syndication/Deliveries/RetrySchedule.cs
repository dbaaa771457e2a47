namespace Syndication.Deliveries;

/// <summary>When a deferred mail is tried again. Pure: the same delivery and attempt give the same time.</summary>
internal static class RetrySchedule
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>A mail that could not be sent for so long fails.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>The wait after an attempt: doubled each time, and up to a quarter longer, so that what failed together does not come back together.</summary>
    /// <param name="delivery">The store's key, which the jitter is made from.</param>
    /// <param name="attempts">How many were made; at least 1.</param>
    public static TimeSpan After(long delivery, int attempts)
    {
        double wait = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 20)), Longest.TotalSeconds);
        ulong mixed = ((ulong)delivery * 0x9E3779B97F4A7C15UL) ^ ((ulong)attempts * 0xC2B2AE3D27D4EB4FUL);
        mixed ^= mixed >> 29;
        return TimeSpan.FromSeconds(wait * (1 + (mixed % 1000 / 4000.0)));
    }
}
