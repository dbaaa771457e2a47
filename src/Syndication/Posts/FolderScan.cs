using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>What a look at a folder and all below it found. Names, sizes and times only; nothing was read.</summary>
internal sealed record FolderScan
{
    /// <summary>The folder that was looked at, below the site's root with forward slashes; empty = the whole posts folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Why the folder itself could not be listed; then nothing is known of what it holds, and nothing in it counts as missing.</summary>
    public string? Failure { get; init; }

    /// <summary>Files that are posts by their path.</summary>
    public IReadOnlyDictionary<string, FileStamp> Files { get; init; } = ImmutableDictionary<string, FileStamp>.Empty;

    /// <summary>Files that say something to the posts below them, by <see cref="PostReader.IsSection"/>.</summary>
    public ImmutableArray<string> Sections { get; init; } = [];

    /// <summary>Folders below that could not be listed: nothing in them counts as missing.</summary>
    public ImmutableArray<string> Unreadable { get; init; } = [];

    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>Whether the scan would have found a file with this path, had it been there.</summary>
    public bool Covers(string path) => Failure is null && IsBelow(path, Folder) && !Unreadable.Any(folder => IsBelow(path, folder));

    /// <summary>Whether the path is the folder's or lies below it; everything lies below the empty path.</summary>
    public static bool IsBelow(string path, string folder) =>
        folder.Length == 0
        || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));
}
