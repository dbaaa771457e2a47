namespace Syndication.Site;

/// <summary>
/// Paths of a site: those that somebody wrote, kept inside the folder that they belong to (links are the business of whoever opens the
/// file), and the parts of those below its root, which have forward slashes. Pure.
/// </summary>
internal static class SitePaths
{
    /// <summary>The path, absolute and without a slash at its end; null where it is neither the folder nor below it.</summary>
    /// <param name="folder">An absolute folder.</param>
    /// <param name="path">Relative to <paramref name="folder"/>, or absolute.</param>
    public static string? Below(string folder, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, folder));
        string relative = Path.GetRelativePath(folder, full);
        bool isOutside = Path.IsPathRooted(relative) || relative == ".."
            || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isOutside ? null : full;
    }

    /// <summary>The path of a file below the folder, relative to it and with forward slashes.</summary>
    public static string Relative(string folder, string file) =>
        Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');

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
