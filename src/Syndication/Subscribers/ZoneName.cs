using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>The names of time zones that are stored: IANA's, since other machines may know no others.</summary>
internal static class ZoneName
{
    /// <summary>The IANA name of a zone written as an IANA or Windows name, or null when there is no such zone.</summary>
    public static string? Of(string text) =>
        TimeZones.Find(text) is not TimeZoneInfo zone ? null
        : zone.HasIanaId ? zone.Id
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? iana
        : null;
}
