using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Which files of a mount are shown (includeFiles, excludeFiles). Immutable.</summary>
internal sealed class HugoFileFilter
{
    private readonly PathPattern[] _included;
    private readonly PathPattern[] _onTheWay;
    private readonly PathPattern[] _excluded;

    public HugoFileFilter(ImmutableArray<string> included, ImmutableArray<string> excluded)
    {
        string[] rooted = [.. included.Select(Rooted)];
        _included = [.. rooted.SelectMany(Patterns)];
        _onTheWay = [.. rooted.SelectMany(SitePaths.FoldersTo).Where(folder => folder.Length > 0).SelectMany(Patterns)];
        _excluded = [.. excluded.Select(Rooted).SelectMany(Patterns)];
    }

    /// <summary>Whether a path below the mount is shown, which it is only where all folders on the way to it are.</summary>
    public bool Shows(string path, bool isFolder) =>
        SitePaths.FoldersTo(path).All(folder => Passes("/" + folder, isFolder: true)) && Passes("/" + path, isFolder);

    /// <summary>What is included cannot be excluded; a folder counts as what it is called, not as what it holds.</summary>
    private bool Passes(string path, bool isFolder) =>
        Array.Exists(_included, p => p.Matches(path))
        || isFolder && Array.Exists(_onTheWay, p => p.Matches(path))
        || _included.Length == 0 && !Array.Exists(_excluded, p => p.Matches(path));

    private static string Rooted(string pattern) => pattern.StartsWith('/') ? pattern : "/" + pattern;

    /// <summary>As it is written, and in lower case.</summary>
    private static IEnumerable<PathPattern> Patterns(string pattern) =>
        new[] { pattern, pattern.ToLowerInvariant() }.Distinct(StringComparer.Ordinal).Select(p => new PathPattern(p, Wildcards.OfGo));
}
