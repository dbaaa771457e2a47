using Syndication.Feeds;

namespace Syndication.Tests.Feeds;

public sealed class PageNamesTests
{
    [Theory]
    [InlineData("/", "index.html")]
    [InlineData("/2026/01/02/hello/", "2026/01/02/hello/index.html")]
    [InlineData("/2026/hello.html", "2026/hello.html")]
    [InlineData("/hello", "hello.html")]
    [InlineData("/%C3%A4%C3%B6/", "äö/index.html")]
    [InlineData("/feed.xml", "feed.xml")]
    public void APermalinkIsAFileBelowTheOutputFolder(string permalink, string name) => Assert.Equal(name, PageNames.Of(permalink));
}
