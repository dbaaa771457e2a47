using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class HostileFieldsTests
{
    private const string Bad = "a\u0001\ufffe\ud800b";

    private static readonly SiteDefinition Blog = Sites.Bare();

    private static readonly Post Good = Blog.Post("good.md", "---\ndate: 2026-01-02\n---\nText.") with { Id = "urn:good" };

    [Fact]
    public void EveryFormatHoldsAPostWhoseFieldsAreHostile()
    {
        Post hostile = Good with
        {
            Title = Bad,
            Language = Bad,
            Description = Bad,
            Permalink = $"/{Bad}/",
            Image = Bad,
            Tags = [Bad, "\u0001"],
            Authors = [new Author(Bad, Bad, Bad), new Author("\u0001"), new Author("Ann", "a@b.example\u0001", "javascript:alert(1)")],
        };
        SiteDefinition site = Blog with { Title = "\u0001", Description = "\ufffe", Language = Bad, Author = new Author(Bad, Bad, Bad) };
        FeedItem item = FeedBuilder.Item(site, hostile, new RenderedPost(Bad, Bad, Bad, Bad, [], []), excerptOnly: false);
        Feed feed = FeedBuilder.Build(site, FeedPlan.Of(new PostCatalog(site, []), new FeedOptions()).Site with { Id = "urn:feed" }, FeedFormat.Atom, item.Updated, [item]);

        foreach (FeedDefinition definition in FeedDefinition.Of(site))
        {
            using MemoryStream written = new();
            FeedBytes.Write(feed, definition, new Uri("https://blog.example.org/feed"), written);
            string text = Encoding.UTF8.GetString(written.ToArray());
            if (definition.Format == FeedFormat.Json)
            {
                using JsonDocument json = JsonDocument.Parse(text);
            }
            else
            {
                XDocument.Parse(text);
            }
        }

        Assert.Equal(("blog.example.org", "blog.example.org", null), (feed.Title, feed.Description, feed.Language));
        Assert.Equal([new Author("ab"), new Author("Ann")], item.Authors);
        Assert.Equal(["ab"], item.Tags);
        Assert.Null(item.Language);
    }

    [Theory]
    [InlineData("Ann <x>", "ann@example.org", "https://ann.example/~a", "ann@example.org", "https://ann.example/~a")]
    [InlineData("Ann", "no address", "/about/", null, "https://blog.example.org/about/")]
    [InlineData("Ann", "@", "about", null, null)]
    public void WhatAFeedCanHoldOfAnAuthorStays(string name, string email, string url, string? keptEmail, string? keptUrl)
    {
        Post post = Good with { Authors = [new Author(name, email, url)] };

        FeedItem item = FeedBuilder.Item(Blog, post, new RenderedPost("", "", "", "", [], []), excerptOnly: false);

        Assert.Equal(new Author(name, keptEmail, keptUrl), Assert.Single(item.Authors));
    }

    [Fact]
    public void APostWhoseIdNoFeedCanHoldIsLeftOutAndTheNextTakesItsPlace()
    {
        Post bad = Good with { Path = "bad.md", Id = "urn:\u0001", Permalink = "/bad/", Date = Good.Date.AddDays(1) };
        ImmutableArray<Post> posts = [bad, Good];

        FeedSet set = FeedSet.Build(new PostCatalog(Blog, posts), new FeedOptions { Limit = 1 }, new RenderCache(null));

        Assert.Equal("good.md", Assert.Single(set.Newest).Post.Path);
        Assert.StartsWith("bad.md: its id 'urn:\\u0001'", Assert.Single(set.Problems).ToString(), StringComparison.Ordinal);
    }
}
