using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Syndication.Feeds;

/// <summary>One feed as it goes out: its bytes, the same compressed, and what a conditional request is compared with.</summary>
internal sealed record PublishedFeed
{
    public required FeedDefinition Definition { get; init; }

    /// <summary>Empty where only <see cref="Gzip"/> is in memory: then they are unpacked as they go out.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>How many bytes the feed has, plain.</summary>
    public required int Length { get; init; }

    public required ReadOnlyMemory<byte> Gzip { get; init; }

    /// <summary>Empty where <see cref="Bytes"/> is.</summary>
    public ReadOnlyMemory<byte> Brotli { get; init; }

    /// <summary>Hash of the plain bytes without quotes: changes when, and only when, they do.</summary>
    public required string Hash { get; init; }

    /// <summary>When the bytes last changed, in whole seconds.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>What hubs and their subscribers know it by; null where it names no hub.</summary>
    public FeedTopic? Topic { get; init; }

    /// <summary>What a reader gets that has one of the last versions and takes what is new alone, newest version first.</summary>
    public ImmutableArray<FeedDelta> Deltas { get; init; } = [];

    /// <summary>The last versions, newest first.</summary>
    public ImmutableArray<FeedVersion> Versions { get; init; } = [];

    /// <summary>The path below the site's URL, decoded, where a browser is sent that opens the feed; null when there is no such page.</summary>
    public string? Readable { get; init; }
}

/// <summary>A page or image that lies in the output folder.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="MediaType">With charset where it is text.</param>
/// <param name="Hash">Changes when the content does.</param>
internal sealed record PublishedFile(string File, string MediaType, string Hash);

/// <summary>A page that is in memory.</summary>
/// <param name="Bytes">HTML in UTF-8.</param>
/// <param name="Hash">Changes when the bytes do.</param>
internal sealed record PublishedPage(ReadOnlyMemory<byte> Bytes, string Hash);

/// <summary>All that is published at one moment. Immutable; requests read only this.</summary>
internal sealed record PublishedSite
{
    public static PublishedSite Empty { get; } = new();

    /// <summary>By decoded path below the site's URL.</summary>
    public FrozenDictionary<string, PublishedFeed> Feeds { get; init; } = FrozenDictionary<string, PublishedFeed>.Empty;

    /// <summary>Pages and images by decoded path below the site's URL.</summary>
    public FrozenDictionary<string, PublishedFile> Files { get; init; } = FrozenDictionary<string, PublishedFile>.Empty;

    /// <summary>The pages that are made anew with the feeds, by path below the site's URL: the front page, and the one that shows people what a feed is.</summary>
    public FrozenDictionary<string, PublishedPage> Pages { get; init; } = FrozenDictionary<string, PublishedPage>.Empty;

    /// <inheritdoc cref="MovedPaths.Targets"/>
    public FrozenDictionary<string, string?> Moved { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>The path prefix of the site's URL, decoded, without a slash at its end; empty without one.</summary>
    public string Prefix { get; init; } = "";
}

/// <summary>Where the published site of the moment stands. Safe for any number of threads.</summary>
internal sealed class PublishedSiteSource
{
    private volatile PublishedSite _current = PublishedSite.Empty;

    public PublishedSite Current
    {
        get => _current;
        set => _current = value;
    }
}
