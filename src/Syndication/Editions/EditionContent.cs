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

    /// <summary>A single post of "each post" is mailed in full; all else is a digest, even of a single post. Who is owed several gets them in one mail.</summary>
    public required Cadence Cadence { get; init; }

    /// <summary>The edition's key: the local date of a digest's slot, or the id of the post.</summary>
    public required string Key { get; init; }

    /// <summary>When the edition is due; a digest shows its date in the site's zone.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The variant's posts in the order in which they are shown. For each post, one or none.</summary>
    public required ImmutableArray<(Post Post, RenderedPost Rendered)> Posts { get; init; }

    /// <summary>What is corrected of posts that came with earlier mails; shown before the posts. Without posts there is one at least.</summary>
    public ImmutableArray<(Post Post, Correction Correction)> Corrections { get; init; } = [];
}
