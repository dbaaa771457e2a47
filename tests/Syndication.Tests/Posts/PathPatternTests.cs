using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("*.md", "a.md", "OfFolders", true)]
    [InlineData("*.md", "x/a.md", "OfFolders", false)]
    [InlineData("*.md", "x/a.md", "Everywhere", true)]
    [InlineData("a/**/b", "a/b", "OfFolders", true)]
    [InlineData("a/**/b", "a/x/y/b", "OfFolders", true)]
    [InlineData("a?[0-9]{x,y}", "ab1y", "OfFolders", true)]
    [InlineData("a[!0-9]", "a1", "OfFolders", false)]
    [InlineData("a.b(c)+", "a.b(c)+", "OfFolders", true)]
    [InlineData("[z-a]", "[z-a]", "OfFolders", true)]
    [InlineData("{a", "{a", "OfFolders", true)]
    [InlineData("/a/**", "/a/x/y", "OfGo", true)]
    [InlineData("/a/**", "/a/x/y", "OfFolders", false)]
    [InlineData("/a/*", "/a/x/y", "OfGo", false)]
    [InlineData("{/a,/b/**}", "/b/x/y", "OfGo", true)]
    [InlineData("{a*,b}.md", "ab.md", "OfFolders", true)]
    public void PatternsMatchWholePaths(string pattern, string path, string wildcards, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern, Enum.Parse<Wildcards>(wildcards)).Matches(path));
}
