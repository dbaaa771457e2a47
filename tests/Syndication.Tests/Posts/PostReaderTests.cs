using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class PostReaderTests
{
    [Fact]
    public void AFileThatIsTooLargeNamesTheSetting()
    {
        PostReader reader = new(Sites.Bare(), new PostsOptions { MaxBytes = 1024 }, "1");

        PostReading reading = reader.Read("a.md", new byte[1025], default);

        Assert.Null(reading.Post);
        Assert.Equal("a.md: the file has 1025 bytes; expected at most 1024 (setting Posts:MaxBytes)", Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("a\nb.md")]
    [InlineData("a\u001bb/c.md")]
    public void ANameWithAControlCharacterIsRefusedInOneLine(string path)
    {
        string problem = Sites.Bare().Problem(path, "x");

        Assert.Contains("control character", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(problem, char.IsControl);
    }

    [Theory]
    [InlineData("---\ntitle: [a, b\n---\n", 3)]
    [InlineData("---\ntitle: !!b]d x\n---\n", 2)]
    [InlineData("---\ntitle: x\n", 1)]
    public void FrontMatterThatCannotBeReadCostsThePostAndNamesTheLine(string text, int line)
    {
        PostReading reading = Sites.Jekyll().Read("_posts/2020-01-31-x.md", text);

        Assert.Null(reading.Post);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Error, line), (problem.Severity, problem.Line));
    }

    [Fact]
    public void AnIdThatIsNoIriIsAWarning()
    {
        PostReading reading = Sites.Bare().Read("a.md", "---\nx: 1\nid: 17\n---\n");

        Assert.Null(Assert.IsType<Post>(reading.Post).DeclaredId);
        Assert.StartsWith("a.md:3: id is not used as the post's id: '17'", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/1", true)]
    [InlineData("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", true)]
    [InlineData("/path", false)]
    [InlineData("C:/x", false)]
    [InlineData("tag:a b", false)]
    public void OnlyAbsoluteIrisAreIds(string id, bool declared) =>
        Assert.Equal(declared ? id : null, Sites.Bare().Read("a.md", $"---\nguid: \"{id}\"\n---\n").Post?.DeclaredId);

    [Fact]
    public void AListWhereTextBelongsIsAWarningAndNotUsed()
    {
        PostReading reading = Sites.Bare().Read("my-post.md", "---\ntitle: [a]\n---\n");

        Assert.Equal("My post", reading.Post?.Title);
        Assert.StartsWith("my-post.md:2: title is a list, and is not used", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFingerprintIsOfTheBodyAlone()
    {
        Post post = Sites.Bare().Post("a.md", "---\ntitle: a\n---\nbody\r\ntext\n");
        Post moved = Sites.Bare().Post("b/c.md", "---\ntitle: b\ndate: 2020-01-01\n---\n\nbody\ntext");

        Assert.Equal(post.Fingerprint, moved.Fingerprint);
        Assert.Equal(32, post.Fingerprint.Length);
        Assert.Equal("", Sites.Bare().Post("a.md", "---\ntitle: a\n---\n \n").Fingerprint);
    }

    [Fact]
    public void TheCacheKeyIsTheSameForTheSameInputAlone()
    {
        SiteDefinition site = Sites.Jekyll("a: {b: [1, 2]}");
        const string path = "_posts/2020-01-31-x.md";
        string key = site.Post(path, "x").CacheKey;

        Assert.Equal(key, Sites.Jekyll("a: {b: [1, 2]}").Post(path, "x").CacheKey);
        string[] others =
        [
            site.Post(path, "y").CacheKey,
            site.Post("_posts/2020-01-31-y.md", "x").CacheKey,
            Sites.Jekyll("a: {b: [1, 3]}").Post(path, "x").CacheKey,
            (site with { Url = new Uri("https://other.example/") }).Post(path, "x").CacheKey,
            new PostReader(site, new PostsOptions(), "2").Read(path, "x"u8, default).Post!.CacheKey,
        ];
        Assert.DoesNotContain(key, others);
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void TheDateOfAnUndatedPostIsPartOfItsCacheKey()
    {
        PostReader reader = Sites.Bare().Reader();
        byte[] bytes = Encoding.UTF8.GetBytes("x");

        Assert.NotEqual(
            reader.Read("a.md", bytes, Sites.UndatedAs).Post!.CacheKey,
            reader.Read("a.md", bytes, Sites.UndatedAs.AddDays(1)).Post!.CacheKey);
    }

    /// <summary>jekyll-feed's mapping says other things.</summary>
    [Theory]
    [InlineData("feed: false", false)]
    [InlineData("feed: 'no'", false)]
    [InlineData("feed: true", true)]
    [InlineData("feed:\n  excerpt_only: true", true)]
    [InlineData("x: y", true)]
    public void APostMayKeepItselfOutOfFeeds(string frontMatter, bool isInFeeds)
    {
        string text = $"---\ndate: 2026-01-02\n{frontMatter}\n---\nText.";

        Assert.Equal(isInFeeds, Sites.Bare().Post("a.md", text).IsInFeeds);
        Assert.Equal(isInFeeds, Sites.Jekyll().Post("_posts/2026-01-02-a.md", text).IsInFeeds);
        Assert.Equal((isInFeeds, "posts"), (Sites.Hugo().Post("content/posts/a.md", text).IsInFeeds, Sites.Hugo().Post("content/posts/a.md", text).Section));
    }

    [Fact]
    public void FilesThatAreNoPostsAreNothing()
    {
        PostReading reading = Sites.Jekyll().Read("about.md", "---\ntitle: [\n---\n");

        Assert.Null(reading.Post);
        Assert.Empty(reading.Problems);
    }
}
