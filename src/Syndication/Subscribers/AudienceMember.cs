namespace Syndication.Subscribers;

/// <summary>One active reader of a newsletter, as the planner reads them.</summary>
/// <param name="Subscription">What they chose.</param>
/// <param name="TimeZone">IANA name, or null for the site's.</param>
/// <param name="ActiveSince">When they became active.</param>
internal sealed record AudienceMember(Subscription Subscription, string? TimeZone, DateTimeOffset ActiveSince);
