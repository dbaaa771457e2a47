using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Where feeds of topics lie: path templates, and what stands for a topic's name in them. Pure.</summary>
internal static class FeedPath
{
    /// <summary>What a template has in the place of the name.</summary>
    public const string Mark = "{slug}";

    private const string Ending = ".xml";
    private const string Index = "/index" + Ending;

    /// <summary>What a path has at its end where the feed lies beside the page with the same posts: Hugo's name may be another.</summary>
    public static string IndexOf(SiteDefinition site) => site.Kind == SiteKind.Hugo ? FeedDefinition.Of(site)[0].Path : Index;

    /// <summary>Bytes of the longest name: file systems allow 255 with all that goes around it.</summary>
    private const int MostBytes = 150;

    /// <summary>Whether a setting can be a template: a path on the site with the mark once, that ends with .xml.</summary>
    public static bool IsTemplate(string text) => text.StartsWith('/') && text.EndsWith(Ending, StringComparison.Ordinal)
        && text.Split(Mark).Length == 2 && text.IndexOfAny(['?', '#', '\\', ':', '%', ' ']) < 0 && !text.Any(char.IsControl)
        && !text[1..].Split('/').Any(part => part is "" or "." or "..");

    /// <summary>Whether a feed lies as the index of a folder of its own.</summary>
    public static bool IsIndex(SiteDefinition site, string path) =>
        path.EndsWith(Index, StringComparison.Ordinal) || path.EndsWith(IndexOf(site), StringComparison.Ordinal);

    /// <summary>
    /// The feed in all formats: the first, which is the replaced tool's, has the path itself. Beside an index.xml the others have the
    /// names that the site's own have, else their endings tell them apart.
    /// </summary>
    public static ImmutableArray<FeedDefinition> Formats(SiteDefinition site, string path)
    {
        string stem = path[..^Ending.Length];
        (FeedFormat first, FeedFormat second) = site.Kind == SiteKind.Jekyll ? (FeedFormat.Atom, FeedFormat.Rss) : (FeedFormat.Rss, FeedFormat.Atom);
        string name = second == FeedFormat.Atom ? "atom" : "rss";
        string folder = path[..path.LastIndexOf('/')];
        return IsIndex(site, path)
            ? [new(path, first), new($"{folder}/{name}{Ending}", second), new(folder + "/feed.json", FeedFormat.Json)]
            : [new(path, first), new($"{stem}.{name}{Ending}", second), new(stem + ".json", FeedFormat.Json)];
    }

    /// <summary>The path of a topic, percent-encoded.</summary>
    public static string Of(string template, string slug) =>
        template.Replace(Mark, string.Join('/', slug.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal);

    /// <summary>
    /// A name as part of a path: jekyll-feed's own where it would write it, Hugo's, else small letters, digits and hyphens. Never
    /// empty, and no folder above.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="hugo">What its configuration says of paths, in a Hugo site.</param>
    /// <param name="kind">Of the topic.</param>
    /// <param name="name">The topic's name.</param>
    /// <param name="isExact">The configuration names it: it stands as it is where a file name can have it.</param>
    public static string SlugOf(SiteDefinition site, HugoSettings? hugo, FeedKind kind, string name, bool isExact)
    {
        string slug = site.Kind switch
        {
            SiteKind.Jekyll when kind is FeedKind.Category or FeedKind.Tag && (isExact || name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) => name,
            SiteKind.Hugo => hugo!.PathOf(name).Trim('/'),
            _ => Slug.Of(name),
        };
        return slug.Length == 0 || slug.Split('/').Any(part => part is "" or "." or "..") ? Hash(name)
            : Encoding.UTF8.GetByteCount(slug) > MostBytes ? Cut(slug) + "-" + Hash(name)
            : slug;
    }

    /// <summary>A few letters that are the name's own, for where names come out as one slug.</summary>
    public static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 3);

    private static string Cut(string slug)
    {
        StringInfo text = new(slug);
        int length = text.LengthInTextElements;
        while (Encoding.UTF8.GetByteCount(text.SubstringByTextElements(0, length)) > MostBytes / 2)
        {
            length--;
        }

        return text.SubstringByTextElements(0, length);
    }
}
