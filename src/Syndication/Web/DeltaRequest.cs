using Syndication.Feeds;

namespace Syndication.Web;

/// <summary>Whether a client that has an earlier version of a feed takes what is new alone (RFC 3229 section 10.5.3). Pure.</summary>
internal static class DeltaRequest
{
    private const string Manipulation = "feed";

    /// <summary>What is to be sent, and the entity tag, as the client has it, of what it adds to; null when the whole feed is.</summary>
    /// <param name="feed">The feed asked for.</param>
    /// <param name="manipulations">The header A-IM as sent.</param>
    /// <param name="ifNoneMatch">The header as sent.</param>
    public static (PublishedFeed Delta, string Base)? Of(PublishedFeed feed, string? manipulations, string? ifNoneMatch)
    {
        if (string.IsNullOrEmpty(manipulations) || string.IsNullOrEmpty(ifNoneMatch) || !Takes(manipulations))
        {
            return null;
        }

        string[] tags = [.. Conditional.Tags(ifNoneMatch)];
        if (tags.Any(tag => IsOf(tag, feed.Hash)))
        {
            return null;
        }

        foreach (FeedDelta delta in feed.Deltas)
        {
            if (Array.Find(tags, tag => IsOf(tag, delta.Since)) is string tag)
            {
                return (delta.Feed, tag);
            }
        }

        return null;
    }

    /// <summary>Whether "feed" is among what the client takes, and not refused by a quality of zero.</summary>
    private static bool Takes(string header) => header.Split(',').Select(part => part.Split(';')).Any(part =>
        part[0].Trim().Equals(Manipulation, StringComparison.OrdinalIgnoreCase) && !part.Skip(1).Any(p => p.Trim().TrimEnd('0').TrimEnd('.') is "q=" or "q=0"));

    /// <summary>Whether a tag is that of these bytes in any coding.</summary>
    private static bool IsOf(string tag, string hash) =>
        tag.AsSpan().Trim('"') is var inner && inner.StartsWith(hash, StringComparison.Ordinal) && inner[hash.Length..] is "" or "-gz" or "-br";
}
