using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Functions that ask for the site: addresses, partials, Markdown.</summary>
internal static class GoSiteFunctions
{
    public static IEnumerable<(string Names, int Least, GoFunction Run)> All() =>
    [
        ("markdownify transform.Markdownify", 1, (run, v) => run.Scope.Markdown(GoValues.Text(v[0]), isBlock: false)),
        ("highlight transform.Highlight", 2, (run, v) => run.Scope.Markdown(
            FencedCode.Of(GoValues.Text(v[1]), v.Length > 2 ? GoValues.Text(v[2]) : "", GoValues.Text(v[0])), isBlock: true)),
        ("partial partials.Include partialCached partials.IncludeCached", 1, (run, v) => run.Partial(GoValues.Text(v[0]), v.Length > 1 ? v[1] : null)),
        ("dateFormat time.Format", 2, (_, v) => GoValues.Date(GoValues.Text(v[0]), v[1])),
        ("relURL urls.RelURL", 1, (run, v) => Relative(run.Scope, GoValues.Text(v[0]), "")),
        ("absURL urls.AbsURL", 1, (run, v) => Absolute(run.Scope, GoValues.Text(v[0]), "")),
        ("relLangURL urls.RelLangURL", 1, (run, v) => Relative(run.Scope, GoValues.Text(v[0]), LanguagePrefix(run.Scope))),
        ("absLangURL urls.AbsLangURL", 1, (run, v) => Absolute(run.Scope, GoValues.Text(v[0]), LanguagePrefix(run.Scope))),
        ("urlize urls.URLize", 1, (run, v) => Path(run.Scope, GoValues.Text(v[0]))),
        ("anchorize urls.Anchorize", 1, (_, v) => GoldmarkHeadingIds.Form(GoValues.Text(v[0]), HeadingIdKind.GitHub)),
        ("ref urls.Ref", 2, (run, v) => Reference(run.Scope, v[1]) is string path ? Origin(run.Scope.Site) + path : ""),
        ("relref urls.RelRef", 2, (run, v) => Reference(run.Scope, v[1]) ?? ""),
        ("path.Base", 1, (_, v) => SitePaths.Name(GoValues.Text(v[0]).TrimEnd('/'))),
        ("path.Dir", 1, (_, v) => SitePaths.Folder(GoValues.Text(v[0])) is { Length: > 0 } folder ? folder : "."),
        ("path.Ext", 1, (_, v) => System.IO.Path.GetExtension(GoValues.Text(v[0]))),
        ("path.Join", 1, (_, v) => string.Join('/', v.Select(GoValues.Text).Where(part => part.Length > 0)).Replace("//", "/", StringComparison.Ordinal)),
    ];

    /// <summary>The page that a path names, as a path from the root of the host with its fragment; null where there is none.</summary>
    public static string? PathOf(BodyReads reads, SiteDefinition site, string wanted)
    {
        (string path, string fragment) = UrlText.SplitSuffix(wanted);
        return path.Length == 0 ? fragment
            : reads.PageNamed(path) is Post found ? site.Url.AbsolutePath.TrimEnd('/') + found.Permalink + fragment
            : null;
    }

    private static string? Reference(GoScope scope, object? wanted) =>
        PathOf(scope.Reads, scope.Site, GoValues.Text(wanted is DataMap map ? map.Get("path") : wanted));

    private static string Origin(SiteDefinition site) => site.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>A slash at the beginning is the root of the host.</summary>
    private static string Relative(GoScope scope, string path, string prefix) =>
        UrlText.Scheme(path) is not null || path is ['/', '/', ..] ? path
        : path is ['/', ..] ? (prefix.Length > 0 ? "/" + prefix.TrimEnd('/') : "") + path
        : scope.Site.Url.AbsolutePath + prefix + path;

    private static string Absolute(GoScope scope, string path, string prefix) =>
        UrlText.Scheme(path) is not null || path is ['/', '/', ..] ? path : Origin(scope.Site) + Relative(scope, path, prefix);

    private static string LanguagePrefix(GoScope scope) =>
        scope.Post.Language is string language && !language.Equals(scope.Settings.DefaultLanguage, StringComparison.OrdinalIgnoreCase)
            ? language + "/"
            : "";

    private static string Path(GoScope scope, string text) => UrlPath.EscapeAsGo(scope.Settings.PathOf(text));
}
