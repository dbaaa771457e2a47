using System.Globalization;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>When an hour on the wall comes where a reader is. Pure.</summary>
internal static class LocalDue
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>The instant of a local time; one that daylight saving leaves out is taken at the end of the gap, of one that comes twice the first.</summary>
    public static DateTimeOffset Of(DateTime local, TimeZoneInfo zone)
    {
        DateTime valid = local;
        while (zone.IsInvalidTime(valid))
        {
            valid = new DateTime(valid.Year, valid.Month, valid.Day, valid.Hour, valid.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        }

        TimeSpan offset = zone.IsAmbiguousTime(valid) ? zone.GetAmbiguousTimeOffsets(valid).Max() : zone.GetUtcOffset(valid);
        return new DateTimeOffset(valid, offset);
    }

    /// <summary>When a slot's hour first comes to anybody: in the site's zone or one of the readers'. Unknown zones are passed over.</summary>
    /// <param name="slot">The slot where the site is.</param>
    /// <param name="site">The site's zone.</param>
    /// <param name="readers">Zones of readers.</param>
    public static DateTimeOffset EarliestOf(DateTimeOffset slot, TimeZoneInfo site, IEnumerable<string> readers)
    {
        DateTime local = WallTimeOf(slot, site);
        return readers.Select(TimeZones.Find).OfType<TimeZoneInfo>().Select(zone => Of(local, zone)).Append(slot).Min();
    }

    /// <summary>What clocks show at an instant in a zone.</summary>
    public static DateTime WallTimeOf(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>As it is stored.</summary>
    public static string Write(DateTime local) => local.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTime Read(string text) => DateTime.ParseExact(text, Form, CultureInfo.InvariantCulture);
}

/// <summary>When an edition is due for each reader. One thread at a time.</summary>
internal sealed class DueTimes(Edition edition)
{
    private readonly Dictionary<string, DateTimeOffset> _byZone = new(StringComparer.Ordinal);

    /// <param name="zone">The reader's; null, or one that this machine does not know, is the site's.</param>
    public DateTimeOffset In(string? zone)
    {
        if (edition.LocalSlot is not DateTime local || zone is null)
        {
            return edition.Slot;
        }

        if (!_byZone.TryGetValue(zone, out DateTimeOffset due))
        {
            _byZone[zone] = due = TimeZones.Find(zone) is TimeZoneInfo known ? LocalDue.Of(local, known) : edition.Slot;
        }

        return due;
    }
}
