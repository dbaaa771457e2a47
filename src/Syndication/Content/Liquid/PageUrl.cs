using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Liquid;

/// <summary>Addresses of a Jekyll site's pages, which are all files with front matter that are no posts. Pure.</summary>
internal static class PageUrl
{
    /// <summary>The path on the site: the page's own permalink, else by the site's style, of which pages take but whether it ends in a slash.</summary>
    /// <param name="file">Below the site's root.</param>
    /// <param name="text">What is in it; null where it is not there.</param>
    /// <param name="site">The site.</param>
    public static string Of(string file, string? text, SiteDefinition site)
    {
        string extension = Path.GetExtension(file);
        bool isMarkdown = extension is ".md" or ".markdown" or ".mkd" or ".mkdn" or ".mkdown";
        FrontMatter? frontMatter = text is null ? null : Read(text);
        if (frontMatter?.Map.Get("permalink") is string { Length: > 0 } own && !own.Contains(':', StringComparison.Ordinal))
        {
            return Permalink.Clean(own);
        }

        bool isPage = text is null ? isMarkdown : frontMatter is { Format: not FrontMatterFormat.None };
        if (!isPage || !isMarkdown && extension != ".html")
        {
            return Permalink.Clean(file);
        }

        string stem = file[..^extension.Length];
        bool isIndex = Path.GetFileName(stem) == "index";
        bool isPretty = Permalink.Template(site.Permalink).EndsWith('/');
        return Permalink.Clean(isIndex ? stem[..^"index".Length] : stem + (isPretty ? "/" : ".html"));
    }

    private static FrontMatter? Read(string text)
    {
        try
        {
            return FrontMatterParser.Parse(text, SiteKind.Jekyll);
        }
        catch (DataFormatException)
        {
            return null;
        }
    }
}
