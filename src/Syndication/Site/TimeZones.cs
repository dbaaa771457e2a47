namespace Syndication.Site;

/// <summary>Time zones by name, as settings and generators write them.</summary>
internal static class TimeZones
{
    /// <summary>The zone of an IANA or Windows name, or null.</summary>
    public static TimeZoneInfo? Find(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out TimeZoneInfo? zone) ? zone : null;

    /// <summary>What to write instead of an unknown name: the zone that differs in case alone, else an example.</summary>
    public static string Expected(string unknown)
    {
        TimeZoneInfo? near = TimeZoneInfo.GetSystemTimeZones()
            .FirstOrDefault(z => z.Id.Equals(unknown.Trim(), StringComparison.OrdinalIgnoreCase));
        return near is null ? "the name of a time zone, such as Europe/Berlin or UTC" : near.Id;
    }
}
