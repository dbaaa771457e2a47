using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

/// <summary>Sites of each kind, and single files read in them.</summary>
internal static class Sites
{
    public static DateTimeOffset UndatedAs { get; } = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public static SiteDefinition Jekyll(string configuration = "", string zone = "UTC")
    {
        DataMap map = YamlReader.Read(configuration, 1, ignoreCase: false);
        return Of(SiteKind.Jekyll, "/site", map, zone) with { Permalink = map.Get("permalink") as string };
    }

    public static SiteDefinition Hugo(string configuration = "", string zone = "UTC") =>
        Of(SiteKind.Hugo, "/site/content", TomlReader.Read(configuration, 1, ignoreCase: true), zone);

    public static SiteDefinition Bare(string zone = "UTC") => Of(SiteKind.Bare, "/site", DataMap.Empty, zone);

    /// <summary>A reader of a site with sections, given as the path and the text of each file.</summary>
    public static PostReader Reader(this SiteDefinition site, params IEnumerable<(string Path, string Text)> sections) =>
        new(site, new PostsOptions(), "1", sections.Select(s => new FileRead(s.Path, default, Encoding.UTF8.GetBytes(s.Text), null)));

    /// <summary>The post of a file in which nothing is wrong.</summary>
    public static Post Post(this PostReader reader, string path, string text)
    {
        PostReading reading = reader.Read(path, Encoding.UTF8.GetBytes(text), UndatedAs);
        Assert.Empty(reading.Problems);
        return Assert.IsType<Post>(reading.Post);
    }

    public static PostReading Read(this SiteDefinition site, string path, string text) =>
        site.Reader().Read(path, Encoding.UTF8.GetBytes(text), UndatedAs);

    /// <summary>The post of a file in which nothing is wrong.</summary>
    public static Post Post(this SiteDefinition site, string path, string text)
    {
        PostReading reading = site.Read(path, text);
        Assert.Empty(reading.Problems);
        return Assert.IsType<Post>(reading.Post);
    }

    /// <summary>The one problem of a file, as a person sees it.</summary>
    public static string Problem(this SiteDefinition site, string path, string text) =>
        Assert.Single(site.Read(path, text).Problems).ToString();

    private static SiteDefinition Of(SiteKind kind, string folder, DataMap configuration, string zone) => new()
    {
        Kind = kind,
        Root = "/site",
        PostsFolder = folder,
        Url = new Uri("https://blog.example.org/"),
        Title = "Blog",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Configuration = configuration,
    };
}
