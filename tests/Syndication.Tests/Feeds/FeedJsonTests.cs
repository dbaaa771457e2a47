using System.Text;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Feeds;

public sealed class FeedJsonTests
{
    private static readonly SiteDefinition Blog = new()
    {
        Kind = SiteKind.Bare,
        Root = "/blog",
        PostsFolder = "/blog",
        Url = new Uri("https://blog.example/sub/"),
        Title = "Blog",
        TimeZone = TimeZoneInfo.Utc,
    };

    [Fact]
    public void AFeedOfOursTellsAllThatIdentityNeeds()
    {
        KnownPost row = Assert.Single(Known("""
            {"items": [{"id": "urn:one", "url": "https://blog.example/sub/2026/hello/", "date_published": "2026-01-02T03:04:05+01:00",
              "_syndication": {"file": "posts/hello.md", "fingerprint": "abc"}}]}
            """));

        Assert.Equal(("urn:one", "posts/hello.md", "/2026/hello/", "hello", "abc", true), (row.Id, row.Path, row.Permalink, row.Slug, row.Fingerprint, row.IsPresent));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), row.Date);
    }

    [Fact]
    public void AFeedOfAnotherToolTellsIdSlugAndDate()
    {
        KnownPost row = Assert.Single(Known("""{"items": [{"id": "7", "url": "https://blog.example/sub/hello.html", "date_published": "2026-01-02T00:00:00Z"}]}"""));

        Assert.Equal(("7", "hello", "", false), (row.Id, row.Slug, row.Path, row.IsPresent));
    }

    [Fact]
    public void AnItemWithoutIdOrDateIsLeftOut() =>
        Assert.Empty(Known("""{"items": [{"url": "x"}, {"id": "1"}, {"id": 5, "date_published": "2026-01-02T00:00:00Z"}, "text"]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"items\": 5}")]
    [InlineData("<rss/>")]
    public void WhatIsNoJsonFeedIsRefused(string text) => Assert.Throws<DataFormatException>(() => Known(text));

    private static System.Collections.Immutable.ImmutableArray<KnownPost> Known(string json) => FeedJson.Known(Encoding.UTF8.GetBytes(json), Blog);
}
