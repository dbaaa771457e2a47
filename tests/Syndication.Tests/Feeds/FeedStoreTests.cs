using System.Collections.Immutable;
using Syndication.Feeds;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

public sealed class FeedStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NewBytesAreDatedNowInWholeSecondsAndTheSameBytesKeepTheirDate(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        FeedStore store = new(database);

        ImmutableDictionary<string, DateTimeOffset> first = await store.StampAsync(Feeds("h1", "k1"), Noon.AddMilliseconds(900), Stop);
        ImmutableDictionary<string, DateTimeOffset> second = await store.StampAsync(Feeds("h1", "k2"), Noon.AddHours(1), Stop);

        Assert.Equal([Noon, Noon], [first["/feed.xml"], first["/feed.json"]]);
        Assert.Equal([Noon, Noon.AddHours(1)], [second["/feed.xml"], second["/feed.json"]]);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task BytesThatChangeWithinASecondOrBeforeAClockSetBackGetALaterDateAllTheSame(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        FeedStore store = new(database);
        await store.StampAsync(Feeds("h1", "k"), Noon, Stop);

        DateTimeOffset withinTheSecond = (await store.StampAsync(Feeds("h2", "k"), Noon.AddMilliseconds(500), Stop))["/feed.xml"];
        DateTimeOffset clockSetBack = (await store.StampAsync(Feeds("h3", "k"), Noon.AddHours(-5), Stop))["/feed.xml"];

        Assert.Equal(Noon.AddSeconds(1), withinTheSecond);
        Assert.Equal(Noon.AddSeconds(2), clockSetBack);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NodesThatStampTheSameBytesAtOnceAgree(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database here = await place.OpenAsync();
        await using Database there = await place.OpenAsync();
        await new FeedStore(here).StampAsync(Feeds("old", "old"), Noon.AddDays(-1), Stop);

        ImmutableDictionary<string, DateTimeOffset>[] stamps = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () => new FeedStore(i % 2 == 0 ? here : there).StampAsync(
                i < 8 ? Feeds("new", "new") : Feeds("new", "new").Reverse().ToDictionary(), Noon.AddSeconds(i), Stop),
            Stop)));

        Assert.Single(stamps.Select(s => s["/feed.xml"]).Distinct());
        Assert.Single(stamps.Select(s => s["/feed.json"]).Distinct());
    }

    private static Dictionary<string, string> Feeds(string rss, string json) => new() { ["/feed.xml"] = rss, ["/feed.json"] = json };
}
