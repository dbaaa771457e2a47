namespace Syndication.Web;

/// <summary>The path prefix of the site's address, which a proxy may pass on or take away.</summary>
internal static class SitePrefix
{
    /// <summary>A request's path below the site's address.</summary>
    /// <param name="prefix">Without a slash at its end; empty when the site has none.</param>
    /// <param name="path">As requested.</param>
    public static string PathBelow(string prefix, string path)
    {
        string below = prefix.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path;
        return below.Length == 0 ? "/" : below[0] == '/' ? below : path;
    }
}
