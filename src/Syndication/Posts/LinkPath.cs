using System.Text;

namespace Syndication.Posts;

/// <summary>What tells pages of a site apart in links that were written at different times: neither scheme, host, query nor the way in which a path ends. Pure.</summary>
internal static class LinkPath
{
    private static readonly string[] Endings = ["/index.html", "/index.htm", ".html", ".htm"];

    /// <summary>The path of a link, decoded, as the first that may be meant; without the site's prefix where it has it.</summary>
    /// <param name="link">An absolute address, or a path that begins with a slash.</param>
    /// <param name="site">The site's address.</param>
    /// <returns>One or two; none where the link leads to no page below a site's front page.</returns>
    public static IEnumerable<string> Of(string link, Uri site)
    {
        string? path = link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) ? link
            : Uri.TryCreate(link, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address.AbsolutePath
            : null;
        if (path is null)
        {
            return [];
        }

        string prefix = site.AbsolutePath.TrimEnd('/') + "/";
        string below = path.StartsWith(prefix, StringComparison.Ordinal) ? path[(prefix.Length - 1)..] : path;
        return new[] { Key(below), Key(path) }.Where(key => key.Length > 0).Distinct(StringComparer.Ordinal);
    }

    /// <summary>A path below the site's address in the form in which such paths are compared; empty for the front page.</summary>
    public static string Key(string path)
    {
        int end = path.AsSpan().IndexOfAny('?', '#');
        string key = Uri.UnescapeDataString(end < 0 ? path : path[..end]).Normalize(NormalizationForm.FormC);
        foreach (string ending in Endings)
        {
            if (key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                key = key[..^ending.Length];
                break;
            }
        }

        return key.TrimEnd('/');
    }
}
