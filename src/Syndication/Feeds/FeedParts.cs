using System.Collections.Immutable;

namespace Syndication.Feeds;

/// <summary>
/// The bytes of an XML feed, cut where its items begin and end, so that the same items can be sent in another feed to the byte. Only for
/// what we wrote ourselves: text and attributes then have no bare "&lt;", and no element within an item has its name.
/// </summary>
/// <param name="Head">All before the first item.</param>
/// <param name="Items">Each with the space before it.</param>
/// <param name="Tail">All after the last item.</param>
internal sealed record FeedParts(ReadOnlyMemory<byte> Head, ImmutableArray<ReadOnlyMemory<byte>> Items, ReadOnlyMemory<byte> Tail)
{
    /// <param name="feed">The bytes of the feed.</param>
    /// <param name="format">RSS or Atom.</param>
    public static FeedParts Of(ReadOnlyMemory<byte> feed, FeedFormat format)
    {
        (byte[] open, byte[] close) = format == FeedFormat.Rss ? ("<item"u8.ToArray(), "</item>"u8.ToArray()) : ("<entry"u8.ToArray(), "</entry>"u8.ToArray());
        List<ReadOnlyMemory<byte>> items = [];
        int first = Next(feed.Span, open, 0);
        int at = first < 0 ? feed.Length : feed.Span[..first].TrimEnd(" \r\n"u8).Length;
        ReadOnlyMemory<byte> head = feed[..at];
        while (Next(feed.Span, open, at) is int begin and >= 0)
        {
            int end = begin + feed.Span[begin..].IndexOf(close) + close.Length;
            items.Add(feed[at..end]);
            at = end;
        }

        return new FeedParts(head, [.. items], feed[at..]);
    }

    /// <summary>The feed with these items alone.</summary>
    public byte[] With(IEnumerable<ReadOnlyMemory<byte>> items)
    {
        using MemoryStream feed = new();
        foreach (ReadOnlyMemory<byte> part in items.Prepend(Head).Append(Tail))
        {
            feed.Write(part.Span);
        }

        return feed.ToArray();
    }

    /// <summary>Where the next element of this name begins, at or after a place; negative where none does.</summary>
    private static int Next(ReadOnlySpan<byte> feed, ReadOnlySpan<byte> open, int from)
    {
        while (feed[from..].IndexOf(open) is int found and >= 0)
        {
            from += found;
            if (from + open.Length < feed.Length && feed[from + open.Length] is (byte)'>' or (byte)' ')
            {
                return from;
            }

            from += open.Length;
        }

        return -1;
    }
}
