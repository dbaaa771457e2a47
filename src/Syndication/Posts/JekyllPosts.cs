using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Jekyll's rules: posts are the dated files of _posts folders and all files of _drafts folders. Safe for any number of threads.
/// </summary>
internal sealed class JekyllPosts
{
    private readonly SiteDefinition _site;
    private readonly PostDates _dates;
    private readonly JekyllFolders _folders;
    private readonly JekyllDefaults _defaults;
    private readonly string _collections;
    private readonly string _postsPrefix;
    private readonly string _template;
    private readonly HashSet<string> _markdown;

    public JekyllPosts(SiteDefinition site)
    {
        _site = site;
        _dates = new PostDates(SiteKind.Jekyll, site.TimeZone);
        _folders = new JekyllFolders(site);
        string collections = (site.Configuration.Get("collections_dir") as string ?? "").Trim('/');
        _collections = collections.Length == 0 ? "" : collections + "/";
        string prefix = SitePaths.PostsPrefix(site);
        _postsPrefix = prefix == _collections ? "" : prefix;
        _defaults = new JekyllDefaults(site.Configuration.Get("defaults"), _collections);
        _template = Permalink.Template(PermalinkStyle(site));
        string extensions = site.Configuration.Get("markdown_ext") as string ?? "markdown,mkdown,mkdn,mkd,md";
        _markdown = new(extensions.Split(',', StringSplitOptions.TrimEntries).Select(e => "." + e), StringComparer.OrdinalIgnoreCase);
    }

    public bool IsPost(string path)
    {
        if (JekyllPath.Read(path, _collections, _postsPrefix) is not JekyllPath place || !_folders.Reads(path, place.Entry))
        {
            return false;
        }

        string folder = path[..^(place.Entry.Length + 1)];
        bool reached = folder == _postsPrefix.TrimEnd('/') || SitePaths.FoldersTo(folder).All(_folders.Enters);
        return reached && PostName.Read(SitePaths.Name(path)) is PostName name && name.Extension is not (".yml" or ".yaml")
            && (place.IsDraft || name.Date is not null && name.Rest.Length > 0);
    }

    public bool Walks(string folder)
    {
        string name = SitePaths.Name(folder);
        if (folder.Length == 0 || _postsPrefix.StartsWith(folder + "/", StringComparison.Ordinal))
        {
            return true;
        }

        bool inPosts = JekyllPath.Read(folder + "/", _collections, _postsPrefix) is not null;
        return inPosts ? name is not ['.', ..] : _folders.Enters(folder);
    }

    /// <summary>
    /// Jekyll takes every text in _posts for a post, with front matter or without; but what is neither of these may be a picture.
    /// </summary>
    public bool IsProse(string path) => IsMarkdown(path) || SitePaths.Extension(path) is ".html" or ".htm";

    /// <summary>The post, or null with an error among the file's problems.</summary>
    public Post? Compose(PostFile file)
    {
        JekyllPath place = JekyllPath.Read(file.Path, _collections, _postsPrefix)!;
        PostName name = PostName.Read(SitePaths.Name(file.Path))!;
        DataMap defaults = _defaults.For(place.InCollections);
        DataMap map = JekyllDefaults.Merge(defaults, file.FrontMatter.Map);
        PostFields fields = new(file, map, _dates, SiteKind.Jekyll);

        string fileSlug = name.Rest.TrimEnd('.');
        string slug = fields.Text("slug") ?? fileSlug;
        DateTimeOffset? written = Date(file, fields, name);
        if (written is null && !place.IsDraft || file.Problems.Exists(p => p.Severity == Severity.Error))
        {
            return null;
        }

        DateTimeOffset date = written ?? _dates.InZone(file.UndatedAs);
        ImmutableArray<string> categories = Categories(place, defaults, file.FrontMatter.Map, fields);
        if (Address(file, fields, place, slug, date, categories) is not string permalink)
        {
            return null;
        }

        return new Post
        {
            Path = file.Path,
            FrontMatter = map,
            Body = file.FrontMatter.Body,
            BodyLine = file.FrontMatter.BodyLine,
            Markup = IsMarkdown(file.Path) ? PostMarkup.Markdown : PostMarkup.Html,
            Visibility = VisibilityOf(place, fields),
            Title = fields.Text("title") ?? Slug.JekyllTitle(fileSlug),
            Slug = slug,
            Date = date,
            IsUndated = written is null,
            Updated = fields.Date(required: false, "last_modified_at") ?? date,
            SendAt = fields.Date(required: false, "send_at"),
            Permalink = permalink,
            Aliases = [.. fields.Texts("redirect_from").Select(Permalink.Clean)],
            Categories = categories,
            Tags = PostLabels.Plural(fields, "tag", "tags"),
            Authors = PostAuthors.Read(fields.Value("author", "authors"), _site),
            Language = fields.FilledText("lang"),
            Description = fields.FilledText("description"),
            Excerpt = fields.FilledText("excerpt"),
            ExcerptSeparator = fields.Text("excerpt_separator") ?? _site.ExcerptSeparator ?? "\n\n",
            Image = fields.Image("image"),
            ExcerptOnly = _site.ExcerptOnly || fields.Value("feed") is DataMap feed && feed.Get("excerpt_only") is not (null or false),
            IsInFeeds = fields.IsInFeeds,
            DeclaredId = fields.DeclaredId(),
            DerivedId = FeedId(_site.Url, permalink, slug),
            SecondId = UrlPath.Absolute(_site.Url, permalink),
            Fingerprint = file.Fingerprint,
            CacheKey = file.CacheKey,
        };
    }

    /// <summary>The id that jekyll-feed writes: the permalink's folder and the slug, made absolute.</summary>
    public static string FeedId(Uri site, string permalink, string slug) =>
        UrlPath.Absolute(site, UrlPath.Normalize(PageId(permalink, slug)));

    /// <summary>What Jekyll calls page.id.</summary>
    public static string PageId(string permalink, string slug) => UrlPath.RubyFolder(permalink).TrimEnd('/') + "/" + slug.TrimStart('/');

    /// <summary>Front matter's date, else the name's; null for a draft without either, and with an error for what is no date.</summary>
    private DateTimeOffset? Date(PostFile file, PostFields fields, PostName name)
    {
        if (fields.Value("date") is not (null or false))
        {
            return fields.Date(required: true, "date");
        }

        if (name.Date is null)
        {
            return null;
        }

        DateTimeOffset? date = _dates.Read(name.Date, plainYaml: false);
        if (date is null)
        {
            string what = $"the file's name begins with {name.Date}, which is no date";
            file.Problems.Add(Problem.Error(file.Path, null, what, "a name such as 2020-01-31-title.md"));
        }

        return date;
    }

    /// <summary>published without a value counts as false, as Jekyll has it; hidden means nothing to jekyll-feed.</summary>
    private static PostVisibility VisibilityOf(JekyllPath place, PostFields fields)
    {
        if (fields.Has("published") && fields.Value("published") is null or false)
        {
            return PostVisibility.Hidden;
        }

        return place.IsDraft || fields.IsTrue("draft") ? PostVisibility.Draft : PostVisibility.Shown;
    }

    /// <summary>Folders above _posts, then the defaults', then the post's own, then its single category.</summary>
    private static ImmutableArray<string> Categories(JekyllPath place, DataMap defaults, DataMap own, PostFields fields) =>
    [
        .. place.Above
            .Concat(PostLabels.Words(fields, defaults.Get("categories")))
            .Concat(PostLabels.Words(fields, own.Get("categories")))
            .Concat(fields.Texts("category"))
            .Distinct(StringComparer.Ordinal),
    ];

    private string? Address(
        PostFile file, PostFields fields, JekyllPath place, string slug, DateTimeOffset date, ImmutableArray<string> categories)
    {
        string? own = fields.FilledText("permalink");
        string? path = Permalink.Expand(own ?? _template, Token, out string unknown);
        if (path is null)
        {
            string what = own is null ? "the site's permalink" : "the permalink";
            fields.Fail("permalink", $"{what} '{own ?? _template}' has an unknown token {unknown}", "tokens such as :year, :month, :title");
        }

        return path;

        string? Token(string token) => Permalink.DateToken(token, date) ?? token switch
        {
            "title" => Slug.PrettyOf(slug),
            "slug" => Slug.Of(slug),
            "categories" => string.Join('/', categories.Select(c => c.ToLowerInvariant()).Distinct(StringComparer.Ordinal)),
            "slugified_categories" => string.Join('/', categories.Select(Slug.Of).Distinct(StringComparer.Ordinal)),
            "collection" => "posts",
            "name" => Slug.Of(Stem(file.Path)),
            "path" => CleanedPath(place),
            "output_ext" => IsMarkdown(file.Path) ? ".html" : PostName.Read(SitePaths.Name(file.Path))!.Extension,
            _ => null,
        };
    }

    /// <summary>The path below the collections folder without extension, trailing dots and _posts.</summary>
    private static string CleanedPath(JekyllPath place)
    {
        string stem = place.InCollections[..^SitePaths.Extension(place.InCollections).Length];
        int special = place.IsDraft ? -1 : stem.IndexOf(place.Special, StringComparison.Ordinal);
        return (special < 0 ? stem : stem.Remove(special, place.Special.Length)).TrimEnd('.');
    }

    private static string Stem(string path)
    {
        string name = SitePaths.Name(path);
        return name[..^SitePaths.Extension(name).Length];
    }

    private static string? PermalinkStyle(SiteDefinition site)
    {
        // A permalink of the collection wins over the site's, but not over what the operator set instead of the latter.
        object? collection = ((site.Configuration.Get("collections") as DataMap)?.Get("posts") as DataMap)?.Get("permalink");
        bool overruled = site.Permalink is not null && site.Permalink != site.Configuration.Get("permalink") as string;
        return collection is string template && !overruled ? template : site.Permalink;
    }

    private bool IsMarkdown(string path) => _markdown.Contains(SitePaths.Extension(path));
}
