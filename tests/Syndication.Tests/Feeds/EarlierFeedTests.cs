using System.Text;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Feeds;

public sealed class EarlierFeedTests
{
    [Fact]
    public void AnRssItemIsKnownByItsGuidElseByItsLink() => Assert.Equal(
        [
            new EarlierEntry("https://old.example/?p=1", "https://old.example/a/"), new("https://old.example/b/", "https://old.example/b/"),
            new("https://old.example/c/", "https://old.example/c/"), new("x", "https://old.example/d/"),
        ],
        Read("""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Old</title><link>https://old.example/</link><description/>
            <item><title>A</title><link> https://old.example/a/ </link><guid isPermaLink="false">https://old.example/?p=1</guid><pubDate>Fri, 2 Jan 26</pubDate></item>
            <item><title>B</title><guid>https://old.example/b/</guid></item>
            <item><title>C</title><link>https://old.example/c/</link></item>
            <item><title>D</title><link>https://click.example/1</link><guid isPermaLink="false"> x
            </guid><feedburner:origLink>https://old.example/d/</feedburner:origLink></item>
            <item><title>Neither</title></item>
            </channel></rss>
            """));

    [Fact]
    public void AnAtomEntryIsKnownByItsIdAndLinksMayBeRelative() => Assert.Equal(
        [new EarlierEntry("tag:old.example,2026:1", "https://old.example/a/"), new("https://old.example/b", "https://old.example/b.html")],
        Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/"><title>Old</title><id>x</id><updated>soon</updated>
            <entry><title>A</title><id>tag:old.example,2026:1</id><updated>yesterday</updated><link rel="edit" href="/edit"/><link href="/a/"/></entry>
            <entry><title>B</title><id>https://old.example/b</id><link rel="alternate" href="https://old.example/b.html"/><content type="html">&lt;b></content></entry>
            </feed>
            """));

    [Fact]
    public void AJsonItemIsKnownByItsIdAlsoANumber() => Assert.Equal(
        [new EarlierEntry("7", "https://old.example/a/"), new("b", null)],
        Read("""{ "version": "https://jsonfeed.org/version/1", "items": [{ "id": 7, "url": "https://old.example/a/" }, { "id": "b" }, {}] }"""));

    [Theory]
    [InlineData("", "is no feed that can be read")]
    [InlineData("Not found", "is no feed that can be read")]
    [InlineData("<html><body>Not found</body></html>", "it begins with <html>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\"><channel/></rss>", "is no feed that can be read")]
    [InlineData("<rss version=\"2.0\"><channel><item>", "is no feed that can be read")]
    [InlineData("{", "is no feed that can be read")]
    [InlineData("{ \"items\": 3 }", "it has no list of items")]
    [InlineData("{ \"items\": [3] }", "it has no list of items")]
    [InlineData("{}", "it has no list of items")]
    public void WhatIsNoFeedIsToldInALine(string text, string said)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => Read(text));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFeedMayBeginWithAByteOrderMark() => Assert.Equal("a", Assert.Single(Read("\uFEFF{ \"items\": [{ \"id\": \"a\" }] }")).Id);

    private static IEnumerable<EarlierEntry> Read(string text) => EarlierFeed.Read(Encoding.UTF8.GetBytes(text));
}
