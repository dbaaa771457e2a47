namespace Syndication.Ledger;

/// <summary>How fast an edition goes out, and when it ends if that goes on. Pure.</summary>
/// <param name="PerMinute">Mails sent within a minute, of the last few.</param>
internal readonly record struct Pace(double PerMinute)
{
    /// <summary>So many minutes are looked back at: a pause is soon seen, and a slow server is not taken for one.</summary>
    public const int Window = 5;

    /// <summary>Whole minutes since 1970.</summary>
    public static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    /// <param name="minutes">Minutes in which mails were sent, with how many.</param>
    /// <param name="now">The minute that is running counts by the part of it that has passed.</param>
    public static Pace Of(IEnumerable<(long Minute, long Sent)> minutes, DateTimeOffset now)
    {
        (long Minute, long Sent)[] recent = [.. minutes.Where(m => m.Minute > MinuteOf(now) - Window && m.Minute <= MinuteOf(now))];
        if (recent.Length == 0)
        {
            return default;
        }

        double minutesLong = (now - DateTimeOffset.FromUnixTimeSeconds(recent.Min(m => m.Minute) * 60)).TotalMinutes;
        return new Pace(recent.Sum(m => m.Sent) / Math.Max(minutesLong, 1.0 / 60));
    }

    /// <summary>When as many mails are out; null while none is sent.</summary>
    /// <param name="waiting">How many wait.</param>
    /// <param name="lastDue">When the last of them may begin.</param>
    /// <param name="now">This moment.</param>
    public DateTimeOffset? EndOf(long waiting, DateTimeOffset? lastDue, DateTimeOffset now)
    {
        if (waiting == 0 || (PerMinute <= 0 && lastDue is null))
        {
            return null;
        }

        double minutes = PerMinute > 0 ? Math.Min(waiting / PerMinute, TimeSpan.FromDays(365).TotalMinutes) : 0;
        DateTimeOffset atThisPace = now.AddMinutes(minutes);
        return lastDue > atThisPace ? lastDue : PerMinute > 0 ? atThisPace : null;
    }
}
