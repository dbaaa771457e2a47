using Syndication.Feeds;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class HubRequestTests
{
    private static readonly PublishedSite Feeds = TopicSite.Publish(("/feed.xml", "<rss/>"), ("/feeds.opml", "<opml/>"));

    [Fact]
    public void ASubscriptionHasTheUsualLeaseAndNoSecretUnlessAskedFor()
    {
        HubRequest request = Read("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/x?y=z")!;

        Assert.Equal((HubMode.Subscribe, TopicSite.Url("/feed.xml"), "https://reader.example/x?y=z", null, TimeSpan.FromDays(10), Feeds.Feeds["/feed.xml"].Hash),
            (request.Mode, request.Topic, request.Callback.AbsoluteUri, request.Secret, request.Lease, request.Version));
        Assert.Equal(HubMode.Unsubscribe, Read("unsubscribe", TopicSite.Url("/feed.xml"), "https://reader.example/")!.Mode);
    }

    [Theory]
    [InlineData("1", 300)]
    [InlineData("300", 300)]
    [InlineData("86400", 86400)]
    [InlineData("2592001", 2592000)]
    [InlineData("99999999999999999999999999", 2592000)]
    public void ALeaseIsKeptWithinItsBounds(string asked, int seconds) =>
        Assert.Equal(seconds, Read("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/", asked)!.Lease.TotalSeconds);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("NaN")]
    [InlineData("soon")]
    public void ALeaseThatIsNoNumberIsRefused(string asked) => Assert.Equal(
        "hub.lease_seconds must be a whole number greater than 0", Problem("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/", asked));

    [Fact]
    public void ASecretHasLessThan200Bytes()
    {
        Assert.Equal(199, Read("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/", null, new string('s', 199))!.Secret!.Length);
        Assert.Equal("hub.secret must be shorter than 200 bytes", Problem("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/", null, new string('ü', 100)));
        Assert.Equal("hub.secret must be shorter than 200 bytes", Problem("subscribe", TopicSite.Url("/feed.xml"), "https://reader.example/", null, new string('s', 10_000)));
    }

    [Theory]
    [InlineData(null, "https://blog.example.org/my/feed.xml", "https://reader.example/", "hub.mode must be subscribe or unsubscribe")]
    [InlineData("publish", "https://blog.example.org/my/feed.xml", "https://reader.example/", "hub.mode must be subscribe or unsubscribe")]
    [InlineData("subscribe", null, "https://reader.example/", "hub.topic is missing")]
    [InlineData("subscribe", "https://other.example/feed.xml", "https://reader.example/", "hub.topic is no feed of this site; expected the address that a feed names as its own (rel=self)")]
    [InlineData("subscribe", "https://blog.example.org/my/feeds.opml", "https://reader.example/", "hub.topic is no feed of this site; expected the address that a feed names as its own (rel=self)")]
    [InlineData("subscribe", "https://blog.example.org/my/feed.xml", null, "hub.callback is missing")]
    [InlineData("subscribe", "https://blog.example.org/my/feed.xml", "http://10.0.0.1/", "hub.callback has an address that is not public")]
    [InlineData("subscribe", "https://blog.example.org/my/feed.xml", "javascript:alert(1)", "hub.callback is no absolute http or https address")]
    public void WhatIsWrongWithARequestIsSaid(string? mode, string? topic, string? callback, string expected) => Assert.Equal(expected, Problem(mode, topic, callback));

    [Fact]
    public void AFieldThatIsGivenTwiceIsRefused()
    {
        Assert.Null(HubRequest.Read(name => name == "hub.topic" ? ["a", "b"] : [], Feeds, PublicAddress.IsPublic, out string problem));
        Assert.Equal("hub.topic is given more than once", problem);
    }

    private static HubRequest? Read(string? mode, string? topic, string? callback, string? lease = null, string? secret = null) => Read(mode, topic, callback, lease, secret, out _);

    private static string Problem(string? mode, string? topic, string? callback, string? lease = null, string? secret = null)
    {
        Assert.Null(Read(mode, topic, callback, lease, secret, out string problem));
        return problem;
    }

    private static HubRequest? Read(string? mode, string? topic, string? callback, string? lease, string? secret, out string problem)
    {
        Dictionary<string, string?> form = new() { ["hub.mode"] = mode, ["hub.topic"] = topic, ["hub.callback"] = callback, ["hub.lease_seconds"] = lease, ["hub.secret"] = secret };
        return HubRequest.Read(name => form[name] is string value ? [value] : [], Feeds, PublicAddress.IsPublic, out problem);
    }
}
