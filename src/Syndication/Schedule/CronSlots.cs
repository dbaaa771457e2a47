using Quartz;
using Syndication.Editions;
using Syndication.Site;

namespace Syndication.Schedule;

/// <summary>The slots of a cron expression in a time zone, right across daylight saving: a local time that does not exist is taken at its end, one that comes twice once.</summary>
internal static class CronSlots
{
    private const string Form = "seconds minutes hours day-of-month month day-of-week, such as 0 0 8 ? * MON";

    /// <param name="expression">In Quartz's form: seconds, minutes, hours, day of month, month, day of week.</param>
    /// <param name="zone">Where it is read.</param>
    /// <exception cref="FormatException">It is no cron expression.</exception>
    public static NextSlot Of(string expression, TimeZoneInfo zone)
    {
        CronExpression cron = new(expression, zone);
        return after => cron.GetNextValidTimeAfter(after);
    }

    /// <summary>The schedules that are none.</summary>
    public static IEnumerable<InvalidOption> Invalid(NewsletterOptions newsletter) =>
        new (string Property, string Expression)[]
            {
                (nameof(newsletter.Daily), newsletter.Daily), (nameof(newsletter.Weekly), newsletter.Weekly), (nameof(newsletter.Monthly), newsletter.Monthly),
            }
            .Where(s => !IsCron(s.Expression))
            .Select(s => new InvalidOption(s.Property, Form));

    private static bool IsCron(string expression)
    {
        try
        {
            _ = new CronExpression(expression);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
