using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Syndication.Feeds;
using Syndication.Web;

namespace Syndication.Tests.Web;

public sealed class PublishedEndpointsTests
{
    [Theory]
    [InlineData("", "/", 200)]
    [InlineData("", "/feed.xml", 200)]
    [InlineData("", "/nothing", 404)]
    [InlineData("/my blög", "/my blög/feed.xml", 200)]
    [InlineData("/my blög", "/my blög/", 200)]
    [InlineData("/my blög", "/my blög", 200)]
    [InlineData("/my blög", "/feed.xml", 200)]
    [InlineData("/my blög", "/my blögs/feed.xml", 404)]
    public async Task TheSiteIsFoundWithAndWithoutItsPrefix(string prefix, string path, int status)
    {
        FeedDefinition definition = new("/feed.xml", FeedFormat.Rss);
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite
            {
                Feeds = new Dictionary<string, PublishedFeed> { ["/feed.xml"] = FeedBytes.Publish(definition, "<rss/>"u8.ToArray(), DateTimeOffset.UnixEpoch) }.ToFrozenDictionary(),
                Landing = "<html>"u8.ToArray(),
                Prefix = prefix,
            },
        };
        DefaultHttpContext context = new();
        context.Request.Method = "GET";
        context.Request.Path = path;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal(status, context.Response.StatusCode);
    }
}
