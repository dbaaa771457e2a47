using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class LinkPathTests
{
    [Theory]
    [InlineData("https://blog.example/a/b/", "/a/b")]
    [InlineData("http://www.old.example:8080/a/b", "/a/b")]
    [InlineData("https://blog.example/a/b.html?utm_source=rss#top", "/a/b")]
    [InlineData("/a/b/index.html", "/a/b")]
    [InlineData("https://blog.example/a/%C3%BCber/", "/a/über")]
    [InlineData("https://blog.example/a/über/", "/a/über")]
    public void LinksToOnePageAreOneWhereverTheyLead(string link, string path) => Assert.Equal([path], LinkPath.Of(link, new Uri("https://blog.example/")));

    [Theory]
    [InlineData("https://blog.example/")]
    [InlineData("https://blog.example/?p=12")]
    [InlineData("https://blog.example/index.html")]
    [InlineData("mailto:me@blog.example")]
    [InlineData("tag:blog.example,2026:1")]
    [InlineData("//other.example/a/")]
    [InlineData("no link")]
    [InlineData("")]
    public void WhatIsNoPageOfAPostHasNoPath(string link) => Assert.Empty(LinkPath.Of(link, new Uri("https://blog.example/")));

    [Fact]
    public void TheSitesPrefixMayBeThereOrNot()
    {
        Assert.Equal(["/a", "/blog/a"], LinkPath.Of("https://old.example/blog/a/", new Uri("https://me.example/blog/")));
        Assert.Equal(["/a"], LinkPath.Of("https://old.example/a/", new Uri("https://me.example/blog/")));
    }
}
