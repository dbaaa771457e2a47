using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class SiteUrlsTests
{
    [Theory]
    [InlineData("https://example.org/", "/a/", "https://example.org/a/")]
    [InlineData("https://example.org/", "a", "https://example.org/a")]
    [InlineData("https://example.org/", "", "https://example.org/")]
    [InlineData("https://example.org/blog", "/a/", "https://example.org/blog/a/")]
    [InlineData("https://example.org/blog/", "//evil.example/x", "https://example.org/blog/evil.example/x")]
    [InlineData("https://example.org:8443/", "a", "https://example.org:8443/a")]
    [InlineData("https://example.org/", "/ä b/", "https://example.org/%C3%A4%20b/")]
    [InlineData("https://example.org/", "/%c3%a4%20b/", "https://example.org/%C3%A4%20b/")]
    [InlineData("https://example.org/", "/100%/", "https://example.org/100%25/")]
    [InlineData("https://example.org/", "/%zz", "https://example.org/%25zz")]
    [InlineData("https://example.org/", "/%2Fa", "https://example.org/%2Fa")]
    [InlineData("https://example.org/", "/😀/", "https://example.org/%F0%9F%98%80/")]
    [InlineData("https://example.org/", "/a\r\nb", "https://example.org/a%0D%0Ab")]
    [InlineData("https://example.org/", "/a\\b<\"'>", "https://example.org/a%5Cb%3C%22'%3E")]
    [InlineData("https://example.org/", "/a?b=c&d#e#f", "https://example.org/a?b=c&d#e%23f")]
    [InlineData("https://example.org/", "/c++/(x)!*,;=:@$~", "https://example.org/c++/(x)!*,;=:@$~")]
    [InlineData("https://bücher.example/", "a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://xn--bcher-kva.example/", "a", "https://xn--bcher-kva.example/a")]
    [InlineData("HTTPS://EXAMPLE.org", "a", "https://example.org/a")]
    [InlineData("http://[::1]:5080/", "a", "http://[::1]:5080/a")]
    [InlineData("https://example.org/größe", "a", "https://example.org/gr%C3%B6%C3%9Fe/a")]
    public void AnAddressIsCanonicalAndStaysOnTheSite(string root, string path, string expected) =>
        Assert.Equal(expected, SiteUrls.Absolute(SiteUrls.Root(root)!, path).AbsoluteUri);

    [Fact]
    public void HalfOfACharacterBecomesTheReplacementCharacter() =>
        Assert.Equal("https://example.org/a%EF%BF%BD", SiteUrls.Absolute(SiteUrls.Root("https://example.org")!, "a\ud83d").AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("/blog")]
    [InlineData("//example.org/")]
    [InlineData("ftp://example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://example.org/?a=b")]
    [InlineData("https://example.org/#a")]
    [InlineData("https://")]
    [InlineData("https:///blog")]
    [InlineData("https://a b/")]
    [InlineData("https://a..b/")]
    [InlineData("https://example.org:99999/")]
    [InlineData("https://üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.example/")]
    public void WhatCannotBeASitesAddressIsRefused(string address) => Assert.Null(SiteUrls.Root(address));

    [Theory]
    [InlineData("https://example.org/a", true)]
    [InlineData("HTTP://example.org", true)]
    [InlineData("mailto:a@example.org", true)]
    [InlineData("/a", false)]
    [InlineData("a", false)]
    [InlineData("//example.org/a", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)", false)]
    [InlineData("java\tscript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("tel:1", false)]
    [InlineData("", false)]
    public void OnlyWebAndMailAddressesAreSafe(string address, bool expected) => Assert.Equal(expected, SiteUrls.IsSafe(address));
}
