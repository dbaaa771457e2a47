using System.Text;
using System.Xml.Linq;
using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

/// <summary>What is sent to readers that have one of the last versions of a feed.</summary>
public sealed class FeedDeltasTests
{
    private static readonly SiteDefinition Blog = Sites.Bare();

    [Theory]
    [InlineData("/feed.xml", "item")]
    [InlineData("/atom.xml", "entry")]
    public void AReaderGetsTheItemsThatAreNewOrChangedToTheByteInAFeedThatIsWhole(string path, string name)
    {
        PublishedFeed first = Make(path, null, Post(1), Post(2), Post(3), Post(4), Post(5));
        PublishedFeed second = Make(path, first, Post(1), Post(2, "Changed: <entry> &lt;/item> ]]&gt;."), Post(3), Post(4), Post(5));
        PublishedFeed third = Make(path, second, Post(1), Post(2, "Changed: <entry> &lt;/item> ]]&gt;."), Post(3), Post(4), Post(5), Post(6));

        Assert.Empty(first.Deltas);
        Assert.Equal([second.Hash, first.Hash], third.Deltas.Select(d => d.Since));
        Assert.Equal(["urn:6"], Ids(third.Deltas[0].Feed, name));
        Assert.Equal(["urn:6", "urn:2"], Ids(third.Deltas[1].Feed, name));
        Assert.Equal(third.LastModified, third.Deltas[0].Feed.LastModified);
        Assert.Contains(Text(third)[Text(third).IndexOf($"<{name}", StringComparison.Ordinal)..][..200], Text(third.Deltas[0].Feed), StringComparison.Ordinal);
        XElement full = XElement.Parse(Text(third));
        XElement delta = XElement.Parse(Text(third.Deltas[1].Feed));
        full.Descendants().Where(e => e.Name.LocalName == name).Remove();
        delta.Descendants().Where(e => e.Name.LocalName == name).Remove();
        Assert.Equal(full.ToString(SaveOptions.None), delta.ToString(SaveOptions.None));
    }

    [Fact]
    public void OnlyTheLastFewVersionsAreKnown()
    {
        PublishedFeed feed = Make("/feed.xml", null, Post(1));
        List<string> hashes = [];
        for (int i = 2; i < 20; i++)
        {
            hashes.Insert(0, feed.Hash);
            feed = Make("/feed.xml", feed, [.. Enumerable.Range(1, i).Select(n => Post(n))]);
        }

        Assert.Equal(hashes.Take(4), feed.Versions.Select(v => v.Hash));
        Assert.Equal(hashes.Take(4), feed.Deltas.Select(d => d.Since));
    }

    [Fact]
    public void WhatWouldHardlySaveIsNotKept()
    {
        PublishedFeed feed = Make("/feed.xml", Make("/feed.xml", null, Post(1), Post(2)), Post(1, "Changed."), Post(2, "Changed."));

        Assert.Empty(feed.Deltas);
        Assert.Single(feed.Versions);
    }

    [Fact]
    public void AFeedThatIsAsItWasBeforeIsNoVersionOfItself()
    {
        PublishedFeed first = Make("/feed.xml", null, Post(1));
        PublishedFeed again = Make("/feed.xml", Make("/feed.xml", first, Post(1), Post(2)), Post(1));

        Assert.Equal(first.Hash, again.Hash);
        Assert.DoesNotContain(again.Hash, again.Versions.Select(v => v.Hash));
    }

    [Fact]
    public void JsonHasNone() => Assert.Empty(Make("/feed.json", Make("/feed.json", null, Post(1)), Post(1), Post(2)).Versions);

    private static PublishedFeed Make(string path, PublishedFeed? before, params Post[] posts)
    {
        FeedSet set = FeedSet.Build(new PostCatalog(Blog, [.. posts.OrderByDescending(p => p.Date)]), new FeedOptions { Limit = 0 }, new RenderCache(null));
        MadeFeed made = SitePublisher.MakeFeeds(set).Single(feed => feed.Definition.Path == path);
        return made.Publish(DateTimeOffset.UnixEpoch.AddDays(posts.Length), before)!;
    }

    private static Post Post(int number, string text = "Text.") => Blog.Post($"{number}.md", $"---\ntitle: List<T> & {number}\ndate: 2026-01-{number:00}\n---\n{text} {new string('x', 300)}") with
    {
        Id = $"urn:{number}",
        Permalink = $"/{number}/",
    };

    private static string Text(PublishedFeed feed) => Encoding.UTF8.GetString(feed.Bytes.Span);

    private static IEnumerable<string> Ids(PublishedFeed feed, string name) =>
        XElement.Parse(Text(feed)).Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Elements().Single(i => i.Name.LocalName is "guid" or "id").Value);
}
