using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content;

public sealed class LinkTargetsTests
{
    private static LinkTargets Of(SiteKind kind, string path, string permalink, string url = "https://blog.example.org/", bool servesPages = false, params Post[] others)
    {
        Post post = Rendering.Post("", path, permalink);
        PostCatalog catalog = new(Rendering.Site(kind, null, servesPages, url), [post, .. others]);
        return new LinkTargets(post, catalog.Site, new BodyReads(new Surroundings(catalog)));
    }

    [Theory]
    [InlineData("/a/b", "https://blog.example.org/a/b")]
    [InlineData("b.html", "https://blog.example.org/2024/05/b.html")]
    [InlineData("../c/?q=1#x", "https://blog.example.org/2024/c/?q=1#x")]
    [InlineData("../../../../d", "https://blog.example.org/d")]
    [InlineData("#part", "https://blog.example.org/2024/05/hello.html#part")]
    [InlineData("?q", "https://blog.example.org/2024/05/hello.html?q")]
    [InlineData("//cdn.example/x", "https://cdn.example/x")]
    [InlineData("http://Other.example", "http://Other.example")]
    [InlineData("mailto:me@example.org", "mailto:me@example.org")]
    [InlineData("tel:+49", "tel:+49")]
    [InlineData("ftp://ftp.example.org/x", "ftp://ftp.example.org/x")]
    [InlineData("irc://irc.example.org/x", "irc://irc.example.org/x")]
    [InlineData("a b/ü\"<>.html", "https://blog.example.org/2024/05/a%20b/%C3%BC%22%3C%3E.html")]
    [InlineData("100%", "https://blog.example.org/2024/05/100%25")]
    [InlineData("javascript:x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("", null)]
    public void ALinkIsResolvedAsABrowserDoesOnThePostsPage(string target, string? expected)
    {
        Assert.Equal(expected, Of(SiteKind.Jekyll, "_posts/a.md", "/2024/05/hello.html").Link(target));
    }

    [Fact]
    public void ASiteBelowAPrefixKeepsHostRootLinksAtTheRoot()
    {
        LinkTargets targets = Of(SiteKind.Jekyll, "_posts/a.md", "/hello/", "https://host.example/blog/");

        Assert.Equal("https://host.example/x.png", targets.Image("/x.png"));
        Assert.Equal("https://host.example/blog/hello/y.png", targets.Image("y.png"));
        targets.Image("/blog/img/z.png");

        Assert.Equal(["_posts/y.png", "img/z.png", "x.png"], targets.LocalFiles);
    }

    [Fact]
    public void ABareFolderServesTheFileBesideThePost()
    {
        Post other = Rendering.Post("", "2024/other.md", "/2024/other/");
        LinkTargets targets = Of(SiteKind.Bare, "2024/trip/day.md", "/2024/trip/day/", servesPages: true, others: other);

        Assert.Equal("https://blog.example.org/2024/trip/my%20cat.png", targets.Image("my cat.png"));
        Assert.Equal("https://blog.example.org/2024/other/#x", targets.Link("../other.md#x"));
        Assert.Equal("https://blog.example.org/2024/trip/day/next", targets.Link("next"));
        Assert.Contains("2024/trip/my cat.png", targets.LocalFiles);
    }

    [Theory]
    [InlineData("../../../secret.png")]
    [InlineData("..%2f..%2f..%2fsecret.png")]
    [InlineData("a\\b.png")]
    public void NoFileOutsideOfTheSiteIsNamed(string target)
    {
        LinkTargets targets = Of(SiteKind.Bare, "2024/a.md", "/2024/a/", servesPages: true);

        targets.Image(target);

        Assert.Empty(targets.LocalFiles);
    }

    [Fact]
    public void SmallPicturesMayBeInTheTextItself()
    {
        LinkTargets targets = Of(SiteKind.Bare, "a.md", "/a/");

        Assert.NotNull(targets.Image("data:image/png;base64,AAAA"));
        Assert.Null(targets.Image("data:image/png;base64," + new string('A', 200_000)));
        Assert.Null(targets.Image("data:image/svg+xml,x"));
        Assert.Null(targets.Link("data:image/png;base64,AAAA"));
    }
}
