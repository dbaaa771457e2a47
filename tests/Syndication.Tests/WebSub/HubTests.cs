using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Syndication.Tests.Support;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

/// <summary>The built-in hub from a subscriber's side.</summary>
public sealed class HubTests
{
    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ASubscriberIsAskedAndThenSentEachVersionSigned(TestEngine engine)
    {
        await using HubWorld world = await HubWorld.CreateAsync(engine);
        Assert.Equal((202, "accepted; the callback is asked next\n"), await world.AskAsync("subscribe", world.Callback.AbsoluteUri, ("hub.secret", "sécret"), ("hub.lease_seconds", "3600")));
        Assert.Empty(await world.SubscriptionsAsync());
        await world.VerifyAsync();
        TestRequest asked = Assert.Single(world.Reader.Asked);
        Assert.Equal(("GET", "/push", "1", "subscribe", TopicSite.Url("/feed.xml"), "3600"), (asked.Method, asked.Path, asked.Query["user"].ToString(),
            asked.Query["hub.mode"].ToString(), asked.Query["hub.topic"].ToString(), asked.Query["hub.lease_seconds"].ToString()));
        Assert.Equal(40, asked.Query["hub.challenge"].ToString().Length);
        world.Reader.Asked.Clear();

        // It has what was there when it asked.
        await world.DeliverAsync();
        Assert.Empty(world.Sent);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"), ("/feed.json", "{2}"));
        await world.DeliverAsync();
        await world.DeliverAsync();

        TestRequest sent = Assert.Single(world.Reader.Asked);
        Assert.Equal(("POST", "/push", "?user=1", "<rss>2</rss>", "application/rss+xml; charset=utf-8"),
            (sent.Method, sent.Path, $"?user={sent.Query["user"]}", Encoding.UTF8.GetString(sent.Body), sent.Headers.ContentType.ToString()));
        Assert.Equal("<https://blog.example.org/my/hub>; rel=\"hub\", <https://blog.example.org/my/feed.xml>; rel=\"self\"", sent.Headers.Link.ToString());
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("sécret"), sent.Body)), sent.Headers["X-Hub-Signature"].ToString());
    }

    /// <summary>In memory there is gzip alone of it, and without a secret nothing is signed.</summary>
    [Fact]
    public async Task AFeedOfATopicIsSentPlainAndUnsignedWhereNoSecretWasGiven()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.SubscribeAsync(("hub.topic", TopicSite.Url("/feed.json")));
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"), ("/feed.json", "{2}"));
        await world.DeliverAsync();

        TestRequest sent = Assert.Single(world.Reader.Asked);
        Assert.Equal(("{2}", "application/feed+json; charset=utf-8", ""), (Encoding.UTF8.GetString(sent.Body), sent.Headers.ContentType.ToString(), sent.Headers["X-Hub-Signature"].ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("404")]
    [InlineData("endless")]
    [InlineData("redirect")]
    [InlineData("slow")]
    [InlineData("longer")]
    public async Task WithoutTheRightAnswerThereIsNoSubscription(string answer)
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite, HubWorld.Loopback with { Patience = TimeSpan.FromSeconds(answer == "slow" ? 2 : 10) });
        await using TestWebServer inside = await TestWebServer.StartAsync();
        inside.Answer = HubWorld.Confirm;
        world.Reader.Answer = async context =>
        {
            context.Response.StatusCode = answer switch { "404" => 404, "redirect" => 302, _ => 200 };
            switch (answer)
            {
                case "404":
                    await HubWorld.Confirm(context);
                    break;
                case "redirect":
                    context.Response.Headers.Location = new Uri(inside.Url, context.Request.QueryString.Value).AbsoluteUri;
                    await HubWorld.Confirm(context);
                    break;
                case "endless":
                    for (byte[] some = new byte[4096]; !context.RequestAborted.IsCancellationRequested;)
                    {
                        await context.Response.Body.WriteAsync(some, context.RequestAborted);
                    }

                    break;
                case "slow":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                    break;
                case "longer":
                    await HubWorld.Confirm(context);
                    await context.Response.WriteAsync("x", context.RequestAborted);
                    break;
                default:
                    await context.Response.WriteAsync(answer, context.RequestAborted);
                    break;
            }
        };
        Assert.Equal(202, (await world.AskAsync("subscribe", world.Callback.AbsoluteUri)).Status);
        await world.VerifyAsync();
        await world.VerifyAsync();

        Assert.Single(world.Reader.Asked);
        Assert.Empty(inside.Asked);
        Assert.Empty(await world.SubscriptionsAsync());
    }

    /// <summary>Where the rule is that of the program.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:{0}/", 400, "hub.callback has an address that is not public\n")]
    [InlineData("http://[::1]:{0}/", 400, "hub.callback has an address that is not public\n")]
    [InlineData("http://169.254.169.254/latest/meta-data/", 400, "hub.callback has an address that is not public\n")]
    [InlineData("http://user:pw@reader.example/", 400, "hub.callback has a user name\n")]
    [InlineData("http://localhost:{0}/", 202, "accepted; the callback is asked next\n")]
    [InlineData("http://rebound.example:{0}/", 202, "accepted; the callback is asked next\n")]
    public async Task ACallbackThatIsNotPublicIsNeverCalled(string callback, int status, string text)
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite, CallbackRule.Strangers with
        {
            Resolve = (name, stop) => name == "rebound.example" ? Task.FromResult<IPAddress[]>([IPAddress.Loopback]) : Dns.GetHostAddressesAsync(name, stop),
        });

        Assert.Equal((status, text), await world.AskAsync("subscribe", callback.Replace("{0}", $"{world.Reader.Url.Port}", StringComparison.Ordinal)));
        await world.VerifyAsync();

        Assert.Empty(world.Reader.Asked);
        Assert.Empty(await world.SubscriptionsAsync());
    }

    /// <summary>A name that was public when it subscribed.</summary>
    [Fact]
    public async Task ADeliveryIsJudgedLikeTheVerification()
    {
        IPAddress[] now = [IPAddress.Loopback];
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite, HubWorld.Loopback with { Resolve = (_, _) => Task.FromResult(now) });
        Assert.Equal(202, (await world.AskAsync("subscribe", $"http://reader.example:{world.Reader.Url.Port}/")).Status);
        await world.VerifyAsync();
        Assert.Single(await world.SubscriptionsAsync());
        world.Reader.Asked.Clear();

        now = [IPAddress.Parse("10.0.0.1")];
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));
        await world.DeliverAsync();

        Assert.Empty(world.Reader.Asked);
        Assert.Equal(1, Assert.Single(await world.SubscriptionsAsync()).Effort.Attempts);
    }

    [Fact]
    public async Task ASubscriberLeavesOnlyByItsOwnWord()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.SubscribeAsync();
        world.Reader.Say(404);
        await world.AskAsync("unsubscribe", world.Callback.AbsoluteUri);
        await world.VerifyAsync();
        Assert.Single(await world.SubscriptionsAsync());

        world.Reader.Answer = HubWorld.Confirm;
        await world.AskAsync("unsubscribe", world.Callback.AbsoluteUri);
        await world.VerifyAsync();
        Assert.Equal(["unsubscribe", "unsubscribe"], world.Reader.Asked.Select(r => r.Query["hub.mode"].ToString()));
        Assert.All(world.Reader.Asked, r => Assert.False(r.Query.ContainsKey("hub.lease_seconds")));
        Assert.Empty(await world.SubscriptionsAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AVersionThatDidNotArriveIsSentAgainAlsoAfterARestartAndANewerOneInItsPlace(TestEngine engine)
    {
        await using HubWorld world = await HubWorld.CreateAsync(engine);
        await world.SubscribeAsync();
        world.Reader.Say(500);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));
        await world.DeliverAsync();
        world.Restart();
        await world.DeliverAsync();
        Assert.Equal(["<rss>2</rss>"], world.Sent);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Restart();
        await world.DeliverAsync();
        Assert.Equal(["<rss>2</rss>", "<rss>2</rss>"], world.Sent);

        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>3</rss>"));
        world.Reader.Say(204);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await world.DeliverAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.DeliverAsync();
        world.Restart();
        await world.DeliverAsync();
        Assert.Equal(["<rss>2</rss>", "<rss>2</rss>", "<rss>3</rss>"], world.Sent);
    }

    [Fact]
    public async Task WhoAsksForNoMoreIsSentNoMore()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.SubscribeAsync();
        world.Reader.Say(410);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));

        Assert.Equal([new EndedSubscription("127.0.0.1", "it asked for no more (410)")], await world.DeliverAsync());
        Assert.Empty(await world.SubscriptionsAsync());
    }

    [Fact]
    public async Task WhoNeverTakesAVersionIsSubscribedNoMore()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.SubscribeAsync();
        world.Reader.Say(500);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));
        List<EndedSubscription> ended = [];
        for (int i = 0; i < 3 * 24 * 6; i++)
        {
            ended.AddRange(await world.DeliverAsync());
            world.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(Effort.MostAttempts, world.Sent.Count());
        Assert.Equal([new EndedSubscription("127.0.0.1", "not one of 15 tries succeeded, the last: 500")], ended);
        Assert.Empty(await world.SubscriptionsAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AfterTheLeaseNothingIsSentUnlessItWasRenewed(TestEngine engine)
    {
        await using HubWorld world = await HubWorld.CreateAsync(engine);
        await world.SubscribeAsync(("hub.lease_seconds", "3600"));
        world.Time.Advance(TimeSpan.FromMinutes(50));
        await world.SubscribeAsync(("hub.lease_seconds", "3600"));
        world.Time.Advance(TimeSpan.FromMinutes(59));
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));
        await world.DeliverAsync();
        Assert.Equal(["<rss>2</rss>"], world.Sent);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>3</rss>"));
        await world.DeliverAsync();
        Assert.Single(world.Sent);
        Assert.Empty(await world.SubscriptionsAsync());
    }

    [Fact]
    public async Task WhereThereIsNoRoomTheSubscriberIsToldSo()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.SubscribeAsync();
        for (int i = 1; i < HubCounts.MostOfHost; i++)
        {
            await world.Store.ApplyAsync(
                new HubRequest(HubMode.Subscribe, TopicSite.Url("/feed.xml"), new Uri(world.Reader.Url, $"{i}")) { Version = "v" }, world.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        await world.AskAsync("subscribe", new Uri(world.Reader.Url, "more").AbsoluteUri);
        await world.VerifyAsync();
        TestRequest denied = Assert.Single(world.Reader.Asked);
        Assert.Equal(("/more", "denied", TopicSite.Url("/feed.xml"), "too many subscriptions of this host"),
            (denied.Path, denied.Query["hub.mode"].ToString(), denied.Query["hub.topic"].ToString(), denied.Query["hub.reason"].ToString()));
        Assert.Equal(HubCounts.MostOfHost, (await world.SubscriptionsAsync()).Count);

        // One that is there may be renewed.
        await world.SubscribeAsync();
    }

    [Fact]
    public async Task AFeedThatIsNoMoreIsDenied()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        await world.AskAsync("subscribe", world.Callback.AbsoluteUri);
        world.Published.Current = TopicSite.Publish(("/feed.json", "{}"));
        await world.VerifyAsync();

        Assert.Equal(("denied", "the feed is no more"), (world.Reader.Asked.Single().Query["hub.mode"].ToString(), world.Reader.Asked.Single().Query["hub.reason"].ToString()));
        Assert.Empty(await world.SubscriptionsAsync());
    }

    [Fact]
    public async Task WhatIsNoRequestIsToldInALine()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        using StringContent json = new("{}", Encoding.UTF8, "application/json");
        using StringContent huge = new("hub.secret=" + new string('s', 100_000), Encoding.UTF8, "application/x-www-form-urlencoded");
        using StringContent many = new(string.Join('&', Enumerable.Range(0, 100).Select(i => $"a{i}=b")), Encoding.UTF8, "application/x-www-form-urlencoded");
        using StringContent empty = new("", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(415, (await world.PostAsync(json)).Status);
        Assert.InRange((await world.PostAsync(huge)).Status, 400, 413);
        Assert.Equal(400, (await world.PostAsync(many)).Status);
        Assert.Equal((400, "hub.mode must be subscribe or unsubscribe\n"), await world.PostAsync(empty));
        Assert.Equal((400, "hub.secret must be shorter than 200 bytes\n"), await world.AskAsync("subscribe", world.Callback.AbsoluteUri, ("hub.secret", new string('s', 5000))));
        Assert.Equal((400, "hub.topic is no feed of this site; expected the address that a feed names as its own (rel=self)\n"),
            await world.AskAsync("subscribe", world.Callback.AbsoluteUri, ("hub.topic", "https://other.example/feed.xml")));
        Assert.Equal((405, 405, 404), (await world.GetAsync("my/hub"), await world.GetAsync("hub"), await world.GetAsync("my/hubs")));
    }

    [Fact]
    public async Task WhoAsksTooOftenIsToldToWait()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite);
        for (int i = 0; i < PendingRequests.MostTo; i++)
        {
            Assert.Equal(202, (await world.AskAsync("subscribe", new Uri(world.Reader.Url, $"{i}").AbsoluteUri)).Status);
        }

        Assert.Equal(429, (await world.AskAsync("subscribe", new Uri(world.Reader.Url, "more").AbsoluteUri)).Status);
        await world.VerifyAsync();
        Assert.Equal(PendingRequests.MostTo, (await world.SubscriptionsAsync()).Count);
        Assert.Equal(202, (await world.AskAsync("subscribe", new Uri(world.Reader.Url, "more").AbsoluteUri)).Status);
    }

    [Fact]
    public async Task OneThatIsSlowHoldsUpNoOther()
    {
        await using HubWorld world = await HubWorld.CreateAsync(TestEngine.Sqlite, new CallbackRule
        {
            IsAllowed = IPAddress.IsLoopback,
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            Patience = TimeSpan.FromSeconds(5),
        });
        string[] hosts = ["slow.example", "well.example"];
        foreach (string callback in hosts.SelectMany(host => Enumerable.Range(0, 5).Select(i => $"http://{host}:{world.Reader.Url.Port}/{i}")))
        {
            Assert.Equal(202, (await world.AskAsync("subscribe", callback)).Status);
        }

        await world.VerifyAsync();
        Assert.Equal(10, (await world.SubscriptionsAsync()).Count);
        world.Reader.Asked.Clear();
        world.Reader.Answer = context => context.Request.Host.Host == "slow.example" ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted) : Task.CompletedTask;
        world.Published.Current = TopicSite.Publish(("/feed.xml", "<rss>2</rss>"));
        await world.DeliverAsync();

        // All of the one, and of the other no more than are asked at once: who was not asked has lost no try.
        Assert.Equal((5, HostRun<int>.OfHost), (world.Reader.Asked.Count(r => r.Headers.Host.ToString().StartsWith("well", StringComparison.Ordinal)),
            world.Reader.Asked.Count(r => r.Headers.Host.ToString().StartsWith("slow", StringComparison.Ordinal))));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 1], (await world.SubscriptionsAsync()).Select(s => s.Effort.Attempts).Order());
    }
}
