using System.Collections.Immutable;
using System.Text;
using Syndication.Feeds;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

/// <summary>With a hub over a real socket.</summary>
public sealed class HubPingsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task EachFeedThatChangedIsToldToEachHubOnce(TestEngine engine)
    {
        await using World world = await World.CreateAsync(engine, hubs: 2);
        HubPings pings = world.Start();
        world.Published.Current = TopicSite.Publish(("/feed.xml", "1"), ("/feed.json", "1"), ("/feeds.opml", "1"));
        Assert.Empty(await pings.RunAsync(Stop));
        Assert.Empty(await pings.RunAsync(Stop));
        foreach (TestWebServer hub in world.Hubs)
        {
            Assert.Equal([TopicSite.Url("/feed.json"), TopicSite.Url("/feed.xml")], World.Told(hub));
            Assert.All(hub.Asked, r => Assert.Equal(("POST", "application/x-www-form-urlencoded"), (r.Method, r.Headers.ContentType.ToString())));
            hub.Asked.Clear();
        }

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Published.Current = TopicSite.Publish(("/feed.xml", "2"), ("/feed.json", "1"), ("/feeds.opml", "2"));
        Assert.Empty(await pings.RunAsync(Stop));
        Assert.Empty(await world.Start().RunAsync(Stop));

        Assert.All(world.Hubs, hub => Assert.Equal([TopicSite.Url("/feed.xml")], World.Told(hub)));
    }

    [Fact]
    public async Task ChangesWithinTenSecondsAreToldTogether()
    {
        await using World world = await World.CreateAsync(TestEngine.Sqlite);
        HubPings pings = world.Start();
        for (int i = 0; i < 10; i++)
        {
            world.Published.Current = TopicSite.Publish(("/feed.xml", $"{i}"));
            await pings.RunAsync(Stop);
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(world.Hub.Asked);
        await pings.RunAsync(Stop);
        world.Time.Advance(TimeSpan.FromHours(1));
        await pings.RunAsync(Stop);
        Assert.Equal(2, world.Hub.Asked.Count);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AHubThatFailsIsToldLaterAlsoAfterARestart(TestEngine engine)
    {
        await using World world = await World.CreateAsync(engine);
        world.Hub.Say(503);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "1"));
        Assert.Equal([new SilentHub(world.Hub.Url.AbsoluteUri, "503", 0)], await world.Start().RunAsync(Stop));
        Assert.Empty(await world.Start().RunAsync(Stop));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await world.Start().RunAsync(Stop));

        // Before it is time again, it is well, and is not asked.
        world.Hub.Answer = _ => Task.CompletedTask;
        world.Time.Advance(TimeSpan.FromMinutes(1.9));
        HubPings pings = world.Start();
        Assert.Empty(await pings.RunAsync(Stop));
        Assert.Equal(2, world.Hub.Asked.Count);
        world.Time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Empty(await pings.RunAsync(Stop));
        Assert.Equal(3, world.Hub.Asked.Count);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await world.Start().RunAsync(Stop));
        Assert.Equal(3, world.Hub.Asked.Count);
    }

    [Fact]
    public async Task AfterADayItIsGivenUpOnceAndTheNextChangeIsToldAgain()
    {
        await using World world = await World.CreateAsync(TestEngine.Sqlite);
        world.Hub.Say(500);
        world.Published.Current = TopicSite.Publish(("/feed.xml", "1"), ("/feed.json", "1"));
        HubPings pings = world.Start();
        List<SilentHub> told = [];
        for (int minute = 0; minute < 3 * 24 * 60; minute++)
        {
            told.AddRange(await pings.RunAsync(Stop));
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Effort.MostAttempts, told.Count);
        Assert.Equal([2], told.Where(t => t.GivenUp > 0).Select(t => t.GivenUp));
        world.Hub.Asked.Clear();
        world.Hub.Answer = _ => Task.CompletedTask;
        world.Published.Current = TopicSite.Publish(("/feed.xml", "2"), ("/feed.json", "1"));
        Assert.Empty(await pings.RunAsync(Stop));
        Assert.Equal([TopicSite.Url("/feed.xml")], World.Told(world.Hub));
    }

    [Fact]
    public async Task AHubThatIsAwayIsAskedOnlyOnceForAllFeeds()
    {
        await using World world = await World.CreateAsync(TestEngine.Sqlite);
        world.Hub.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        world.Published.Current = TopicSite.Publish([.. Enumerable.Range(0, 100).Select(i => ($"/{i}.xml", "1"))]);

        SilentHub silent = Assert.Single(await world.Start().RunAsync(Stop));

        Assert.Equal(0, silent.GivenUp);
        Assert.Equal(HostRun<HubPing>.OfHost, world.Hub.Asked.Count);
        Assert.Empty(await world.Start().RunAsync(Stop));
        world.Hub.Answer = _ => Task.CompletedTask;
        world.Hub.Asked.Clear();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await world.Start().RunAsync(Stop));
        Assert.Equal(100, world.Hub.Asked.Count);
    }

    /// <summary>A newer version takes the place of the one that waits, and does not wait for it.</summary>
    [Fact]
    public async Task AChangeIsToldAtOnceToAHubThatFailedBefore()
    {
        await using World world = await World.CreateAsync(TestEngine.Sqlite);
        world.Hub.Say(500);
        HubPings pings = world.Start();
        world.Published.Current = TopicSite.Publish(("/feed.xml", "1"));
        foreach (int minutes in (int[])[0, 1, 2, 4, 8])
        {
            world.Time.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Single(await pings.RunAsync(Stop));
        }

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Hub.Asked.Clear();
        world.Hub.Answer = _ => Task.CompletedTask;
        world.Published.Current = TopicSite.Publish(("/feed.xml", "2"));
        Assert.Empty(await pings.RunAsync(Stop));
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await pings.RunAsync(Stop));

        Assert.Single(world.Hub.Asked);
    }

    private sealed class World(TestDatabase place, Database database, ImmutableArray<TestWebServer> hubs) : IAsyncDisposable
    {
        private readonly CallbackClient _client = new(CallbackRule.Operator);

        public PublishedSiteSource Published { get; } = new();

        public ImmutableArray<TestWebServer> Hubs => hubs;

        public TestWebServer Hub => hubs[0];

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => place.Time;

        public static async Task<World> CreateAsync(TestEngine engine, int hubs = 1)
        {
            TestDatabase place = await TestDatabase.CreateAsync(engine);
            Database database = await place.OpenAsync();
            return new World(place, database, [.. await Task.WhenAll(Enumerable.Range(0, hubs).Select(_ => TestWebServer.StartAsync()))]);
        }

        /// <summary>As a process begins: all that it knows is in the store.</summary>
        public HubPings Start() => new([.. hubs.Select(hub => hub.Url)], Published, new PingStore(database), _client, place.Time);

        /// <summary>The addresses that a hub was told of, sorted.</summary>
        public static IEnumerable<string> Told(TestWebServer hub) => hub.Asked.Select(r => Encoding.ASCII.GetString(r.Body)).Select(body =>
        {
            Assert.StartsWith("hub.mode=publish&hub.url=", body, StringComparison.Ordinal);
            return Uri.UnescapeDataString(body["hub.mode=publish&hub.url=".Length..]);
        }).Order(StringComparer.Ordinal);

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            foreach (TestWebServer hub in hubs)
            {
                await hub.DisposeAsync();
            }

            await database.DisposeAsync();
            await place.DisposeAsync();
        }
    }
}
