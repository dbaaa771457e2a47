using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("*.md", "a.md", false, true)]
    [InlineData("*.md", "x/a.md", false, false)]
    [InlineData("*.md", "x/a.md", true, true)]
    [InlineData("a/**/b", "a/b", false, true)]
    [InlineData("a/**/b", "a/x/y/b", false, true)]
    [InlineData("a?[0-9]{x,y}", "ab1y", false, true)]
    [InlineData("a[!0-9]", "a1", false, false)]
    [InlineData("a.b(c)+", "a.b(c)+", false, true)]
    [InlineData("[z-a]", "[z-a]", false, true)]
    [InlineData("{a", "{a", false, true)]
    public void PatternsMatchWholePaths(string pattern, string path, bool acrossFolders, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern, acrossFolders).Matches(path));
}
