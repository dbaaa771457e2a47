using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Syndication.Feeds;
using Syndication.Tests.WebSub;
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
                Pages = new Dictionary<string, PublishedPage> { ["/"] = new("<html>"u8.ToArray(), "h") }.ToFrozenDictionary(),
                Prefix = prefix,
            },
        };
        DefaultHttpContext context = new();
        context.Request.Method = "GET";
        context.Request.Path = path;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    /// <summary>If-None-Match decides where it is sent, If-Modified-Since else; what is sent is what was asked for, and nothing of it with a 304 or to HEAD.</summary>
    [Fact]
    public async Task EveryCombinationOfValidatorsAndEncodingsIsAnsweredAsItMust()
    {
        DateTimeOffset changed = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        PublishedFeed feed = FeedBytes.Publish(new("/feed.xml", FeedFormat.Rss), [.. Enumerable.Repeat((byte)'x', 5000)], changed);
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite { Feeds = new Dictionary<string, PublishedFeed> { ["/feed.xml"] = feed }.ToFrozenDictionary() },
        };
        (string? Header, string Coding, string Suffix, ReadOnlyMemory<byte> Bytes)[] codings =
        [
            (null, "", "", feed.Bytes), ("identity", "", "", feed.Bytes), ("gzip", "gzip", "-gz", feed.Gzip), ("gzip, deflate, br", "br", "-br", feed.Brotli),
            ("br;q=0, gzip;q=0.5", "gzip", "-gz", feed.Gzip), ("*", "br", "-br", feed.Brotli), ("gzip;q=0, br;q=0", "", "", feed.Bytes),
        ];
        (string? Header, bool IsOfDate)[] dates =
        [
            (null, false), ("Wed, 04 Mar 2026 05:06:07 GMT", true), ("Wed, 04 Mar 2026 05:06:08 GMT", true), ("Wed, 04 Mar 2026 05:06:06 GMT", false), ("yesterday", false),
        ];
        foreach ((string? accepts, string coding, string suffix, ReadOnlyMemory<byte> bytes) in codings)
        {
            string own = $"\"{feed.Hash}{suffix}\"";
            (string? Header, bool? IsSame)[] tags = [(null, null), (own, true), ($"W/{own}", true), ($"\"old\", {own}", true), ("*", true), ("\"old\"", false), (feed.Hash, false)];
            foreach (((string? tag, bool? isSame), (string? date, bool isOfDate), string method) in tags.SelectMany(t => dates.SelectMany(d => (string[])["GET", "HEAD"], (d, m) => (t, d, m))))
            {
                DefaultHttpContext context = new();
                using MemoryStream body = new();
                context.Response.Body = body;
                context.Request.Method = method;
                context.Request.Path = "/feed.xml";
                context.Request.Headers.AcceptEncoding = accepts;
                context.Request.Headers.IfNoneMatch = tag;
                context.Request.Headers.IfModifiedSince = date;

                await new PublishedEndpoints(published).Answer(context);

                bool has = isSame ?? isOfDate;
                string asked = $"{method} {accepts} {tag} {date}";
                Assert.True((has ? 304 : 200) == context.Response.StatusCode, asked);
                Assert.Equal(has || method == "HEAD" ? [] : bytes.ToArray(), body.ToArray());
                Assert.Equal((own, "Wed, 04 Mar 2026 05:06:07 GMT", "Accept-Encoding", "*"), ((string?)context.Response.Headers.ETag, (string?)context.Response.Headers.LastModified,
                    (string?)context.Response.Headers.Vary, (string?)context.Response.Headers.AccessControlAllowOrigin));
                Assert.Equal(has ? "" : coding, context.Response.Headers.ContentEncoding.ToString());
                Assert.Equal(has ? null : bytes.Length, context.Response.ContentLength);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/feed.xml", "<https://blog.example.org/my/hub>; rel=\"hub\", <https://blog.example.org/my/feed.xml>; rel=\"self\"")]
    [InlineData("HEAD", "/feed.xml", "<https://blog.example.org/my/hub>; rel=\"hub\", <https://blog.example.org/my/feed.xml>; rel=\"self\"")]
    [InlineData("GET", "/feed.json", "<https://blog.example.org/my/hub>; rel=\"hub\", <https://blog.example.org/my/feed.json>; rel=\"self\"")]
    [InlineData("GET", "/feeds.opml", "")]
    public async Task AFeedNamesItsHubsAndItselfInTheHead(string method, string path, string links)
    {
        PublishedSiteSource published = new() { Current = TopicSite.Publish(("/feed.xml", "<rss/>"), ("/feed.json", "{}"), ("/feeds.opml", "<opml/>")) };
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal((200, links), (context.Response.StatusCode, context.Response.Headers.Link.ToString()));
    }

    /// <summary>RFC 3229 with "feed": who has a known version and asks for it gets what is new since, in the coding asked for.</summary>
    [Theory]
    [InlineData("GET", "feed", "\"OLD\"", null, 226, "\"OLD\"", "")]
    [InlineData("GET", "vcdiff, FEED;q=0.5", "W/\"OLD-gz\"", "gzip", 226, "\"OLD-gz\"", "-gz")]
    [InlineData("GET", "feed", "\"other\", \"OLD-br\"", "br", 226, "\"OLD-br\"", "-br")]
    [InlineData("GET", "feed", "\"other\"", null, 200, null, "")]
    [InlineData("GET", "feed", "*", null, 304, null, "")]
    [InlineData("GET", "feed", "\"OLD\", \"NEW\"", null, 304, null, "")]
    [InlineData("GET", "feed", "\"OLDER\"", null, 200, null, "")]
    [InlineData("GET", "feed", null, null, 200, null, "")]
    [InlineData("GET", "feed;q=0", "\"OLD\"", null, 200, null, "")]
    [InlineData("GET", "feed;q=0.000", "\"OLD\"", null, 200, null, "")]
    [InlineData("GET", "vcdiff", "\"OLD\"", null, 200, null, "")]
    [InlineData("GET", null, "\"OLD\"", null, 200, null, "")]
    [InlineData("HEAD", "feed", "\"OLD\"", null, 200, null, "")]
    public async Task AReaderThatHasAKnownVersionAndTakesWhatIsNewGetsThatAlone(
        string method, string? manipulations, string? tags, string? accepts, int status, string? since, string suffix)
    {
        FeedDefinition definition = new("/feed.xml", FeedFormat.Rss);
        PublishedFeed old = FeedBytes.Publish(definition, "<rss><channel>\n<item>1</item>\n<item>2</item>\n<item>3</item>\n</channel></rss>"u8.ToArray(), DateTimeOffset.UnixEpoch);
        PublishedFeed feed = FeedDeltas.Follow(
            FeedBytes.Publish(definition, "<rss><channel>\n<item>4</item>\n<item>1</item>\n<item>2</item>\n<item>3 and much more, so that it is worth it</item>\n</channel></rss>"u8.ToArray(), DateTimeOffset.UnixEpoch.AddDays(1)), old) is { } made
            ? FeedDeltas.Follow(FeedBytes.Publish(definition, "<rss><channel>\n<item>5</item>\n<item>4</item>\n<item>1</item>\n<item>2</item>\n<item>3 and much more, so that it is worth it</item>\n</channel></rss>"u8.ToArray(), DateTimeOffset.UnixEpoch.AddDays(1)), made) : old;
        string known = feed.Deltas[0].Since;
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite { Feeds = new Dictionary<string, PublishedFeed> { ["/feed.xml"] = feed }.ToFrozenDictionary() },
        };
        DefaultHttpContext context = new();
        using MemoryStream body = new();
        context.Response.Body = body;
        context.Request.Method = method;
        context.Request.Path = "/feed.xml";
        context.Request.Headers["A-IM"] = manipulations;
        context.Request.Headers.IfNoneMatch = tags?.Replace("OLDER", new string('0', 32), StringComparison.Ordinal).Replace("OLD", known, StringComparison.Ordinal).Replace("NEW", feed.Hash, StringComparison.Ordinal);
        context.Request.Headers.AcceptEncoding = accepts;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal((status, since?.Replace("OLD", known, StringComparison.Ordinal), $"\"{feed.Hash}{suffix}\""),
            (context.Response.StatusCode, (string?)context.Response.Headers["Delta-Base"], (string?)context.Response.Headers.ETag));
        Assert.Equal("*", context.Response.Headers.AccessControlAllowOrigin);
        if (status == 226)
        {
            ReadOnlyMemory<byte> sent = suffix switch { "-gz" => feed.Deltas[0].Feed.Gzip, "-br" => feed.Deltas[0].Feed.Brotli, _ => feed.Deltas[0].Feed.Bytes };
            Assert.Equal("<rss><channel>\n<item>5</item>\n</channel></rss>", System.Text.Encoding.UTF8.GetString(feed.Deltas[0].Feed.Bytes.Span));
            Assert.Equal(sent.ToArray(), body.ToArray());
            Assert.Equal(("feed", "no-store, im", "Accept-Encoding, A-IM, If-None-Match", suffix.Length == 0 ? "" : accepts),
                ((string?)context.Response.Headers["IM"], (string?)context.Response.Headers.CacheControl, (string?)context.Response.Headers.Vary,
                    context.Response.Headers.ContentEncoding.ToString()));
        }
        else
        {
            Assert.Equal("", context.Response.Headers["IM"].ToString());
            Assert.Equal("no-cache", context.Response.Headers.CacheControl);
        }
    }

    [Theory]
    [InlineData("GET", "/my/before/", 301, "https://blog.example/my/a/")]
    [InlineData("HEAD", "/before/", 301, "https://blog.example/my/a/")]
    [InlineData("GET", "/my/gone.xml", 410, null)]
    [InlineData("POST", "/my/before/", 405, null)]
    [InlineData("GET", "/my/feed.xml", 200, null)]
    public async Task WhatWasElsewhereIsSaidForGood(string method, string path, int status, string? location)
    {
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite
            {
                Feeds = new Dictionary<string, PublishedFeed> { ["/feed.xml"] = FeedBytes.Publish(new("/feed.xml", FeedFormat.Rss), "<rss/>"u8.ToArray(), DateTimeOffset.UnixEpoch) }.ToFrozenDictionary(),
                Files = new Dictionary<string, PublishedFile> { ["/before/"] = new("/nothing", "text/html", "h") }.ToFrozenDictionary(),
                Moved = new Dictionary<string, string?> { ["/before/"] = "https://blog.example/my/a/", ["/gone.xml"] = null }.ToFrozenDictionary(),
                Prefix = "/my",
            },
        };
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal((status, location), (context.Response.StatusCode, (string?)context.Response.Headers.Location));
        Assert.Equal(status is 301 or 410 ? "max-age=3600" : status == 200 ? "no-cache" : null, (string?)context.Response.Headers.CacheControl);
    }

    /// <summary>Of a feed of a topic there is gzip alone in memory.</summary>
    [Theory]
    [InlineData(null, "", "")]
    [InlineData("gzip", "gzip", "-gz")]
    [InlineData("gzip, br", "gzip", "-gz")]
    [InlineData("br", "", "")]
    public async Task APackedFeedIsSentAsItIsAskedFor(string? accepts, string coding, string suffix)
    {
        byte[] bytes = [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i % 251))];
        PublishedFeed feed = FeedBytes.PublishPacked(new("/feed/tag/a.xml", FeedFormat.Rss), bytes, DateTimeOffset.UnixEpoch);
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite { Feeds = new Dictionary<string, PublishedFeed> { ["/feed/tag/a.xml"] = feed }.ToFrozenDictionary() },
        };
        foreach (string method in (string[])["GET", "HEAD"])
        {
            DefaultHttpContext context = new();
            using MemoryStream body = new();
            context.Response.Body = body;
            context.Request.Method = method;
            context.Request.Path = "/feed/tag/a.xml";
            context.Request.Headers.AcceptEncoding = accepts;

            await new PublishedEndpoints(published).Answer(context);

            byte[] sent = coding.Length == 0 ? bytes : feed.Gzip.ToArray();
            Assert.Equal((200, (long?)sent.Length, coding, $"\"{feed.Hash}{suffix}\""),
                (context.Response.StatusCode, context.Response.ContentLength, context.Response.Headers.ContentEncoding.ToString(), (string?)context.Response.Headers.ETag));
            Assert.Equal(method == "HEAD" ? [] : sent, body.ToArray());
        }
    }

    [Theory]
    [InlineData("OPTIONS", 204)]
    [InlineData("POST", 405)]
    public async Task ABrowserMayAskWhatAPageOfAnotherOriginMaySend(string method, int status)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = "/feed.xml";

        await new PublishedEndpoints(new PublishedSiteSource()).Answer(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", context.Response.Headers.Allow);
        Assert.Equal("*", context.Response.Headers.AccessControlAllowOrigin);
        Assert.Equal(status == 204 ? "*" : "", context.Response.Headers.AccessControlAllowHeaders.ToString());
    }

    [Theory]
    [InlineData("navigate", 303, "/my%20bl%C3%B6g/feed.xml.html")]
    [InlineData("cors", 200, null)]
    [InlineData(null, 200, null)]
    public async Task ABrowserThatOpensAFeedIsSentToThePageThatExplainsIt(string? mode, int status, string? location)
    {
        PublishedSiteSource published = new()
        {
            Current = new PublishedSite
            {
                Feeds = new Dictionary<string, PublishedFeed> { ["/feed.xml"] = FeedBytes.Publish(new("/feed.xml", FeedFormat.Rss), "<rss/>"u8.ToArray(), DateTimeOffset.UnixEpoch) with { Readable = "/feed.xml.html" } }.ToFrozenDictionary(),
                Prefix = "/my blög",
            },
        };
        DefaultHttpContext context = new();
        context.Request.Method = "GET";
        context.Request.Path = "/my blög/feed.xml";
        context.Request.Headers.Accept = "text/html";
        context.Request.Headers["Sec-Fetch-Mode"] = mode;

        await new PublishedEndpoints(published).Answer(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(location ?? "", context.Response.Headers.Location.ToString());
        Assert.Equal(status == 303 ? "no-store" : "no-cache", context.Response.Headers.CacheControl);
    }
}
