using Syndication.Site;

namespace Syndication.Posts;

/// <summary>One file on its way to become a post: taken apart, with what was found wrong so far.</summary>
internal sealed record PostFile
{
    /// <summary>Below the site's root, with forward slashes.</summary>
    public required string Path { get; init; }

    public required FrontMatter FrontMatter { get; init; }

    /// <summary>The date of a post that has none of its own.</summary>
    public required DateTimeOffset UndatedAs { get; init; }

    /// <summary>Hash of the body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Hash of everything that decides the rendering.</summary>
    public required string CacheKey { get; init; }

    /// <summary>Grows while the file is read.</summary>
    public required List<Problem> Problems { get; init; }
}
