using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// The rules for a folder of posts without a known generator, and for Eleventy and Astro: every Markdown file is a post, and
/// every HTML file with front matter. Safe for any number of threads.
/// </summary>
internal sealed class BarePosts
{
    private static readonly HashSet<string> Markdown = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".markdown", ".mkd", ".mdown", ".mkdn",
    };

    /// <summary>Files that speak of a folder or a project, not to readers.</summary>
    private static readonly HashSet<string> NoPosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY",
    };

    private readonly SiteDefinition _site;
    private readonly PostDates _dates;
    private readonly string _postsPrefix;

    public BarePosts(SiteDefinition site)
    {
        _site = site;
        _dates = new PostDates(SiteKind.Bare, site.TimeZone);
        _postsPrefix = SitePaths.PostsPrefix(site);
    }

    public bool IsPost(string path)
    {
        if (!path.StartsWith(_postsPrefix, StringComparison.Ordinal) || !IsMarkdown(path) && !IsHtml(path))
        {
            return false;
        }

        string below = path[_postsPrefix.Length..];
        string name = SitePaths.Name(below);
        string stem = name[..^SitePaths.Extension(name).Length];
        bool isHome = stem == "index" && name.Length == below.Length;
        return stem.Length > 0 && name[0] is not ('.' or '_' or '#' or '~') && !isHome && !NoPosts.Contains(stem)
            && SitePaths.FoldersTo(below).All(IsWalked);
    }

    public bool Walks(string folder) =>
        (folder + "/").StartsWith(_postsPrefix, StringComparison.Ordinal)
            ? folder.Length <= _postsPrefix.Length || IsWalked(folder)
            : _postsPrefix.StartsWith(folder.Length == 0 ? "" : folder + "/", StringComparison.Ordinal);

    public static bool NeedsFrontMatter(string path) => IsHtml(path);

    /// <summary>The post, or null with an error among the file's problems.</summary>
    public Post? Compose(PostFile file)
    {
        PostFields fields = new(file, file.FrontMatter.Map, _dates, SiteKind.Bare);
        BarePlace place = BarePlace.Of(file.Path[_postsPrefix.Length..]);
        DateTimeOffset? written = fields.Date(required: true, "date", "pubDate", "publishDate", "published") ?? NameDate(place);
        string slug = Slug.Of(fields.FilledText("slug") ?? place.Name);
        if (slug.Length == 0)
        {
            const string expected = "letters or digits in it, or a slug in the front matter";
            file.Problems.Add(Problem.Error(file.Path, null, "no address can be made of the file's name", expected));
        }

        if (file.Problems.Exists(p => p.Severity == Severity.Error))
        {
            return null;
        }

        DateTimeOffset date = written ?? _dates.InZone(file.UndatedAs);
        string? title = fields.FilledText("title");
        (string? heading, string body, int bodyLine) = IsHtml(file.Path)
            ? (null, file.FrontMatter.Body, file.FrontMatter.BodyLine)
            : Headed(file.FrontMatter.Body, file.FrontMatter.BodyLine, title);
        BareLabels labels = BareLabels.Of(fields);
        if (Address(fields, place, slug, date, labels) is not string permalink)
        {
            return null;
        }

        return new Post
        {
            Path = file.Path,
            FrontMatter = fields.Map,
            Body = body,
            BodyLine = bodyLine,
            Markup = IsHtml(file.Path) ? PostMarkup.Html : PostMarkup.Markdown,
            Visibility = VisibilityOf(fields),
            Title = title ?? heading ?? Slug.ReadableTitle(place.Name),
            Slug = slug,
            Date = date,
            IsUndated = written is null,
            Updated = fields.Date(required: false, "updated", "updatedDate", "lastmod", "last_modified_at", "modified") ?? date,
            Expires = fields.Date(required: false, "expiryDate", "expires"),
            SendAt = fields.Date(required: false, "send_at"),
            Permalink = permalink,
            Aliases = [.. fields.Texts("aliases", "redirect_from").Select(Permalink.Clean)],
            Categories = labels.Categories,
            Tags = labels.Tags,
            Authors = PostAuthors.Read(fields.Value("author", "authors"), _site),
            Language = fields.FilledText("lang", "language"),
            Description = fields.FilledText("description"),
            Excerpt = fields.FilledText("excerpt", "summary"),
            ExcerptSeparator = fields.Text("excerpt_separator") ?? _site.ExcerptSeparator ?? Separator(body),
            Image = fields.Image("image", "cover", "heroImage"),
            ExcerptOnly = _site.ExcerptOnly,
            IsInFeeds = fields.IsInFeeds,
            DeclaredId = fields.DeclaredId(),
            DerivedId = UrlPath.Absolute(_site.Url, permalink),
            Fingerprint = file.Fingerprint,
            CacheKey = file.CacheKey,
        };
    }

    /// <summary>A mark that the author set ends the excerpt; without one it is the first paragraph.</summary>
    private static string Separator(string body) => body.Contains("<!--more-->", StringComparison.Ordinal) ? "<!--more-->"
        : body.Contains("<!-- more -->", StringComparison.Ordinal) ? "<!-- more -->"
        : "\n\n";

    /// <summary>
    /// A body that begins with a first-level heading has its title there, unless front matter has another one. The heading is then
    /// no part of the body: feeds and pages show the title above it.
    /// </summary>
    private static (string? Heading, string Body, int BodyLine) Headed(string body, int bodyLine, string? title)
    {
        int start = body.Length - body.AsSpan().TrimStart('\n').Length;
        int end = body.IndexOf('\n', start);
        ReadOnlySpan<char> line = body.AsSpan(start, (end < 0 ? body.Length : end) - start).TrimEnd();
        string heading = line is ['#', ' ', ..] ? line[2..].Trim().TrimEnd('#').TrimEnd().ToString() : "";
        return heading.Length == 0 || (title is not null && title != heading) ? (null, body, bodyLine)
            : end < 0 ? (heading, "", bodyLine + start)
            : (heading, body[(end + 1)..], bodyLine + start + 1);
    }

    private DateTimeOffset? NameDate(BarePlace place) => place.Date is string date ? _dates.Read(date, plainYaml: false) : null;

    private static PostVisibility VisibilityOf(PostFields fields)
    {
        if (fields.IsTrue("hidden") || PostFields.Flag(fields.Value("published")) == false || fields.Value("permalink") is false)
        {
            return PostVisibility.Hidden;
        }

        return fields.IsTrue("draft") ? PostVisibility.Draft : PostVisibility.Shown;
    }

    private string? Address(PostFields fields, BarePlace place, string slug, DateTimeOffset date, BareLabels labels)
    {
        string? own = fields.FilledText("permalink", "url");
        if (own is not null && own.Contains("{{", StringComparison.Ordinal))
        {
            string what = $"the permalink '{own}' is a template of another program, and is not used";
            fields.Warn("permalink", what, "tokens such as :year, :month, :slug");
            own = null;
        }

        string template = own ?? (_site.Permalink is string style ? Permalink.Template(style)
            : place.Date is null ? "/:folders/:slug/" : "/:year/:month/:day/:slug/");
        string? path = Permalink.Expand(template, Token, out string unknown);
        if (path is null)
        {
            fields.Fail("permalink", $"the permalink '{template}' has an unknown token {unknown}", "tokens such as :year, :month, :slug");
        }

        return path is null ? null : UrlPath.Normalize(path);

        string? Token(string token) => Permalink.DateToken(token, date) ?? token switch
        {
            "slug" or "title" or "name" => slug,
            "folders" => place.Folders,
            "path" => place.Folders + "/" + slug,
            "categories" or "slugified_categories" => string.Join('/', labels.Categories.Select(Slug.Of)),
            "output_ext" => ".html",
            _ => null,
        };
    }

    private static bool IsWalked(string folder) =>
        SitePaths.Name(folder) is not ("node_modules" or ['.' or '_', ..]);

    private static bool IsMarkdown(string path) => Markdown.Contains(SitePaths.Extension(path));

    private static bool IsHtml(string path) => SitePaths.Extension(path) is ".html" or ".htm";
}
