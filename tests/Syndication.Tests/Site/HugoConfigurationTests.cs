using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class HugoConfigurationTests
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void KeysAreReadWhateverTheirCase()
    {
        GeneratorConfiguration read = Read("""
            baseurl = "https://example.org/blog"
            TITLE = "A blog"
            languageCode = "en-us"
            timezone = "Europe/Berlin"
            buildFuture = true
            builddrafts = true
            contentDir = "inhalt"
            rssLimit = -1
            [Params]
            Description = "About things"
            [Params.Author]
            name = "Jane"
            email = "jane@example.org"
            """);

        Assert.Empty(_problems);
        Assert.Equal("https://example.org/blog/", read.Url?.AbsoluteUri);
        Assert.Equal("A blog", read.Title);
        Assert.Equal("en-us", read.Language);
        Assert.Equal("Europe/Berlin", read.TimeZone?.Id);
        Assert.True(read.ShowFuture);
        Assert.True(read.ShowDrafts);
        Assert.Equal("inhalt", read.PostsFolder);
        Assert.Equal(0, read.FeedLimit);
        Assert.Equal("About things", read.Description);
        Assert.Equal(new Author("Jane", "jane@example.org"), read.Author);
    }

    [Theory]
    [InlineData("", "content")]
    [InlineData("[languages.en]\n[languages.fr]", "content")]
    [InlineData("[languages.en]\ncontentDir = 'content/english'", "content/english")]
    [InlineData("[languages.en]\ncontentDir = 'content/en'\n[languages.fr]\ncontentDir = './content/fr'", "content")]
    [InlineData("[languages.en]\n[languages.fr]\ncontentDir = 'content/fr'", "content")]
    [InlineData("[languages.en]\ncontentDir = 'english'\n[languages.fr]\ncontentDir = 'french/x'", ".")]
    public void ThePostsFolderHoldsTheContentOfAllLanguages(string toml, string folder) => Assert.Equal(folder, Read(toml).PostsFolder);

    [Fact]
    public void PermalinksMayBeALanguagesOwn()
    {
        GeneratorConfiguration read = Read("[permalinks]\nposts = '/p/'\n[languages.FR.permalinks.page]\nposts = '/articles/'\n[languages.de]\n");

        Assert.Equal("/articles/", read.PermalinksByLanguage["fr"]["posts"]);
        Assert.Equal("/p/", read.PermalinksBySection["posts"]);
        Assert.Single(read.PermalinksByLanguage);
    }

    [Theory]
    [InlineData("rssLimit = 5\n[services.rss]\nlimit = 7", 7)]
    [InlineData("rssLimit = 5", 5)]
    [InlineData("[services.rss]\nlimit = -1", 0)]
    [InlineData("", null)]
    public void TheNewerNameOfTheLimitWins(string toml, int? expected) => Assert.Equal(expected, Read(toml).FeedLimit);

    [Theory]
    [InlineData("[permalinks]\nposts = '/:year/:slug/'")]
    [InlineData("[permalinks.page]\nPosts = '/:year/:slug/'\n[permalinks.section]\nposts = '/x/'")]
    [InlineData("[permalinks]\nposts = '/old/'\n[permalinks.page]\nposts = '/:year/:slug/'")]
    public void PermalinksAreReadInBothForms(string toml)
    {
        GeneratorConfiguration read = Read(toml);

        Assert.Equal("/:year/:slug/", read.PermalinksBySection["posts"]);
        Assert.Single(read.PermalinksBySection);
        Assert.Empty(_problems);
    }

    [Fact]
    public void TheDefaultLanguagesOwnValuesComeFirst()
    {
        GeneratorConfiguration read = Read("""
            title = "General"
            defaultContentLanguage = "de"
            [languages.de]
            title = "Eigenes"
            contentDir = "inhalt/de"
            [languages.de.params]
            description = "Über Dinge"
            [languages.en]
            title = "Other"
            contentDir = "inhalt/en"
            """);

        Assert.Equal("Eigenes", read.Title);
        Assert.Equal("inhalt", read.PostsFolder);
        Assert.Equal("Über Dinge", read.Description);
        Assert.Equal("de", read.Language);
    }

    [Theory]
    [InlineData("baseURL = 'example.org'", "hugo.toml:1: baseURL is 'example.org'", true)]
    [InlineData("title = 'x'\ntimeZone = 'Mars'", "hugo.toml:2: timeZone is 'Mars'", true)]
    [InlineData("title = 'x'\n[services.rss]\nlimit = 'many'", "hugo.toml:3: services.rss.limit is 'many'", false)]
    [InlineData("[services]\n[services.rss]\nlimit = 1.5", "hugo.toml:3: services.rss.limit is 1.5", false)]
    [InlineData("[params]\nauthor = ['a']", "hugo.toml:2: params.author is a list", false)]
    [InlineData("[permalinks]\nposts = ['a']", "hugo.toml:2: permalinks.posts is a list", false)]
    [InlineData("params = 5", "hugo.toml:1: params is 5; expected keys and values", false)]
    [InlineData("buildFuture = 'yes'", "hugo.toml:1: buildFuture is 'yes'; expected true or false", false)]
    [InlineData("title = 'x'\nignoreFiles = ['a$', '[b']", "hugo.toml:2: ignoreFiles is a list; expected regular expressions, and '[b' is none", false)]
    [InlineData("[[module.mounts]]\nsource = 'none'\ntarget = 'content'", "hugo.toml: module.mounts.source is 'none'; expected an existing folder of the site", false)]
    [InlineData("[[module.mounts]]\nsource = '/'\ntarget = 'content/x'", "hugo.toml: module.mounts.source is '/'; expected a folder within the site's", true)]
    [InlineData("[languages]\nen = 'x'", "hugo.toml:2: languages.en is 'x'; expected keys and values", false)]
    public void AWrongValueIsOneProblemWithItsLine(string toml, string expected, bool isError)
    {
        Read(toml);

        Problem problem = Assert.Single(_problems);
        Assert.StartsWith(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(isError, problem.Severity == Severity.Error);
    }

    [Fact]
    public void ABaseUrlOfASlashIsNotSaid() => Assert.Null(Read("baseURL = '/'").Url);

    private GeneratorConfiguration Read(string toml) => HugoConfiguration.Read(
        new ConfigurationValues([new ConfigurationLayer("hugo.toml", TomlReader.Read(toml, 1, true))], _problems),
        new SiteOptions(),
        "/nowhere");
}
