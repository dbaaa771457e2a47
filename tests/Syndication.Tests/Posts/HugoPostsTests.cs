using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class HugoPostsTests
{
    private const string Languages = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[languages.de]\ncontentDir = \"content/deutsch\"\n";

    [Theory]
    [InlineData("content/blog/a.md", true)]
    [InlineData("content/blog/bundle/index.md", true)]
    [InlineData("content/blog/_draft.md", true)]
    [InlineData("content/a.html", true)]
    [InlineData("content/blog/_index.md", false)]
    [InlineData("content/blog/_index.fr.md", false)]
    [InlineData("content/index.md", false)]
    [InlineData("content/blog/a.png", false)]
    [InlineData("content/blog/.a.md", false)]
    [InlineData("static/a.md", false)]
    public void PostsArePagesBelowTheContentFolder(string path, bool isPost) =>
        Assert.Equal(isPost, Sites.Hugo(Languages).Reader().IsPost(path));

    [Theory]
    [InlineData("content/a.md", "", PostMarkup.Markdown)]
    [InlineData("content/a.html", "title: x", PostMarkup.Html)]
    [InlineData("content/a.md", "markup: HTML", PostMarkup.Html)]
    [InlineData("content/a.md", "markup: htm", PostMarkup.Html)]
    [InlineData("content/a.html", "markup: md", PostMarkup.Markdown)]
    [InlineData("content/a.md", "markup: mmark", PostMarkup.Markdown)]
    internal void FrontMatterMaySayHowTheBodyIsWritten(string path, string frontMatter, PostMarkup expected) =>
        Assert.Equal(expected, Sites.Hugo().Post(path, $"---\ndate: 2020-01-01\n{frontMatter}\n---\n<b>x</b>").Markup);

    [Fact]
    public void AMarkupThatIsNotReadIsSaid() => Assert.Equal(
        "content/a.md:3: the body is written in a language that is not read here (org) and is read as Markdown; expected Markdown or HTML",
        Sites.Hugo().Problem("content/a.md", "---\ndate: 2020-01-01\nmarkup: org\n---\nx"));

    [Fact]
    public void OnlyMainSectionsCountWhereTheyAreConfigured()
    {
        PostReader reader = Sites.Hugo("[params]\nmainSections = [\"Blog\"]\n").Reader();

        Assert.True(reader.IsPost("content/blog/a.md"));
        Assert.False(reader.IsPost("content/docs/a.md"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("content", true)]
    [InlineData("content/blog", true)]
    [InlineData("content/.git", false)]
    [InlineData("static", false)]
    public void OnlyTheContentFolderIsWalked(string folder, bool walked) => Assert.Equal(walked, Sites.Hugo().Reader().Walks(folder));

    [Theory]
    [InlineData("content/blog/What It Is.md", "", "/blog/what-it-is/")]
    [InlineData("content/blog/2023/Bundle/index.md", "", "/blog/2023/bundle/")]
    [InlineData("content/blog/x.md", "slug: -My Slug/ü-", "/blog/my-slug/%C3%BC/")]
    [InlineData("content/blog/bundle/index.md", "slug: other", "/blog/other/")]
    [InlineData("content/blog/x.md", "url: /Foo Bar/Baz.html", "/Foo%20Bar/Baz.html")]
    [InlineData("content/blog/x.md", "url: rel/x", "/rel/x/")]
    [InlineData("content/blog/x.md", "url: /../../x4//y/", "/x4/y/")]
    [InlineData("content/docs/x.md", "", "/2020/01/t/")]
    [InlineData("content/other/x.md", "", "/other/x/")]
    public void AddressesFollowUrlThenPatternThenPath(string path, string frontMatter, string permalink)
    {
        SiteDefinition site = Sites.Hugo();
        site = site with { PermalinksBySection = site.PermalinksBySection.Add("docs", "/:year/:month/:title") };

        Post post = site.Post(path, $"---\ntitle: T\ndate: 2020-01-02\n{frontMatter}\n---\n");

        Assert.Equal((permalink, "https://blog.example.org" + permalink), (post.Permalink, post.DerivedId));
    }

    [Theory]
    [InlineData("a++b", "/2020/a-b/")]
    [InlineData("a +b", "/2020/a-b/")]
    [InlineData("x+", "/2020/x-/")]
    [InlineData("a--b", "/2020/a--b/")]
    [InlineData("Learning C#", "/2020/learning-c/")]
    public void AValueWithinAPatternIsReadAsAQuery(string title, string permalink)
    {
        SiteDefinition site = Sites.Hugo();
        site = site with { PermalinksBySection = site.PermalinksBySection.Add("docs", "/:year/:title") };

        Assert.Equal(permalink, site.Post("content/docs/x.md", $"---\ntitle: \"{title}\"\ndate: 2020-01-02\n---\n").Permalink);
    }

    [Theory]
    [InlineData("uglyURLs = true\n", "/blog/what-it-is.html")]
    [InlineData("disablePathToLower = true\n", "/blog/What-It-Is/")]
    public void SettingsOfPathsAreObeyed(string configuration, string permalink) =>
        Assert.Equal(permalink, Sites.Hugo(configuration).Post("content/blog/What It Is.md", "+++\ndate = 2020-01-02\n+++\n").Permalink);

    [Theory]
    [InlineData("content/blog/a.md", "/blog/a/", null)]
    [InlineData("content/blog/a.en.md", "/blog/a/", "en")]
    [InlineData("content/blog/a.fr.md", "/fr/blog/a/", "fr")]
    [InlineData("content/blog/a.es.md", "/blog/a.es/", null)]
    [InlineData("content/deutsch/blog/a.md", "/de/blog/a/", "de")]
    public void LanguagesAreSuffixesOrFolders(string path, string permalink, string? language)
    {
        Post post = Sites.Hugo(Languages).Post(path, "---\ndate: 2020-01-02\n---\n");

        Assert.Equal((permalink, language), (post.Permalink, post.Language));
    }

    [Theory]
    [InlineData("date: 2020-01-01\npublishDate: 2021-01-01\nlastmod: 2022-01-01", "2020-01-01", "2022-01-01", null)]
    [InlineData("published: 2019-01-01\nmodified: 2019-02-02\nunpublishdate: 2019-03-03", "2019-01-01", "2019-02-02", "2019-03-03")]
    [InlineData("DATE: 2020-01-01\nexpiryDate: 2030-01-01", "2020-01-01", "2020-01-01", "2030-01-01")]
    public void EachDateHasItsKeys(string frontMatter, string date, string updated, string? expires)
    {
        Post post = Sites.Hugo().Post("content/blog/a.md", $"---\n{frontMatter}\n---\n");

        Assert.Equal((date, updated, expires), ($"{post.Date:yyyy-MM-dd}", $"{post.Updated:yyyy-MM-dd}", post.Expires?.ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void APostIsShownFromItsPublishDateWhateverItsDate()
    {
        Post post = Sites.Hugo().Post("content/blog/a.md", "---\ndate: 2020-01-01\npublishDate: 2021-01-01\n---\n");
        Post undivided = Sites.Hugo().Post("content/blog/a.md", "---\ndate: 2020-01-01\n---\n");

        Assert.Equal(("2020-01-01", "2021-01-01"), ($"{post.Date:yyyy-MM-dd}", $"{post.ShownFrom:yyyy-MM-dd}"));
        Assert.Equal(undivided.Date, undivided.ShownFrom);
    }

    [Theory]
    [InlineData("content/blog/2021-02-03-My Post.md", "2021-02-03 00:00", "My Post")]
    [InlineData("content/blog/2021-02-03-10-11-12-My Post.md", "2021-02-03 10:11", "My Post")]
    public void TheNameHasADateWhereConfigured(string path, string date, string slug)
    {
        Post post = Sites.Hugo("[frontmatter]\ndate = [\":filename\", \":default\"]\n").Post(path, "---\n---\n");

        Assert.Equal((date, slug), ($"{post.Date:yyyy-MM-dd HH:mm}", post.Slug));
    }

    [Fact]
    public void ADatedNameIsNoDateOtherwise()
    {
        Post post = Sites.Hugo().Post("content/blog/2021-02-03-x.md", "---\n---\n");

        Assert.Equal((true, "/blog/2021-02-03-x/"), (post.IsUndated, post.Permalink));
    }

    [Fact]
    public void TheDayOfAnAddressIsTheOneThatWasWritten()
    {
        SiteDefinition site = Sites.Hugo();
        site = site with { PermalinksBySection = site.PermalinksBySection.Add("blog", "/:day/:title/") };

        Post post = site.Post("content/blog/a.md", "---\ntitle: T\ndate: 2020-01-02T01:00:00+09:00\n---\n");

        Assert.Equal(("/02/t/", 1), (post.Permalink, post.Date.Day));
    }

    [Theory]
    [InlineData("draft: true", nameof(PostVisibility.Draft))]
    [InlineData("published: false", nameof(PostVisibility.Draft))]
    [InlineData("headless: true", nameof(PostVisibility.Hidden))]
    [InlineData("_build: {list: never}", nameof(PostVisibility.Hidden))]
    [InlineData("build: {render: false}", nameof(PostVisibility.Hidden))]
    [InlineData("draft: false", nameof(PostVisibility.Shown))]
    public void VisibilityIsHugos(string frontMatter, string visibility) =>
        Assert.Equal(visibility, Sites.Hugo().Post("content/blog/a.md", $"---\n{frontMatter}\n---\n").Visibility.ToString());

    [Fact]
    public void DraftWinsOverPublishedWithAWarning()
    {
        PostReading reading = Sites.Hugo().Read("content/blog/a.md", "---\ndraft: true\npublished: true\n---\n");

        Assert.Equal(PostVisibility.Draft, reading.Post?.Visibility);
        Assert.Equal((Severity.Warning, 3), (reading.Problems[0].Severity, reading.Problems[0].Line));
    }

    [Fact]
    public void APageOutsideEverySectionAndWithoutADateIsNoPost()
    {
        PostReading about = Sites.Hugo().Read("content/about.md", "---\ntitle: About\n---\n");

        Assert.Null(about.Post);
        Assert.Empty(about.Problems);
        Assert.Equal("/dated/", Sites.Hugo().Post("content/dated.md", "---\ndate: 2020-01-01\n---\n").Permalink);
    }

    [Fact]
    public void HtmlWithoutFrontMatterIsNoPost()
    {
        Assert.Null(Sites.Hugo().Read("content/blog/a.html", "<p>x").Post);
        Assert.Equal(PostMarkup.Html, Sites.Hugo().Post("content/blog/a.html", "---\n---\n<p>x").Markup);
    }

    [Fact]
    public void AllKeysOfAFeedAreRead()
    {
        const string text = """
            +++
            path = "of/another/program"
            date = 2020-01-02T10:11:12
            tags = ["a", 1]
            categories = "one kept whole"
            aliases = ["/old/x", "rel/y", "../up"]
            images = ["/i.png", "/j.png"]
            summary = "Short"
            description = "About"
            [params]
            author = "Jo"
            +++
            body
            """;

        Post post = Sites.Hugo(zone: "Europe/Berlin").Post("content/blog/my-post.md", text);

        Assert.Equal(("My post", "/blog/my-post/"), (post.Title, post.Permalink));
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 10, 11, 12, TimeSpan.FromHours(1)), post.Date);
        Assert.Equal(["a", "1"], post.Tags);
        Assert.Equal(["one kept whole"], post.Categories);
        Assert.Equal(["/old/x", "/blog/rel/y", "/up"], post.Aliases);
        Assert.Equal(("/i.png", "Short", "About", "<!--more-->"), (post.Image, post.Excerpt, post.Description, post.ExcerptSeparator));
        Assert.Equal([new Author("Jo")], post.Authors);
    }

    [Fact]
    public void AnAbsoluteUrlIsRefused() => Assert.StartsWith(
        "content/blog/a.md:2: url is no path: 'https://x.example/'",
        Sites.Hugo().Problem("content/blog/a.md", "---\nurl: https://x.example/\n---\n"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("english/blog/a.md", "/blog/a/", null)]
    [InlineData("german/pages/blog/a.md", "/de/blog/a/", "de")]
    [InlineData("german/pages/blog/a.en.md", "/blog/a/", "en")]
    [InlineData("content/blog/a.md", "/nn/blog/a/", "nn")]
    public void LanguagesMayHaveContentFoldersOfTheirOwn(string path, string permalink, string? language)
    {
        SiteDefinition site = Sites.Hugo(
            "[languages.en]\ncontentDir = \"english\"\n[languages.de]\ncontentDir = \"german/pages\"\n[languages.nn]\n") with
        {
            PostsFolder = "/site",
        };

        Post post = site.Post(path, "---\ndate: 2020-01-02\n---\n");

        Assert.Equal((permalink, language ?? "en"), (post.Permalink, post.Language));
        Assert.False(site.Reader().IsPost("other/blog/a.md"));
        Assert.Equal(
            [true, true, true, true, false, false],
            ((string[])["english", "german", "german/pages/x", "content", "german/other", "public"]).Select(site.Reader().Walks));
    }

    [Theory]
    [InlineData("[languages.en]\n[languages.de]\ndisabled = true\n")]
    [InlineData("disableLanguages = [\"de\"]\n[languages.en]\n[languages.de]\n")]
    public void PagesOfADisabledLanguageAreNoPosts(string configuration)
    {
        PostReader reader = Sites.Hugo("defaultContentLanguageInSubdir = true\n" + configuration).Reader();

        Assert.False(reader.IsPost("content/blog/a.de.md"));
        Assert.Equal("/blog/a/", reader.Post("content/blog/a.md", "---\n---\n").Permalink);
    }

    [Theory]
    [InlineData("content/blog/a.md", "/en/blog/a/")]
    [InlineData("content/blog/a.fr.md", "/fr/blog/a/")]
    public void TheDefaultLanguageMayHaveItsFolderToo(string path, string permalink) =>
        Assert.Equal(permalink, Sites.Hugo("defaultContentLanguageInSubdir = true\n" + Languages).Post(path, "---\n---\n").Permalink);

    [Fact]
    public void ALanguageMayHaveItsOwnPermalinks()
    {
        SiteDefinition site = Sites.Hugo(Languages);
        ImmutableDictionary<string, string> patterns = ImmutableDictionary<string, string>.Empty;
        site = site with
        {
            PermalinksBySection = patterns.Add("blog", "/p/:filename/").Add("news", "/n/:filename/"),
            PermalinksByLanguage = site.PermalinksByLanguage.Add("fr", patterns.Add("blog", "/articles/:filename/")),
        };

        string[] paths = ["content/blog/a.md", "content/blog/a.fr.md", "content/news/a.fr.md"];

        Assert.Equal(["/p/a/", "/fr/articles/a/", "/fr/news/a/"], paths.Select(path => site.Post(path, "---\n---\n").Permalink));
    }

    [Theory]
    [InlineData("", "t,both", "c,both")]
    [InlineData("tag = \"tags\"\ncategory = \"categories\"\nseries = \"series\"\ntopic = \"topics\"\n", "t,both", "c,both")]
    [InlineData("tag = \"schlagworte\"\ncategory = \"Kategorien\"\n", "t,both,s", "c,both,k")]
    [InlineData("topic = \"topics\"\nseries = \"series\"\nauthor = \"authors\"\n", "t,both,to", "c,both")]
    [InlineData("tag = \"tags\"\ntopic = \"topics\"\n", "t,both", "c,both,to")]
    public void TaxonomiesSayWhatTagsAndCategoriesAre(string taxonomies, string tags, string categories)
    {
        const string frontMatter = """
            ---
            tag: no
            category: no
            tags: [t, both]
            categories: [c, both]
            topics: [to]
            series: [se]
            schlagworte: [s, t]
            kategorien: k
            ---
            """;

        Post post = Sites.Hugo(taxonomies.Length > 0 ? "[taxonomies]\n" + taxonomies : "").Post("content/blog/a.md", frontMatter);

        Assert.Equal((tags, categories), (string.Join(',', post.Tags), string.Join(',', post.Categories)));
    }

    [Theory]
    [InlineData("content/blog/a.org", true)]
    [InlineData("content/blog/a.de.ADOC", true)]
    [InlineData("content/blog/a.rst", true)]
    [InlineData("content/blog/a.pandoc", true)]
    [InlineData("content/blog/_index.org", false)]
    [InlineData("content/blog/a.md", false)]
    [InlineData("content/docs/a.org", false)]
    [InlineData("static/a.org", false)]
    public void FilesThatOtherProgramsReadForHugoAreKnown(string path, bool isForeign)
    {
        PostReader reader = Sites.Hugo("[params]\nmainSections = [\"blog\"]\n").Reader();

        Assert.Equal(isForeign, reader.IsForeign(path));
        Assert.False(isForeign && reader.IsPost(path));
    }

    [Theory]
    [InlineData("\":fileModTime\", \"date\"", "date: 2020-01-01", true)]
    [InlineData("\"date\", \":fileModTime\"", "date: 2020-01-01", false)]
    [InlineData("\"date\", \":fileModTime\", \"other\"", "other: 2020-01-01", true)]
    [InlineData("\":git\", \"date\"", "date: 2020-01-01", false)]
    public void TheFilesTimeIsTheDateWhereItIsNextInTheList(string keys, string frontMatter, bool isFiles)
    {
        Post post = Sites.Hugo($"[frontmatter]\ndate = [{keys}]\n").Post("content/blog/a.md", $"---\n{frontMatter}\n---\n");

        Assert.Equal((isFiles, isFiles ? 2024 : 2020), (post.IsUndated, post.Date.Year));
    }

    [Fact]
    public void DatesOfCommitsAreSaidOnceNotToBeRead()
    {
        const string dates = "[frontmatter]\ndate = [\":git\"]\n";

        Assert.Contains(":git", Assert.Single(Sites.Hugo("enableGitInfo = true\n" + dates).Reader().Problems).What, StringComparison.Ordinal);
        Assert.Empty(Sites.Hugo(dates).Reader().Problems);
    }
}
