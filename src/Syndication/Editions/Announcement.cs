using System.Globalization;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What the operator is told before something is mailed, in one sentence. Pure.</summary>
internal static class Announcement
{
    private const string Invite = "nobody subscribes yet: `syndication subscribers add you@example.org`";

    /// <param name="title">The post's title.</param>
    /// <param name="reach">Whom it reaches.</param>
    /// <param name="readyAt">When it is released.</param>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="zone">The site's.</param>
    /// <param name="now">Today's times go without their date.</param>
    public static string OfPost(string title, Reach reach, DateTimeOffset readyAt, Newsletter newsletter, TimeZoneInfo zone, DateTimeOffset now)
    {
        string time = readyAt <= now ? "now" : $"at {LocalTime(readyAt, zone, now)}";
        string approval = newsletter.NeedsApproval ? ", once you approve it" : "";
        return reach switch
        {
            { All: 0 } => $"'{title}' is released {time}, but {Invite}",
            { AtOnce: 0, InDigests: 0 } => $"'{title}' goes to none of the {Readers(reach.All)}: they chose other topics, or pause",
            { AtOnce: 0 } => $"'{title}' goes into the digests of {Readers(reach.InDigests)}{approval}",
            { InDigests: 0 } => $"'{title}' goes to {Readers(reach.AtOnce)} {time}{approval}",
            _ => $"'{title}' goes to {Readers(reach.AtOnce)} {time} and into the digests of {Number(reach.InDigests)}{approval}",
        };
    }

    /// <summary>A digest that was opened and is being sent.</summary>
    /// <param name="cadence">Its cadence.</param>
    /// <param name="readers">How many get it.</param>
    /// <param name="local">What clocks show when it comes to each reader; null = it is sent now.</param>
    public static string OfDigest(Cadence cadence, long readers, DateTime? local = null) => local is DateTime hour
        ? string.Create(CultureInfo.InvariantCulture, $"the {Name(cadence)} digest of {hour:yyyy-MM-dd} goes to {Readers(readers)} at {hour:HH:mm} in each reader's time zone")
        : $"the {Name(cadence)} digest goes to {Readers(readers)} now";

    /// <summary>A local time, with its date unless that is today's.</summary>
    public static string LocalTime(DateTimeOffset at, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, zone);
        string form = local.Date == TimeZoneInfo.ConvertTime(now, zone).Date ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return local.ToString(form, CultureInfo.InvariantCulture);
    }

    public static string Readers(long count) => count == 1 ? "1 reader" : $"{Number(count)} readers";

    /// <summary>As it is called in a sentence.</summary>
    public static string Name(Cadence cadence) => cadence == Cadence.EachPost ? "each-post" : cadence.ToString().ToLowerInvariant();

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
