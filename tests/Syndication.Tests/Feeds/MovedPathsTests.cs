using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class MovedPathsTests
{
    private static readonly SiteDefinition Blog = Sites.Bare() with { Url = new Uri("https://blog.example/my/") };

    [Fact]
    public void WhereAPostWasLeadsToWhereItIsHoweverItIsWritten()
    {
        MovedPaths moved = Of(new FeedOptions(), Post("a") with { Aliases = ["/%C3%BCber/", "/2020/x.html"], Earlier = ["/before"] });

        Assert.Equal(
            ["/2020/x.html", "/before", "/before.html", "/before/", "/über", "/über/", "/über/index.html"],
            moved.Targets.Keys.Order(StringComparer.Ordinal));
        Assert.All(moved.Targets.Values, target => Assert.Equal("https://blog.example/my/a/", target));
        Assert.Empty(moved.Problems);
    }

    [Fact]
    public void WhatIsThereNowIsNotHiddenByWhatWasThere()
    {
        MovedPaths moved = Of(
            new FeedOptions { Moved = [new FeedMove { Path = "/atom.xml", To = "/feed.xml" }], Retired = "/feed.json; /rss.xml" },
            Post("a") with { Aliases = ["/b/", "/feed.xml", "/"] }, Post("b"));

        Assert.Equal(["/rss.xml"], moved.Targets.Keys);
        Assert.Equal(["Feeds:Moved", "Feeds:Retired"], moved.Problems.Select(p => p.Source));
    }

    [Fact]
    public void FeedsLeadWhereTheOperatorSaysOrAreGone()
    {
        MovedPaths moved = Of(new FeedOptions
        {
            Moved = [new FeedMove { Path = "/index%2Exml", To = "/feed.xml" }, new FeedMove { Path = "/x.xml", To = "https://feeds.example/x" }],
            Retired = "/comments/feed/",
        });

        Assert.Equal(
            [("/comments/feed/", null), ("/index.xml", "https://blog.example/my/feed.xml"), ("/x.xml", "https://feeds.example/x")],
            moved.Targets.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)));
    }

    [Theory]
    [InlineData("/a.xml", "/b.xml", true)]
    [InlineData("/a.xml", "https://feeds.example/b", true)]
    [InlineData("/a.xml", "/a.xml", false)]
    [InlineData("/a.xml", "mailto:me@blog.example", false)]
    [InlineData("/a.xml", null, false)]
    [InlineData("a.xml", "/b.xml", false)]
    public void AMoveHasTwoPlaces(string? path, string? to, bool isRight) => Assert.Equal(isRight, !new FeedMove { Path = path, To = to }.Invalid().Any());

    [Fact]
    public void RetiredPathsBeginWithASlash()
    {
        Assert.Empty(new FeedOptions { Retired = "/a.xml; /b.xml" }.Invalid());
        Assert.Single(new FeedOptions { Retired = "/a.xml; b.xml" }.Invalid());
    }

    private static MovedPaths Of(FeedOptions options, params Post[] posts)
    {
        PostCatalog catalog = new(Blog, [.. posts]);
        return MovedPaths.Of(catalog, FeedPlan.Of(catalog, options), options);
    }

    private static Post Post(string name) => Blog.Post($"{name}.md", "---\ndate: 2026-01-02\n---\nText.") with { Id = name, Permalink = $"/{name}/" };
}
