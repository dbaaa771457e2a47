using System.Collections.Immutable;

namespace Syndication.Posts;

/// <summary>What the store keeps of a post for ever, so that its identity outlives its file, name, place and permalink.</summary>
internal sealed record KnownPost
{
    /// <summary>The id in every feed; unique, never changed.</summary>
    public required string Id { get; init; }

    /// <summary>The file below the site's root, with forward slashes: where it is, or where it was last.</summary>
    public required string Path { get; init; }

    public required string Permalink { get; init; }

    public required string Slug { get; init; }

    /// <summary>Hash of the body; empty for an empty body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When a scan first saw it.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The publication date; of a post without any, its file's modification time when first seen, which is then kept.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>False once the absence of its file has been believed.</summary>
    public required bool IsPresent { get; init; }

    /// <summary>Permalinks that it had before, oldest first, and has no more.</summary>
    public ImmutableArray<string> Earlier { get; init; } = [];

    /// <summary>By value, which a record does not compare arrays by.</summary>
    public bool Equals(KnownPost? other) => other is not null && Id == other.Id && Path == other.Path && Permalink == other.Permalink && Slug == other.Slug
        && Fingerprint == other.Fingerprint && FirstSeen == other.FirstSeen && Date == other.Date && IsPresent == other.IsPresent
        && Earlier.AsSpan().SequenceEqual(other.Earlier.AsSpan());

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
