using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>The files of the site that its pages show: which of them may be shown, and whether they changed since they were looked at. One thread at a time.</summary>
internal sealed class SiteImages
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether a file that was looked at is now another, has come, or is gone.</summary>
    public bool HaveChanged => _seen.Any(file => KeyOf(new FileInfo(file.Key)) != file.Value);

    public void Forget() => _seen.Clear();

    /// <summary>Of the files that a post names those that may be shown: in the site, not hidden, and not themselves posts or sources of pages. They need not be there yet.</summary>
    public static ImmutableArray<string> Shown(SiteDefinition site, ImmutableArray<string> files) => [.. files.Where(file => IsShown(site, file))];

    /// <summary>The file on the disk, and what its content depends on; an empty key when there is none.</summary>
    public (FileInfo Source, string Key) Look(SiteDefinition site, string file)
    {
        FileInfo source = new(Path.GetFullPath(Path.Join(site.Root, file)));
        string key = KeyOf(source);
        _seen[source.FullName] = key;
        return (source, key);
    }

    private static bool IsShown(SiteDefinition site, string file) =>
        !file.Contains('\0', StringComparison.Ordinal)
        && Path.GetFullPath(Path.Join(site.Root, file)).StartsWith(Path.TrimEndingDirectorySeparator(site.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && !file.Split('/').Any(part => part.StartsWith('.'))
        && PageNames.MediaTypeOf(file) is not ("application/octet-stream" or "text/html; charset=utf-8");

    private static string KeyOf(FileInfo source) => source is { Exists: true, LinkTarget: null }
        ? string.Create(CultureInfo.InvariantCulture, $"{source.Length:x}-{source.LastWriteTimeUtc.Ticks:x}")
        : "";
}
