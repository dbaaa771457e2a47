using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content;

/// <summary>Renders bodies as posts of a small site, so that a test says only what it is about.</summary>
internal static class Rendering
{
    public const string Page = "https://blog.example.org/2024/05/01/hello.html";

    private static readonly PostRenderer Renderer = new();

    public static SiteDefinition Site(SiteKind kind, DataMap? configuration = null, bool servesPages = false, string url = "https://blog.example.org/", string root = "/nowhere") => new()
    {
        Kind = kind,
        Root = root,
        PostsFolder = root,
        Url = new Uri(url),
        HasUrl = !servesPages,
        ServesPages = servesPages,
        Title = "The Blog",
        TimeZone = TimeZoneInfo.Utc,
        Configuration = configuration ?? DataMap.Empty,
    };

    public static Post Post(string body, string path = "_posts/2024-05-01-hello.md", string permalink = "/2024/05/01/hello.html") => new()
    {
        Path = path,
        FrontMatter = DataMap.Empty,
        Body = body,
        BodyLine = 5,
        Markup = path.EndsWith(".html", StringComparison.Ordinal) ? PostMarkup.Html : PostMarkup.Markdown,
        Visibility = PostVisibility.Shown,
        Title = "Hello",
        Slug = "hello",
        Date = new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero),
        Updated = new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero),
        Permalink = permalink,
        DerivedId = "id",
        Fingerprint = "",
        CacheKey = "",
        ExcerptSeparator = "\n\n",
    };

    public static RenderedPost Render(Post post, SiteDefinition site, params Post[] others) =>
        Renderer.Render(post, new PostCatalog(site, [post, .. others]));

    public static RenderedPost Jekyll(string body) => Render(Post(body), Site(SiteKind.Jekyll));

    /// <summary>A Hugo site that shows the HTML of its posts, unless other configuration is given.</summary>
    public static RenderedPost Hugo(string body, string toml = "markup.goldmark.renderer.unsafe = true") =>
        Render(Post(body, "content/posts/hello.md", "/posts/hello/"), Site(SiteKind.Hugo, TomlReader.Read(toml, 1, ignoreCase: true)));

    public static RenderedPost Bare(string body) => Render(Post(body, "2024/hello.md", "/2024/hello/"), Site(SiteKind.Bare, servesPages: true));

    /// <summary>The HTML on one line, as tests compare it.</summary>
    public static string Line(string html) => html.ReplaceLineEndings("").Trim();
}
