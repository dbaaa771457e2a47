using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>A feed before it has a format: what all formats say. Text is plain and holds only characters that XML allows.</summary>
internal sealed record Feed
{
    /// <summary>The feed's own id, an IRI that stays.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The site's title: who speaks where nobody is named.</summary>
    public required string Publisher { get; init; }

    /// <summary>Never empty: RSS demands one.</summary>
    public required string Description { get; init; }

    /// <summary>The site's front page.</summary>
    public required Uri Home { get; init; }

    public string? Language { get; init; }

    public Author? Author { get; init; }

    /// <summary>The hubs that tell of a new version (WebSub).</summary>
    public ImmutableArray<Uri> Hubs { get; init; } = [];

    /// <summary>When an item last changed by its own word; null for a feed without items.</summary>
    public required DateTimeOffset? Updated { get; init; }

    /// <summary>Where older posts are.</summary>
    public FeedLinks Links { get; init; } = FeedLinks.None;

    /// <summary>Newest first. To be walked through once: thousands of them need never be in memory together.</summary>
    public required IEnumerable<FeedItem> Items { get; init; }
}

/// <summary>A post in a feed.</summary>
internal sealed record FeedItem
{
    public required string Id { get; init; }

    public required Uri Url { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset Published { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>Safe HTML with absolute links; may be empty.</summary>
    public required string Html { get; init; }

    /// <summary>Plain text on one line; null when there is none.</summary>
    public string? Summary { get; init; }

    /// <summary>Empty = the feed's author.</summary>
    public ImmutableArray<Author> Authors { get; init; } = [];

    /// <summary>Categories and tags, each once whatever its case.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    public string? Language { get; init; }

    public Uri? Image { get; init; }

    /// <summary>The post's file below the site's root: with <see cref="Fingerprint"/> it lets a later build know a moved post again.</summary>
    public required string Path { get; init; }

    public required string Fingerprint { get; init; }
}
