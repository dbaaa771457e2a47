using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What a variant is composed of.</summary>
internal sealed record EditionContent
{
    public required SiteDefinition Site { get; init; }

    public required Newsletter Newsletter { get; init; }

    /// <summary>Each post is mailed in full; any other cadence is a digest, even of a single post.</summary>
    public required Cadence Cadence { get; init; }

    /// <summary>The edition's key: the local date of a digest's slot, or the id of the post.</summary>
    public required string Key { get; init; }

    /// <summary>When the edition is due; a digest shows its date in the site's zone.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The variant's posts in the order in which they are shown; never empty, and one for each post.</summary>
    public required ImmutableArray<(Post Post, RenderedPost Rendered)> Posts { get; init; }
}
