using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Hugo's rules: posts are the pages below the content folder, but not its sections (_index.md). Safe for any number of threads.
/// </summary>
internal sealed class HugoPosts
{
    private readonly SiteDefinition _site;
    private readonly PostDates _dates;
    private readonly HugoSettings _settings;
    private readonly HugoPaths _paths;
    private readonly HugoSections _sections;

    /// <param name="site">The site.</param>
    /// <param name="sections">The files of its sections (_index.md).</param>
    public HugoPosts(SiteDefinition site, IEnumerable<FileRead> sections)
    {
        _site = site;
        _dates = new PostDates(SiteKind.Hugo, site.TimeZone);
        _settings = new HugoSettings(site);
        _paths = new HugoPaths(site, _settings);
        _sections = new HugoSections(site, _settings, _dates, _paths, sections);
    }

    /// <summary>What is wrong with the sections, or cannot be had.</summary>
    public ImmutableArray<Problem> Problems => _settings.AsksForCommits
        ? _sections.Problems.Add(Problem.Warning(ConfigurationName, null, "frontmatter.date: dates of commits (:git) are not read, and the next in the list counts"))
        : _sections.Problems;

    private string ConfigurationName => _site.ReadFrom.Select(file => System.IO.Path.GetRelativePath(_site.Root, file)).FirstOrDefault() ?? "the configuration";

    public bool IsSection(string path) => _paths.ReadSection(path) is not null;

    public bool IsPost(string path) => IsInMainSection(_paths.Read(path));

    public bool Walks(string folder) => _paths.Walks(folder);

    /// <summary>Whether Hugo would make a post of the file, and we cannot.</summary>
    public bool IsForeign(string path) => IsInMainSection(_paths.ReadForeign(path));

    /// <summary>A file that makes its folder a page bundle: all else in it and below belongs to that page.</summary>
    public bool OpensBundle(string name) => _paths.IsBundleIndex(name);

    /// <summary>Hugo copies HTML without front matter as it is; Markdown is a page with or without.</summary>
    public static bool NeedsFrontMatter(string path) => SitePaths.Extension(path) is ".html" or ".htm";

    /// <summary>
    /// The post, or null: with an error among the file's problems, or because a page outside every section and without a
    /// date (about, search, contact) is none.
    /// </summary>
    public Post? Compose(PostFile file)
    {
        HugoPath page = _paths.Read(file.Path)!;
        HugoInheritance inherited = _sections.For(page);
        DataMap map = HugoCascade.Merge(inherited.Defaults, HugoCascade.WithParams(file.FrontMatter.Map));
        PostFields fields = new(file, map, _dates, SiteKind.Hugo);
        HugoNameDate? named = HugoNameDate.Read(page.Name);
        HugoDates dates = HugoDates.Read(fields, _settings, _dates, named);
        if (dates.Date is null && page.Folders.Length == 0 || file.Problems.Exists(p => p.Severity == Severity.Error))
        {
            return null;
        }

        DateTimeOffset shown = dates.Date ?? _dates.InZone(file.UndatedAs);
        string? slug = fields.FilledText("slug")?.Trim('-') ?? (_settings.DateKeys.Contains(":filename") ? named?.Slug : null);
        string title = fields.Text("title") ?? "";
        HugoPage tokens = new(shown, _sections.FoldersOf(page), _sections.SlugsOf(page), title, slug, page.Name);
        if (Address(fields, page, tokens) is not string permalink)
        {
            return null;
        }

        return new Post
        {
            Path = file.Path,
            FrontMatter = map,
            Body = file.FrontMatter.Body,
            BodyLine = file.FrontMatter.BodyLine,
            Markup = MarkupOf(fields, file.Path),
            Visibility = inherited.IsDraft ? PostVisibility.Draft : VisibilityOf(fields),
            Title = title.Length > 0 ? title : Slug.ReadableTitle(page.Name),
            Slug = slug ?? page.Name,
            Date = _dates.InZone(shown),
            ShownFrom = Later(_dates.InZone(dates.Published ?? shown), inherited.ShownFrom),
            IsUndated = dates.Date is null,
            Updated = _dates.InZone(dates.Modified ?? shown),
            Expires = Earlier(dates.Expires, inherited.Expires) is DateTimeOffset end ? _dates.InZone(end) : null,
            SendAt = fields.Date(required: false, "send_at"),
            Permalink = permalink,
            Aliases = [.. fields.Texts("aliases").Select(alias => Alias(alias, permalink))],
            Categories = Labels(fields, _settings.CategoryKeys),
            Tags = Labels(fields, _settings.TagKeys),
            Authors = PostAuthors.Read(fields.Value("author", "authors"), _site),
            Language = page.Language,
            Description = fields.FilledText("description"),
            Excerpt = fields.FilledText("summary"),
            ExcerptSeparator = _site.ExcerptSeparator ?? "<!--more-->",
            Image = fields.Image("images", "image", "cover"),
            ExcerptOnly = _site.ExcerptOnly,
            IsInFeeds = fields.IsInFeeds,
            Section = string.Join('/', _sections.FoldersOf(page)) is { Length: > 0 } section ? section : null,
            DeclaredId = fields.DeclaredId(),
            DerivedId = UrlPath.Absolute(_site.Url, permalink),
            Fingerprint = file.Fingerprint,
            CacheKey = file.CacheKey,
        };
    }

    /// <summary>
    /// What sections say to a page below them, as far as it decides how that comes out, and which is the page's own where it is not
    /// the top one; empty where they say nothing.
    /// </summary>
    public string DigestFor(string path) => _paths.Read(path) is not HugoPath page ? ""
        : _sections.FoldersOf(page) is { Length: > 1 } folders ? $"{_sections.For(page).Digest}\0{string.Join('/', folders)}" : _sections.For(page).Digest;

    private bool IsInMainSection(HugoPath? page) => page is not null
        && (_settings.MainSections.IsEmpty || page.Folders.Length > 0 && _settings.MainSections.Contains(page.Folders[0]));

    /// <summary>What front matter says the body is, whatever the file is called.</summary>
    private static PostMarkup MarkupOf(PostFields fields, string path)
    {
        string markup = fields.FilledText("markup")?.ToLowerInvariant() ?? SitePaths.Extension(path).TrimStart('.');
        if (HugoPaths.IsForeign(markup))
        {
            fields.Warn("markup", $"the body is written in a language that is not read here ({markup}) and is read as Markdown", "Markdown or HTML");
        }

        return markup is "html" or "htm" ? PostMarkup.Html : PostMarkup.Markdown;
    }

    private static ImmutableArray<string> Labels(PostFields fields, ImmutableArray<string> keys) =>
        [.. keys.SelectMany(key => fields.Texts(key)).Distinct(StringComparer.Ordinal)];

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    public static PostVisibility VisibilityOf(PostFields fields)
    {
        bool? draft = PostFields.Flag(fields.Value("draft"));
        if (fields.Value("published") is bool published)
        {
            if (draft is null)
            {
                return published ? PostVisibility.Shown : PostVisibility.Draft;
            }

            fields.Warn("published", "published is not used, since draft is given too");
        }

        DataMap build = (fields.Value("build", "_build") as DataMap) ?? DataMap.Empty;
        bool hidden = fields.IsTrue("headless") || build.Get("list") is false or "never" or "local"
            || build.Get("render") is false or "never";
        return draft == true ? PostVisibility.Draft : hidden ? PostVisibility.Hidden : PostVisibility.Shown;
    }

    private string? Address(PostFields fields, HugoPath page, HugoPage tokens)
    {
        string language = page.Language ?? _settings.DefaultLanguage;
        bool inFolder = language != _settings.DefaultLanguage || _settings.IsMultilingual && _settings.DefaultInFolder;
        string prefix = inFolder ? "/" + language : "";
        if (fields.FilledText("url") is string url)
        {
            if (url.Contains("://", StringComparison.Ordinal))
            {
                fields.Fail("url", $"url is no path: '{url}'", "a path such as /first-post/");
                return null;
            }

            bool isFile = url.EndsWith('/') || SitePaths.Name(url).Contains('.', StringComparison.Ordinal);
            return Path((url.StartsWith('/') ? "" : prefix) + "/" + url + (isFile ? "" : "/"));
        }

        string section = page.Folders.Length > 0 ? page.Folders[0] : "";
        ImmutableDictionary<string, string> patterns = _site.PermalinksByLanguage.GetValueOrDefault(language) ?? _site.PermalinksBySection;
        string? pattern = patterns.GetValueOrDefault(section.ToLowerInvariant()) ?? patterns.GetValueOrDefault(section) ?? _site.Permalink;
        string? path = pattern is null
            ? string.Join('/', [.. page.Folders, tokens.Slug ?? page.Name])
            : Expand(fields, pattern, tokens);
        return path is null ? null : Path(prefix + "/" + ToPath(path.TrimEnd('/') + "/").TrimEnd('/') + (_settings.UglyUrls ? ".html" : "/"));
    }

    private string? Expand(PostFields fields, string pattern, HugoPage tokens)
    {
        string? path = HugoPermalink.Expand(pattern, tokens, text => Unescaped(ToPath(text)), out string unknown);
        if (path is null)
        {
            string what = $"the site's permalink '{pattern}' has an unknown token {unknown}";
            fields.Fail("permalinks", what, "tokens such as :year, :section, :slug");
        }

        return path;
    }

    /// <summary>Hugo reads a token's value as a query before it cleans the whole path: a plus sign is a space there,
    /// and a number sign at the end an empty fragment.</summary>
    private static string Unescaped(string text) => Uri.UnescapeDataString(text.TrimEnd('#').Replace('+', ' '));

    private string ToPath(string text) => _settings.PathOf(text);

    private static string Path(string path) => UrlPath.EscapeAsGo(UrlPath.WithoutDots(Squeezed(path)));

    private static string Squeezed(string path) =>
        string.Join('/', path.Split('/').Where((segment, i) => i == 0 || segment.Length > 0 || i == path.AsSpan().Count('/')));

    /// <summary>An alias without a slash at its beginning is beside the page.</summary>
    private static string Alias(string alias, string permalink) => UrlPath.WithoutDots(
        Squeezed(alias.StartsWith('/') ? alias : UrlPath.RubyFolder(permalink) + "/" + alias));
}
