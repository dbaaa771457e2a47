namespace Syndication.Deliveries;

/// <summary>When a deferred mail is tried again. Pure: the same delivery and attempt give the same time.</summary>
internal static class RetrySchedule
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>A mail that could not be sent for so long fails, if it was tried as often as it can be in that time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>How often a mail is tried within its lifetime at the least: 9 attempts in the first 6 hours, then one every 5.</summary>
    public const int AttemptsInLifetime = 22;

    /// <summary>
    /// Whether a mail has had its time. While a transport is paused attempts do not count: the mail gets them afterwards, however
    /// long that was.
    /// </summary>
    /// <param name="attempts">How many were made, this one included.</param>
    /// <param name="firstAttempt">When the first was.</param>
    /// <param name="now">When this one ended.</param>
    public static bool IsOver(int attempts, DateTimeOffset firstAttempt, DateTimeOffset now) =>
        attempts >= AttemptsInLifetime && now - firstAttempt >= Lifetime;

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
