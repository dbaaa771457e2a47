namespace Syndication.Site;

/// <summary>
/// Paths that somebody wrote, kept inside the folder that they belong to. Links are the business of whoever opens the file.
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
}
