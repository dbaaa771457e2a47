using System.Text;
using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class SiteReaderTests
{
    [Theory]
    [InlineData("_config.yml", SiteKind.Jekyll)]
    [InlineData("_config.toml", SiteKind.Jekyll)]
    [InlineData("_posts/2026-01-01-a.md", SiteKind.Jekyll)]
    [InlineData("hugo.yaml", SiteKind.Hugo)]
    [InlineData("config/_default/hugo.toml", SiteKind.Hugo)]
    [InlineData("config/_default/config.toml", SiteKind.Hugo)]
    [InlineData("config.toml", SiteKind.Hugo)]
    [InlineData("README.md", SiteKind.Bare)]
    [InlineData("config.ini", SiteKind.Bare)]
    internal void AFolderIsKnownByItsConfiguration(string file, SiteKind expected)
    {
        using SiteFolder folder = new SiteFolder().With(file, "").WithFolder("content");

        SiteReading read = folder.Read();

        Assert.Empty(read.Problems);
        Assert.Equal(expected, read.Site?.Kind);
    }

    [Fact]
    public void AConfigurationOfSomebodyElseMakesNoHugoSite()
    {
        using SiteFolder folder = new SiteFolder().With("config.toml", "this is = = no TOML");

        Assert.Equal(SiteKind.Bare, folder.Read().Site?.Kind);
    }

    [Fact]
    public void ABareFolderNeedsNothing()
    {
        using SiteFolder folder = new();

        SiteDefinition? site = folder.Read().Site;

        Assert.NotNull(site);
        Assert.Equal(folder.Root, site.Root);
        Assert.Equal(folder.Root, site.PostsFolder);
        Assert.Equal("My blog", site.Title);
        Assert.Equal("http://localhost:5080/", site.Url.AbsoluteUri);
        Assert.False(site.HasUrl);
        Assert.True(site.ServesPages);
        Assert.Equal("America/New_York", site.TimeZone.Id);
        Assert.Empty(site.ReadFrom);
    }

    [Fact]
    public void SettingsOverruleTheGenerator()
    {
        using SiteFolder folder = new SiteFolder().With("_config.yml", """
            title: Theirs
            description: Theirs
            author: Theirs
            lang: de
            url: https://theirs.example
            baseurl: /blog
            timezone: Europe/Berlin
            permalink: pretty
            future: true
            show_drafts: false
            """);
        SiteOptions options = new()
        {
            Title = "Ours",
            Description = "Ours",
            Author = "Ours",
            Language = "en",
            Url = new Uri("https://ours.example/here"),
            TimeZone = "UTC",
            Permalink = "none",
        };

        SiteDefinition? site = SiteReader.Read(folder.Request(options) with { Future = false, Drafts = true }).Site;

        Assert.NotNull(site);
        Assert.Equal(("Ours", "Ours", "en", "none"), (site.Title, site.Description, site.Language, site.Permalink));
        Assert.Equal(new Author("Ours"), site.Author);
        Assert.Equal("https://ours.example/here/", site.Url.AbsoluteUri);
        Assert.Equal("UTC", site.TimeZone.Id);
        Assert.False(site.ShowFuture);
        Assert.True(site.ShowDrafts);
        Assert.True(site.HasUrl);
    }

    [Theory]
    [InlineData("url: https://example.org\nbaseurl: /blog", "https://example.org/blog/", true)]
    [InlineData("url: https://example.org/a/\nbaseurl: b/", "https://example.org/a/b/", true)]
    [InlineData("url: https://example.org\nbaseurl: /", "https://example.org/", true)]
    [InlineData("baseurl: /blog", "http://localhost:5080/blog/", false)]
    public void TheBaseUrlIsAppended(string yaml, string expected, bool hasUrl)
    {
        using SiteFolder folder = new SiteFolder().With("_config.yml", yaml);

        SiteDefinition? site = folder.Read().Site;

        Assert.Equal(expected, site?.Url.AbsoluteUri);
        Assert.Equal(hasUrl, site?.HasUrl);
        Assert.False(site?.ServesPages);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "https://example.org", false)]
    [InlineData(true, "https://example.org", true)]
    [InlineData(false, null, false)]
    public void PagesAreServedWhereNobodyElseDoes(bool? pages, string? url, bool expected)
    {
        using SiteFolder folder = new();

        SiteReading read = folder.Read(new SiteOptions { Pages = pages, Url = url is null ? null : new Uri(url) });

        Assert.Equal(expected, read.Site?.ServesPages);
    }

    [Fact]
    public void AHugoSiteIsInUtcAndHasItsPostsInContent()
    {
        using SiteFolder folder = new SiteFolder().With("hugo.toml", "title = 'Theirs'").WithFolder("content");

        SiteDefinition? site = folder.Read().Site;

        Assert.Equal(TimeZoneInfo.Utc, site?.TimeZone);
        Assert.Equal(folder.At("content"), site?.PostsFolder);
        Assert.Equal(folder.Root, site?.Root);
        Assert.Equal([folder.At("hugo.toml")], site?.ReadFrom);
    }

    [Fact]
    public void FilesOfHugosConfigFolderAreLaidOverOneAnother()
    {
        using SiteFolder folder = new SiteFolder()
            .WithFolder("content")
            .With("config/_default/hugo.toml", "title = 'Default'\nbaseURL = 'http://localhost/'\n[params]\ndescription = 'Low'\nkept = 1")
            .With("config/_default/params.yaml", "description: High")
            .With("config/_default/menus.en.toml", "broken = = ")
            .With("config/production/hugo.toml", "baseURL = 'https://example.org/'");

        SiteReading read = folder.Read();

        Assert.Empty(read.Problems);
        Assert.Equal("Default", read.Site?.Title);
        Assert.Equal("High", read.Site?.Description);
        Assert.Equal("https://example.org/", read.Site?.Url.AbsoluteUri);
        Assert.Equal(1L, ((DataMap?)read.Site?.Configuration.Get("PARAMS"))?.Get("kept"));
        Assert.Equal(3, read.Site?.ReadFrom.Length);
    }

    [Fact]
    public void AWrongValueInASplitFileIsNamedThere()
    {
        using SiteFolder folder = new SiteFolder()
            .WithFolder("content")
            .With("config/_default/hugo.toml", "title = 'x'")
            .With("config/_default/params.toml", "a = 1\ndescription = ['x']");

        Assert.Equal(
            "config/_default/params.toml:2: params.description is a list; expected text",
            Assert.Single(folder.Read().Problems).ToString());
    }

    [Fact]
    public void EleventyKeepsPostsInAUsualFolder()
    {
        using SiteFolder folder = new SiteFolder().With("eleventy.config.mjs", "").WithFolder("src/posts").WithFolder("posts");

        SiteDefinition? site = folder.Read().Site;

        Assert.Equal(SiteKind.Bare, site?.Kind);
        Assert.Equal(folder.At("src/posts"), site?.PostsFolder);
    }

    [Fact]
    public void AuthorsComeFromTheirDataFile()
    {
        using SiteFolder folder = new SiteFolder()
            .With("_config.yml", "author: jane\nurl: https://example.org")
            .With("_data/authors.yml", "jane: {name: Jane, uri: /jane}\nbob: {email: bob@example.org}\neve: Eve E.\nbad: [x]");

        SiteReading read = folder.Read();

        Assert.Equal(new Author("Jane", null, "https://example.org/jane"), read.Site?.Author);
        Assert.Equal(new Author("bob", "bob@example.org"), read.Site?.Authors["bob"]);
        Assert.Equal(new Author("Eve E."), read.Site?.Authors["eve"]);
        Assert.Equal("_data/authors.yml:4: bad is a list; expected text", Assert.Single(read.Problems).ToString());
        Assert.Equal([folder.At("_config.yml"), folder.At("_data/authors.yml")], read.Site?.ReadFrom);
    }

    [Fact]
    public void ABrokenAuthorsFileCostsTheAuthorsOnly()
    {
        using SiteFolder folder = new SiteFolder().With("_config.yml", "title: x").With("_data/authors.yml", "- a\n- b");

        SiteReading read = folder.Read();

        Assert.NotNull(read.Site);
        Assert.Equal(Severity.Warning, Assert.Single(read.Problems).Severity);
    }

    [Fact]
    public void JekyllsSourceIsTheRootAndItsCollectionsHoldThePosts()
    {
        using SiteFolder folder = new SiteFolder()
            .With("_config.yml", "source: src\ncollections_dir: all")
            .WithFolder("src/all/_posts")
            .With("src/_data/authors.json", """{"a": {"name": "A"}}""");

        SiteDefinition? site = folder.Read().Site;

        Assert.Equal(folder.At("src"), site?.Root);
        Assert.Equal(folder.At("src/all"), site?.PostsFolder);
        Assert.Equal("A", site?.Authors["a"].Name);
    }

    [Theory]
    [InlineData("_config.yml", "source: ../elsewhere", "_config.yml:1: source is '../elsewhere'; expected an existing folder of the site")]
    [InlineData("_config.yml", "source: missing", "_config.yml:1: source is 'missing'; expected an existing folder of the site")]
    [InlineData("_config.yml", "collections_dir: \"a\\0b\"", "_config.yml:1: collections_dir is 'a\\u0000b'; expected an existing folder of the site")]
    [InlineData("hugo.toml", "title = 'x'", "hugo.toml: contentDir is 'content'; expected an existing folder of the site")]
    [InlineData("hugo.toml", "contentDir = '/etc'", "hugo.toml:1: contentDir is '/etc'; expected an existing folder of the site")]
    [InlineData("_config.yml", "title: x\nurl: x", "_config.yml:2: url is 'x'; expected an address")]
    [InlineData("_config.yml", "title: x\n  y: [", "_config.yml:2: the YAML cannot be read")]
    [InlineData("_config.yml", "- a", "_config.yml:1: the YAML is no mapping")]
    [InlineData("_config.toml", "a = 1\nb = = 2", "_config.toml:2: the TOML cannot be read")]
    [InlineData("hugo.json", "{\n\"a\": }", "hugo.json:2: the JSON cannot be read")]
    [InlineData("hugo.json", "{\"a\": \"\\uD800\"}", "hugo.json: the JSON has text that is not Unicode")]
    public void AWrongConfigurationIsAnErrorAndNoSite(string file, string text, string expected)
    {
        using SiteFolder folder = new SiteFolder().With(file, text);

        SiteReading read = folder.Read();

        Assert.Null(read.Site);
        Assert.StartsWith(expected, Assert.Single(read.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AByteOrderMarkIsReadAway()
    {
        using SiteFolder folder = new SiteFolder().WithBytes("_config.yml", [0xEF, 0xBB, 0xBF, .. "title: Ü"u8]);

        Assert.Equal("Ü", folder.Read().Site?.Title);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "the file is UTF-16, not UTF-8")]
    [InlineData(new byte[] { 0x61, 0x3A, 0xE4, 0x0A }, "the file is not UTF-8")]
    public void AnotherEncodingIsAnError(byte[] bytes, string expected)
    {
        using SiteFolder folder = new SiteFolder().WithBytes("_config.yml", bytes);

        Assert.Equal($"_config.yml: {expected}", Assert.Single(folder.Read().Problems).ToString());
    }

    [Fact]
    public void AnEndlessFileIsAnError()
    {
        using SiteFolder folder = new SiteFolder().WithBytes("_config.yml", Encoding.UTF8.GetBytes(new string('#', 4_000_001)));

        Assert.Contains("larger than", Assert.Single(folder.Read().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsNotThereNamesItsSetting()
    {
        using SiteFolder folder = new SiteFolder().With("a.md", "");

        SiteReading missing = SiteReader.Read(folder.Request() with { Folder = folder.At("missing") });
        SiteReading file = SiteReader.Read(folder.Request() with { Folder = folder.At("a.md") });

        Assert.Null(missing.Site);
        Assert.Equal(
            $"command line: --site: there is no folder '{folder.At("missing")}'; expected an existing folder",
            Assert.Single(missing.Problems).ToString());
        Assert.Equal(
            $"command line: --site: '{folder.At("a.md")}' is a file; expected an existing folder",
            Assert.Single(file.Problems).ToString());
    }

    [Fact]
    public void ThePostsFolderOfASettingMustBeOfTheSite()
    {
        using SiteFolder folder = new SiteFolder().With("_config.yml", "").WithFolder("_posts/2026");
        using SiteFolder other = new();
        SettingOrigin origin = new("appsettings.json", 4, "Posts:Folder");

        SiteReading inside = SiteReader.Read(folder.Request() with { PostsFolder = folder.At("_posts/2026/"), PostsFolderOrigin = origin });
        SiteReading outside = SiteReader.Read(folder.Request() with { PostsFolder = other.Root, PostsFolderOrigin = origin });
        SiteReading missing = SiteReader.Read(folder.Request() with { PostsFolder = folder.At("x"), PostsFolderOrigin = origin });

        Assert.Equal(folder.At("_posts/2026"), inside.Site?.PostsFolder);
        Assert.StartsWith(
            $"appsettings.json:4: Posts:Folder: '{other.Root}' is not below the site's folder",
            Assert.Single(outside.Problems).ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"appsettings.json:4: Posts:Folder: there is no folder '{folder.At("x")}'",
            Assert.Single(missing.Problems).ToString(),
            StringComparison.Ordinal);
    }
}
