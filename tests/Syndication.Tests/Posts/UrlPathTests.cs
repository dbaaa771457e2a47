using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class UrlPathTests
{
    [Theory]
    [InlineData("a b/ä", "a%20b/%C3%A4")]
    [InlineData("a%20b", "a%2520b")]
    [InlineData("#a[b]", "%23a%5Bb%5D")]
    [InlineData("a!$&'()*+,;=:@?b", "a!$&'()*+,;=:@?b")]
    [InlineData("a\\b\"c<d>|", "a%5Cb%22c%3Cd%3E%7C")]
    public void JekyllEscapesTheValuesOfTokens(string value, string escaped) => Assert.Equal(escaped, UrlPath.EscapeAsJekyll(value));

    [Theory]
    [InlineData("/a b/", "/a%20b/")]
    [InlineData("/a(b)'c/", "/a(b)'c/")]
    [InlineData("/a (b)/", "/a%20%28b%29/")]
    [InlineData("/a%20b/ü/", "/a%20b/%C3%BC/")]
    public void GoLeavesAValidPathAlone(string path, string escaped) => Assert.Equal(escaped, UrlPath.EscapeAsGo(path));

    [Theory]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/a%7Eb%41", "/a~bA")]
    [InlineData("/a%2Fb%3Fc%23d", "/a%2Fb%3Fc%23d")]
    [InlineData("/a%b", "/a%25b")]
    [InlineData("/%e4", "/%E4")]
    [InlineData("/e\u0301", "/%C3%A9")]
    [InlineData("/a/../b/./c", "/b/c")]
    [InlineData("/../a/..", "/")]
    [InlineData("/%2e%2e/%2e%2e/etc", "/etc")]
    [InlineData("/x?y z", "/x?y%20z")]
    public void NormalisingReadsNeedlessEscapesAndResolvesDots(string path, string normal) => Assert.Equal(normal, UrlPath.Normalize(path));

    [Theory]
    [InlineData("/a/b/", "/a")]
    [InlineData("/a/b", "/a")]
    [InlineData("/a//b", "/a")]
    [InlineData("/a", "/")]
    [InlineData("/", "/")]
    public void RubysFolderOfAFolderIsTheOneAbove(string path, string folder) => Assert.Equal(folder, UrlPath.RubyFolder(path));

    [Theory]
    [InlineData("https://blog.example.org/", "https://blog.example.org/a/")]
    [InlineData("https://Blog.Example.org:443/sub/", "https://blog.example.org/sub/a/")]
    [InlineData("http://localhost:5080/", "http://localhost:5080/a/")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/a/")]
    public void PathsBecomeAbsolute(string site, string absolute) => Assert.Equal(absolute, UrlPath.Absolute(new Uri(site), "/a/"));
}
