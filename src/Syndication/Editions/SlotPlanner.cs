using System.Globalization;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>The first slot after an instant, in the newsletter's cron and the site's zone; null when there is none any more.</summary>
internal delegate DateTimeOffset? NextSlot(DateTimeOffset after);

/// <summary>What has become of the slots since the last one.</summary>
/// <param name="Due">The slot that runs now, or null.</param>
/// <param name="PassedOver">The last slot that is too late to run: its posts go into the next one. Null when none is.</param>
/// <param name="Next">The slot to wake for.</param>
internal sealed record SlotPlan(DateTimeOffset? Due, DateTimeOffset? PassedOver, DateTimeOffset? Next);

/// <summary>Decides which slot of a digest runs. Pure.</summary>
internal static class SlotPlanner
{
    /// <summary>A slot found later than this after its time is left to the next one: half of the period.</summary>
    public static TimeSpan LatestStart(Cadence cadence) => cadence switch
    {
        Cadence.Daily => TimeSpan.FromHours(12),
        Cadence.Weekly => TimeSpan.FromDays(3),
        Cadence.Monthly => TimeSpan.FromDays(14),
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, "each post has no slots"),
    };

    /// <param name="cadence">The digest's cadence.</param>
    /// <param name="last">The last slot planned or passed over; when there was none, the instant from which slots count.</param>
    /// <param name="next">The newsletter's slots.</param>
    /// <param name="now">The time of this look.</param>
    public static SlotPlan Plan(Cadence cadence, DateTimeOffset last, NextSlot next, DateTimeOffset now)
    {
        // Slots missed while down collapse into the last of them.
        DateTimeOffset? missed = null;
        DateTimeOffset? slot = next(last);
        while (slot <= now)
        {
            missed = slot;
            slot = next(slot.Value);
        }

        bool runs = missed is not null && now - missed <= LatestStart(cadence);
        return new SlotPlan(runs ? missed : null, runs ? null : missed, slot);
    }

    /// <summary>The edition's key: its slot's date where the site is.</summary>
    public static string KeyOf(DateTimeOffset slot, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(slot, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The key of a digest that the operator sends beside the slots: the date with a number, from 1.</summary>
    public static string ExtraKeyOf(DateTimeOffset now, TimeZoneInfo zone, int number) => string.Create(CultureInfo.InvariantCulture, $"{KeyOf(now, zone)}/{number}");
}
