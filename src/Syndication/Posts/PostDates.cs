using System.Globalization;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>What a written date means on this site. Pure; safe for any number of threads.</summary>
internal sealed class PostDates(SiteKind kind, TimeZoneInfo zone)
{
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>
    /// The instant, or null when the text is no date. It is in the site's zone, but in Hugo keeps an offset that is written.
    /// </summary>
    /// <param name="text">A date as written.</param>
    /// <param name="plainYaml">A YAML scalar without quotes: with seconds and no offset it is UTC, but in Hugo the site's time.</param>
    public DateTimeOffset? Read(string text, bool plainYaml)
    {
        if (kind != SiteKind.Jekyll && text.Length is 9 or 10
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return InZone(DateTimeOffset.FromUnixTimeSeconds(seconds));
        }

        if (DateText.Read(text) is not WrittenDate date)
        {
            return null;
        }

        bool utc = plainYaml && date.IsTimestamp && kind != SiteKind.Hugo;
        if ((date.Offset ?? (utc ? TimeSpan.Zero : null)) is not TimeSpan offset)
        {
            return Local(date.Local);
        }

        DateTimeOffset instant = Instant(date.Local, offset);
        bool keepsOffset = kind == SiteKind.Hugo && offset.Duration() <= LargestOffset;
        return keepsOffset ? instant.ToOffset(offset) : InZone(instant);
    }

    /// <summary>The same instant in the site's zone, cut to microseconds, which is what stores keep.</summary>
    public DateTimeOffset InZone(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond)), zone);

    /// <summary>
    /// The instant at which the site's clock shows this time, by the rule of the generator's language where it shows it never or twice.
    /// </summary>
    public DateTimeOffset Local(DateTime clock)
    {
        DateTime inCalendar = new(Math.Clamp(clock.Ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay));
        return InZone(Instant(clock, kind == SiteKind.Hugo ? GoOffset(inCalendar) : RubyOffset(inCalendar)));
    }

    /// <summary>Dates at the ends of the calendar, such as 9999-12-31, stay within it in every zone.</summary>
    private static DateTimeOffset Instant(DateTime clock, TimeSpan offset)
    {
        long ticks = Math.Clamp(clock.Ticks - offset.Ticks, LargestOffset.Ticks, DateTime.MaxValue.Ticks - LargestOffset.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Ruby moves a time in the gap forward by the gap, and takes the later of two.</summary>
    private TimeSpan RubyOffset(DateTime clock)
    {
        if (zone.IsInvalidTime(clock))
        {
            return zone.GetUtcOffset(clock.AddHours(-3));
        }

        return zone.IsAmbiguousTime(clock) ? zone.GetAmbiguousTimeOffsets(clock).Min() : zone.GetUtcOffset(clock);
    }

    /// <summary>
    /// Go guesses with the offset that holds at the clock's time taken as UTC, and looks once more where the guess was wrong.
    /// </summary>
    private TimeSpan GoOffset(DateTime clock)
    {
        TimeSpan guess = OffsetAt(clock);
        return OffsetAt(clock - guess);
    }

    private TimeSpan OffsetAt(DateTime utc) => zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
