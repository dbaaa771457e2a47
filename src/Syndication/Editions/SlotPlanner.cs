using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>The first slot after an instant, in the newsletter's cron and the site's zone; null when there is none any more.</summary>
internal delegate DateTimeOffset? NextSlot(DateTimeOffset after);

/// <summary>What has become of the slots since the last one.</summary>
/// <param name="Due">The slot that runs now, or null.</param>
/// <param name="PassedOver">The last slot that is too late to run: its posts go into the next one. Null when none is.</param>
/// <param name="Next">The slot that comes next.</param>
/// <param name="Opens">When to wake for it.</param>
internal sealed record SlotPlan(DateTimeOffset? Due, DateTimeOffset? PassedOver, DateTimeOffset? Next, DateTimeOffset? Opens);

/// <summary>Decides which slot of a digest runs.</summary>
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

    /// <summary>What has become of a digest's slots. Pure.</summary>
    /// <param name="cadence">The digest's cadence.</param>
    /// <param name="last">The last slot planned or passed over; when there was none, the instant from which slots count.</param>
    /// <param name="next">The newsletter's slots.</param>
    /// <param name="now">The time of this look.</param>
    /// <param name="opensAt">When a slot's edition is opened; null = at the slot.</param>
    public static SlotPlan Plan(Cadence cadence, DateTimeOffset last, NextSlot next, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset>? opensAt = null)
    {
        // Slots missed while down collapse into the last of them.
        DateTimeOffset? missed = null;
        DateTimeOffset? slot = next(last);
        while (Opens(slot) <= now)
        {
            missed = slot;
            slot = next(slot!.Value);
        }

        bool runs = missed is not null && now - missed <= LatestStart(cadence);
        return new SlotPlan(runs ? missed : null, runs ? null : missed, slot, Opens(slot));

        DateTimeOffset? Opens(DateTimeOffset? slot) => slot is DateTimeOffset known && opensAt is not null ? opensAt(known) : slot;
    }

    /// <summary>When slots open: where each reader gets a digest at its hour where they are, when that hour first comes to one of them. Null = at the slot.</summary>
    public static async Task<Func<DateTimeOffset, DateTimeOffset>?> OpeningAsync(
        Newsletter newsletter, TimeZoneInfo site, SubscriptionStore subscriptions, CancellationToken stop)
    {
        if (!newsletter.LocalTime)
        {
            return null;
        }

        ImmutableArray<string> zones = await subscriptions.ZonesAsync(stop);
        return slot => LocalDue.EarliestOf(slot, site, zones);
    }

    /// <summary>The edition's key: its slot's date where the site is.</summary>
    public static string KeyOf(DateTimeOffset slot, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(slot, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The key of a digest that the operator sends beside the slots: the date with a number, from 1.</summary>
    public static string ExtraKeyOf(DateTimeOffset now, TimeZoneInfo zone, int number) => string.Create(CultureInfo.InvariantCulture, $"{KeyOf(now, zone)}/{number}");
}
