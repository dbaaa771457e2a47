using Quartz;
using Syndication.Editions;

namespace Syndication.Schedule;

/// <summary>The slots of a cron expression in a time zone, right across daylight saving: a local time that does not exist is taken at its end, one that comes twice once.</summary>
internal static class CronSlots
{
    /// <param name="expression">In Quartz's form: seconds, minutes, hours, day of month, month, day of week.</param>
    /// <param name="zone">Where it is read.</param>
    /// <exception cref="FormatException">It is no cron expression.</exception>
    public static NextSlot Of(string expression, TimeZoneInfo zone)
    {
        CronExpression cron = new(expression, zone);
        return after => cron.GetNextValidTimeAfter(after);
    }
}
