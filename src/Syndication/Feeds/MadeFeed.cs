namespace Syndication.Feeds;

/// <summary>A feed whose bytes are made, before they have a date.</summary>
/// <param name="Definition">Where it belongs.</param>
/// <param name="Hash">See <see cref="PublishedFeed.Hash"/>.</param>
/// <param name="Read">Gives the bytes; null when they cannot be read any more.</param>
/// <param name="Readable">See <see cref="PublishedFeed.Readable"/>.</param>
internal sealed record MadeFeed(FeedDefinition Definition, string Hash, Func<byte[]?> Read, string? Readable)
{
    /// <summary>Whether it lies in the output folder alone, and not in memory.</summary>
    public bool IsPacked { get; init; }

    public static MadeFeed Of(FeedDefinition definition, byte[] bytes) => new(definition, FeedBytes.Hash(bytes), () => bytes, null);

    /// <summary>What is served of it; null when its bytes are gone.</summary>
    /// <param name="lastModified">When the bytes became these.</param>
    /// <param name="before">What is served until now.</param>
    public PublishedFeed? Publish(DateTimeOffset lastModified, PublishedFeed? before)
    {
        if (Read() is not byte[] bytes)
        {
            return null;
        }

        PublishedFeed feed = IsPacked
            ? FeedBytes.PublishPacked(Definition, bytes, lastModified)
            : FeedDeltas.Follow(FeedBytes.Publish(Definition, bytes, lastModified), before);
        return feed with { Readable = Readable };
    }
}
