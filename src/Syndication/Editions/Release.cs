using System.Collections.Immutable;

namespace Syndication.Editions;

/// <summary>A post, or a correction of one, that was given a number of a newsletter: from then on it is owed to those it is for.</summary>
/// <param name="Number">From 1, without gaps, in the order of release.</param>
/// <param name="PostId">The post's id.</param>
/// <param name="ReleasedAt">Never earlier than that of the number before.</param>
/// <param name="Topics">The post's tags and categories when it was released.</param>
internal sealed record Release(long Number, string PostId, DateTimeOffset ReleasedAt, ImmutableArray<string> Topics)
{
    /// <summary>What is corrected; null for a post.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The number of the post that is corrected; null for a post.</summary>
    public long? Corrects { get; init; }

    public NewsKey Key => new(PostId, Correction?.Note ?? "");

    /// <summary>Whether readers of each post get it: a correction only where its author asked for a mail.</summary>
    public bool IsForEachPost => Correction is null or { ByMail: true };
}
