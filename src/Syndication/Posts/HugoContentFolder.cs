using Syndication.Site;

namespace Syndication.Posts;

/// <summary>A folder of a Hugo site, or one file, with the place in the content at which it is shown. Immutable.</summary>
internal sealed class HugoContentFolder
{
    private readonly SiteDefinition _site;
    private readonly HugoMount _mount;
    private readonly HugoFileFilter _filter;
    private readonly string _target;

    public HugoContentFolder(SiteDefinition site, HugoMount mount)
    {
        _site = site;
        _mount = mount;
        _filter = new HugoFileFilter(mount.Included, mount.Excluded);
        _target = mount.Target[HugoMounts.Content.Length..].TrimStart('/');
    }

    public string? Language => _mount.Language;

    /// <summary>The path of a file within the content; null where it is not of this folder, or hidden.</summary>
    public string? Place(string path) => _mount.Within(path) switch
    {
        null => null,
        "" => _target.Length == 0 ? null : _target,
        string below when IsHidden(below, isFolder: false) => null,
        string below => _target.Length == 0 ? below : _target + "/" + below,
    };

    /// <summary>Whether content may lie in or below a folder.</summary>
    public bool Walks(string folder) => folder.Length == 0
        || _mount.Source.StartsWith(folder + "/", StringComparison.Ordinal)
        || _mount.Within(folder) is string below && (below.Length == 0 || !IsHidden(below, isFolder: true));

    private bool IsHidden(string below, bool isFolder) => !_filter.Shows(below, isFolder)
        || _site.IgnoredFiles.Length > 0 && SitePaths.FoldersTo(below).Append(below).Any(IsIgnored);

    private bool IsIgnored(string below)
    {
        string path = Path.Join(_site.Root, _mount.Source, below);
        return _site.IgnoredFiles.Any(pattern => pattern.IsMatch(path));
    }
}
