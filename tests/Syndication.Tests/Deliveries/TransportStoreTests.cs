using Syndication.Deliveries;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class TransportStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatATransportTookIsKnownAfterARestart(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        TransportStore store = new(database);
        DateTimeOffset first = place.Time.GetUtcNow();
        RateLimit limit = new(new RelayLimits { PerDay = 10 }, new WarmUpOptions());
        Assert.Equal(new TransportUse(null, null), await store.LoadAsync("a:25", Stop));

        for (int i = 0; i < 2; i++)
        {
            limit.Take(first + TimeSpan.FromHours(i), 3);
            await database.WriteAsync(
                async transaction =>
                {
                    await TransportStore.SaveAsync(transaction, "a:25", limit, Stop);
                    return 0;
                },
                Stop);
        }

        TransportUse use = await store.LoadAsync("a:25", Stop);
        Assert.Equal(first, use.FirstSent);
        Assert.Equal(4, new RateLimit(new RelayLimits { PerDay = 10 }, new WarmUpOptions(), use.Windows, use.FirstSent).Room(first + TimeSpan.FromHours(2)));
        Assert.Equal(new TransportUse(null, null), await store.LoadAsync("A:25", Stop));
    }

    [Fact]
    public async Task WhatWasUndoneWasNotTaken()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        RateLimit limit = new(new RelayLimits(), new WarmUpOptions());
        limit.Take(place.Time.GetUtcNow(), 3);

        await Assert.ThrowsAsync<FormatException>(() => database.WriteAsync<int>(
            async transaction =>
            {
                await TransportStore.SaveAsync(transaction, "a:25", limit, Stop);
                throw new FormatException();
            },
            Stop));

        Assert.Null((await new TransportStore(database).LoadAsync("a:25", Stop)).Windows);
    }
}
