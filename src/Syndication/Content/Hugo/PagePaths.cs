using System.Runtime.CompilerServices;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo;

/// <summary>The published posts by the paths that ref and relref know them by: any end of the file's path, with or without extension or index.md.</summary>
internal sealed class PagePaths
{
    private static readonly ConditionalWeakTable<PostCatalog, PagePaths> OfCatalogs = [];

    private readonly ILookup<string, (string Path, Post Post)> _byName;

    private PagePaths(PostCatalog catalog)
    {
        _byName = catalog.Published
            .Select(p => (Path: "/" + Named(Shown(p.Path, catalog.Site)), Post: p))
            .ToLookup(p => p.Path[(p.Path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);
    }

    public static PagePaths Of(PostCatalog catalog) => OfCatalogs.GetValue(catalog, c => new PagePaths(c));

    public Post? Find(string path)
    {
        string wanted = "/" + Named(path.Trim('/'));
        return _byName[wanted[(wanted.LastIndexOf('/') + 1)..]].FirstOrDefault(p => p.Path.EndsWith(wanted, StringComparison.OrdinalIgnoreCase)).Post;
    }

    private static string Shown(string path, SiteDefinition site) =>
        site.Mounts.Where(mount => mount.IsOf(HugoMounts.Content)).Select(mount => mount.Shown(path)).OfType<string>().FirstOrDefault() ?? path;

    private static string Named(string path)
    {
        string name = Path.GetExtension(path) is ".md" or ".markdown" or ".html" ? Path.ChangeExtension(path, null) : path;
        return name.EndsWith("/index", StringComparison.Ordinal) ? name[..^"/index".Length] : name;
    }
}
