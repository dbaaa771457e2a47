using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Paths below a site's root, with forward slashes. Pure.</summary>
internal static class SitePaths
{
    /// <summary>The posts folder below the site's root: empty when it is the root, else with a slash at its end.</summary>
    public static string PostsPrefix(SiteDefinition site)
    {
        string relative = Path.GetRelativePath(site.Root, site.PostsFolder).Replace('\\', '/');
        return relative is "." ? "" : relative.TrimEnd('/') + "/";
    }

    /// <summary>The last segment.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The folder of a file, without a slash at its end; empty for the root.</summary>
    public static string Folder(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>The folders that lead to a path, from the root on, without the path itself.</summary>
    public static IEnumerable<string> FoldersTo(string path)
    {
        for (int at = path.IndexOf('/', StringComparison.Ordinal); at >= 0; at = path.IndexOf('/', at + 1))
        {
            yield return path[..at];
        }
    }

    /// <summary>The extension with its dot, in lower case; empty without one.</summary>
    public static string Extension(string path)
    {
        string name = Name(path);
        int dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..].ToLowerInvariant();
    }
}
