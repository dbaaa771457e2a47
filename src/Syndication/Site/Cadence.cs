namespace Syndication.Site;

/// <summary>How often a subscription is mailed. The numbers are stored.</summary>
internal enum Cadence
{
    EachPost = 0,
    Daily = 1,
    Weekly = 2,
    Monthly = 3,
}
