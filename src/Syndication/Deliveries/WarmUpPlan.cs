using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>How many mails a new sender sends in 24 hours, by the days since its first. Pure.</summary>
/// <param name="options">The plan.</param>
/// <param name="firstSent">When the transport first sent; null = not yet, so that its first day is now.</param>
internal sealed class WarmUpPlan(WarmUpOptions options, DateTimeOffset? firstSent)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The limit of the 24 hours that end at an instant; null = the plan sets none.</summary>
    public int? LimitAt(DateTimeOffset now)
    {
        if (options.FirstDay is not int first)
        {
            return null;
        }

        int day = DaysAt(now);
        return day >= options.Until ? null : (int)Math.Min(int.MaxValue, first * Math.Pow(options.Growth, day));
    }

    /// <summary>How long until the limit is the next day's.</summary>
    public TimeSpan UntilNextDay(DateTimeOffset now) => (firstSent ?? now) + ((DaysAt(now) + 1) * Day) - now;

    private int DaysAt(DateTimeOffset now) => (int)Math.Max(0, (now - (firstSent ?? now)) / Day);
}
