using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Syndication.Feeds;

/// <summary>A version of a feed that readers may still have.</summary>
/// <param name="Hash">See <see cref="PublishedFeed.Hash"/>.</param>
/// <param name="Items">The hashes of its items' bytes.</param>
internal sealed record FeedVersion(string Hash, FrozenSet<string> Items);

/// <summary>A feed with nothing in it but the items that are new or changed since a version (RFC 3229 with the instance manipulation "feed").</summary>
/// <param name="Since">The hash of that version.</param>
/// <param name="Feed">As it goes out.</param>
internal sealed record FeedDelta(string Since, PublishedFeed Feed);

/// <summary>Makes what is sent to readers that have one of the last versions, when a feed is published. Pure.</summary>
internal static class FeedDeltas
{
    /// <summary>So many versions are known.</summary>
    private const int MostVersions = 4;

    /// <summary>Of larger feeds, which are slow to compare, none are made; and none that would not save at least half.</summary>
    private const int MostBytes = 4_000_000;

    /// <summary>The feed with what differs from its last versions.</summary>
    /// <param name="feed">As it is to be published.</param>
    /// <param name="before">What is published at its path; null when it is new.</param>
    public static PublishedFeed Follow(PublishedFeed feed, PublishedFeed? before)
    {
        if (before is null || before.Hash == feed.Hash || before.Definition != feed.Definition || !IsFit(feed) || !IsFit(before))
        {
            return feed;
        }

        FeedParts parts = FeedParts.Of(feed.Bytes, feed.Definition.Format);
        string[] hashes = [.. parts.Items.Select(Hash)];
        ImmutableArray<FeedVersion> versions =
        [
            .. before.Versions.Prepend(new FeedVersion(before.Hash, FeedParts.Of(before.Bytes, before.Definition.Format).Items.Select(Hash).ToFrozenSet(StringComparer.Ordinal)))
                .Where(version => version.Hash != feed.Hash).DistinctBy(version => version.Hash).Take(MostVersions),
        ];
        return feed with
        {
            Versions = versions,
            Deltas =
            [
                .. versions.Select(version => (version.Hash, Bytes: parts.With(parts.Items.Where((_, i) => !version.Items.Contains(hashes[i])))))
                    .Where(delta => delta.Bytes.Length <= feed.Length / 2)
                    .Select(delta => new FeedDelta(delta.Hash, FeedBytes.Publish(feed.Definition, delta.Bytes, feed.LastModified))),
            ],
        };
    }

    private static bool IsFit(PublishedFeed feed) => feed.Definition.Format is FeedFormat.Rss or FeedFormat.Atom && feed.Bytes.Length is > 0 and <= MostBytes;

    private static string Hash(ReadOnlyMemory<byte> item) => FeedBytes.Hash(item.Span);
}
