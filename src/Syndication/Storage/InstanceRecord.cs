namespace Syndication.Storage;

/// <summary>The one row of the table instance.</summary>
/// <param name="Id">Which database this is; a copy has the same.</param>
/// <param name="Turn">Grows with each release, edition and outcome.</param>
/// <param name="Site">The site whose posts these are; null before the first `serve`.</param>
internal sealed record InstanceRow(string Id, long Turn, RememberedSite? Site);

/// <summary>What the instance file keeps beside the database: what was the newest of it, and where.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Turn">The highest turn seen; never ahead of what was committed.</param>
/// <param name="Place">Where that was.</param>
internal sealed record InstanceRecord(string Id, long Turn, InstancePlace Place);
