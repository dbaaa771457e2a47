using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class HubLinksTests
{
    private const string Self = "https://blog.example.org/feed";

    private static readonly SiteDefinition Blog = Sites.Bare();

    private static readonly SiteDefinition WithHubs = Blog with { Hubs = [new Uri("https://hub.example/?a=1&b=2"), new Uri("https://blog.example.org/hub")] };

    [Theory]
    [InlineData("Atom")]
    [InlineData("Rss")]
    public void XmlFeedsNameEachHubAndTheirOwnAddressOnce(string format)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        XElement feed = XDocument.Parse(Write(WithHubs, Enum.Parse<FeedFormat>(format))).Root!;
        XElement head = format == "Rss" ? feed.Element("channel")! : feed;

        Assert.Equal([("self", Self), ("hub", "https://hub.example/?a=1&b=2"), ("hub", "https://blog.example.org/hub")],
            head.Elements(atom + "link").Select(link => ((string?)link.Attribute("rel"), (string?)link.Attribute("href"))).Where(link => link.Item1 is "self" or "hub"));
        Assert.DoesNotContain("\"hub\"", Write(Blog, Enum.Parse<FeedFormat>(format)), StringComparison.Ordinal);
    }

    [Fact]
    public void AJsonFeedListsThem()
    {
        using JsonDocument feed = JsonDocument.Parse(Write(WithHubs, FeedFormat.Json));

        Assert.Equal([("WebSub", "https://hub.example/?a=1&b=2"), ("WebSub", "https://blog.example.org/hub")],
            feed.RootElement.GetProperty("hubs").EnumerateArray().Select(hub => (hub.GetProperty("type").GetString()!, hub.GetProperty("url").GetString()!)));
        Assert.DoesNotContain("hubs", Write(Blog, FeedFormat.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void FeedsAreMadeAnewWhereTheHubsAreOthers()
    {
        FeedSet without = Set(Blog);
        FeedSet with = Set(WithHubs);

        Assert.NotEqual(without.KeyOf(without.Own), with.KeyOf(with.Own));
    }

    [Fact]
    public void TheListOfFeedsIsNoTopicAndWithoutAHubNothingIs()
    {
        Assert.Null(FeedTopic.Of(WithHubs, FeedPlan.Outline));
        Assert.Null(FeedTopic.Of(Blog, new FeedDefinition("/feed.xml", FeedFormat.Rss)));
        Assert.Equal(
            new FeedTopic("https://blog.example.org/f%20d.xml", "<https://hub.example/?a=1&b=2>; rel=\"hub\", <https://blog.example.org/hub>; rel=\"hub\", <https://blog.example.org/f%20d.xml>; rel=\"self\""),
            FeedTopic.Of(WithHubs, new FeedDefinition("/f%20d.xml", FeedFormat.Rss)));
    }

    private static FeedSet Set(SiteDefinition site) =>
        FeedSet.Build(new PostCatalog(site, [site.Post("a.md", "---\ndate: 2026-01-02\n---\nText.") with { Id = "urn:a" }]), new FeedOptions(), new RenderCache(null));

    private static string Write(SiteDefinition site, FeedFormat format)
    {
        Feed feed = FeedBuilder.Build(site, FeedPlan.Of(new PostCatalog(site, []), new FeedOptions()).Site, format, null, []);
        using MemoryStream written = new();
        FeedBytes.Write(feed, new FeedDefinition("/feed", format), new Uri(Self), written);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
