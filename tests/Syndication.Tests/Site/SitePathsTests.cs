using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class SitePathsTests
{
    [Theory]
    [InlineData("", "/site")]
    [InlineData(".", "/site")]
    [InlineData("a/b", "/site/a/b")]
    [InlineData("a/../b/", "/site/b")]
    [InlineData("/site/a", "/site/a")]
    [InlineData("..a", "/site/..a")]
    [InlineData("..", null)]
    [InlineData("../site2", null)]
    [InlineData("a/../../b", null)]
    [InlineData("/etc", null)]
    [InlineData("a\0b", null)]
    public void APathIsBelowItsFolderOrRefused(string path, string? expected) => Assert.Equal(expected, SitePaths.Below("/site", path));
}
