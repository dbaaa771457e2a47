using System.Collections.Immutable;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class WebSubStoresTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatHubsWereToldComesBack(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PingStore store = new(database);
        (HubPing, Effort)[] first = [(new("https://h/", "https://b/1"), Effort.Told("a", Noon)), (new("https://h/", "https://b/2"), new Effort().Failed("b", Noon))];
        await store.SaveAsync(first, Stop);
        Assert.Equal(first.ToImmutableDictionary(p => p.Item1, p => p.Item2), await store.LoadAsync(Stop));

        await store.SaveAsync([(first[0].Item1, first[0].Item2.Failed("c", Noon)), (first[1].Item1, Effort.Told("b", Noon))], Stop);

        ImmutableDictionary<HubPing, Effort> kept = await store.LoadAsync(Stop);
        Assert.Equal(("a", "c", 1, Noon, Noon + TimeSpan.FromMinutes(1)),
            (kept[first[0].Item1].Done, kept[first[0].Item1].Version, kept[first[0].Item1].Attempts, kept[first[0].Item1].LastTry, kept[first[0].Item1].Due));
        Assert.Equal(Effort.Told("b", Noon), kept[first[1].Item1]);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ASubscriptionLastsForItsLeaseAndKeepsWhatIsOwedWhenItIsRenewed(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        HubStore store = new(database);
        HubRequest one = new(HubMode.Subscribe, "https://b/feed.xml", new Uri("https://reader.example/1")) { Version = "a", Secret = "old", Lease = TimeSpan.FromHours(1) };
        HubRequest two = one with { Callback = new Uri("https://reader.example/2"), Secret = null };
        HubRequest three = two with { Callback = new Uri("https://other.example/3"), Lease = TimeSpan.FromHours(3) };
        foreach (HubRequest request in (HubRequest[])[one, two, three])
        {
            await store.ApplyAsync(request, Noon, Stop);
        }

        Assert.Equal(new HubCounts(2, 1), await store.CountAsync(one, Noon, Stop));
        ImmutableArray<HubSubscription> all = await store.ListAsync(Noon, Stop);
        Assert.Equal([("https://reader.example/1", "old"), ("https://reader.example/2", null), ("https://other.example/3", null)], all.Select(s => (s.Callback.AbsoluteUri, s.Secret)));
        Assert.All(all, s => Assert.Null(s.Effort.DueFor("a")));
        Effort failed = all[0].Effort.Failed("b", Noon);
        await store.SaveAsync([(all[0].Id, failed), (all[2].Id, Effort.Told("b", Noon))], Stop);
        await store.ApplyAsync(one with { Secret = "new", Lease = TimeSpan.FromHours(2), Version = "b" }, Noon, Stop);

        ImmutableArray<HubSubscription> renewed = await store.ListAsync(Noon + TimeSpan.FromHours(1), Stop);
        Assert.Equal([all[0] with { Secret = "new", Effort = failed }, all[2] with { Effort = Effort.Told("b", Noon) }], renewed);
        Assert.Equal(1, await store.EndLeasesAsync(Noon + TimeSpan.FromHours(1), Stop));
        await store.ApplyAsync(one with { Mode = HubMode.Unsubscribe }, Noon, Stop);
        Assert.Equal([all[2].Id], (await store.ListAsync(Noon, Stop)).Select(s => s.Id));
        await store.EndAsync([all[2].Id, 999], Stop);
        Assert.Empty(await store.ListAsync(Noon, Stop));
    }
}
