using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Ledger;

public sealed class LedgerStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OneEditionIsOneRowForEachSubscriberWhateverTheMarksSay(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        Assert.Equal(2, await place.PlanAsync(edition: 1, Move(10, from: 0, to: 3), Move(11, from: 0, to: 3)));
        await place.ExecuteAsync("update marks set number = 0");

        Assert.Equal(1, await place.PlanAsync(edition: 1, Move(10, from: 0, to: 3), Move(12, from: 0, to: 3)));

        Assert.Equal(3, (await place.Ledger.CountAsync(1, Stop)).All);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMarkThatMovedMeanwhileMakesNoRow(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 3));

        Assert.Equal(0, await place.PlanAsync(edition: 2, Move(10, from: 0, to: 4)));
        Assert.Equal(1, await place.PlanAsync(edition: 2, Move(10, from: 3, to: 4)));

        Assert.Equal(4, await place.NumberAsync("select number from marks where subscription = 10"));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheMarkMovesWhenNothingMatchesAndMakesNoRow(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);

        Assert.Equal(0, await place.PlanAsync(edition: 1, Move(10, from: 0, to: 3) with { Variant = null }));

        Assert.Equal(3, await place.NumberAsync("select number from marks where subscription = 10"));
        Assert.Equal(0, (await place.Ledger.CountAsync(1, Stop)).All);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatIsOwedIsOwedUntilAnEditionTakesIt(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.WriteAsync(async t =>
        {
            await place.Ledger.OweAsync(t, [(10, 2), (10, 5), (11, 2), (10, 2), (12, 9)], Stop);
            return true;
        });
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 3) with { Settled = [2] }, Move(12, from: 7, to: 9) with { Settled = [9] });

        // The mark of 12 was not where the choice was made: nothing was planned, and it is owed still.
        Assert.Equal(3, await place.NumberAsync("select count(*) from owed"));
        Assert.Equal(3, await place.NumberAsync("select count(*) from owed where (subscription, number) in (values (10, 5), (11, 2), (12, 9))"));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARowIsLeasedToOneUntilTheLeaseEnds(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1), Move(11, from: 0, to: 1));
        ImmutableArray<ClaimedDelivery> first = await place.Ledger.ClaimAsync("one", Noon, Noon.AddMinutes(10), 10, Stop);
        Assert.Equal(2, first.Length);

        Assert.Empty(await place.Ledger.ClaimAsync("two", Noon.AddMinutes(9), Noon.AddMinutes(20), 10, Stop));
        Assert.Equal(2, (await place.Ledger.ClaimAsync("two", Noon.AddMinutes(10), Noon.AddMinutes(20), 10, Stop)).Length);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OnlyTheHolderOfTheLeaseSetsARowOnTheWireAndOnlyOnce(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1));
        long id = (await place.Ledger.ClaimAsync("one", Noon, Noon.AddMinutes(10), 10, Stop))[0].Id;

        Assert.Empty(await place.WriteAsync(t => place.Ledger.Rows.MarkAsync(t, "two", [id], Noon, Stop)));
        Assert.Equal([id], await place.WriteAsync(t => place.Ledger.Rows.MarkAsync(t, "one", [id], Noon, Stop)));
        Assert.Empty(await place.WriteAsync(t => place.Ledger.Rows.MarkAsync(t, "one", [id], Noon, Stop)));
        Assert.Empty(await place.Ledger.ClaimAsync("two", Noon.AddDays(1), Noon.AddDays(2), 10, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ManyDispatchersAtOnceShareTheRows(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, [.. Enumerable.Range(1, 200).Select(i => Move(i, from: 0, to: 1))]);

        ImmutableArray<ClaimedDelivery>[] claims = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => place.Ledger.ClaimAsync($"node {i}", Noon, Noon.AddMinutes(10), 40, Stop)));

        long[] ids = [.. claims.SelectMany(c => c).Select(c => c.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.InRange(ids.Length, 160, 200);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 40, 36, 4)]
    [InlineData(TestEngine.Postgres, 40, 36, 4)]
    [InlineData(TestEngine.Sqlite, 120, 60, 60)]
    [InlineData(TestEngine.Postgres, 120, 60, 60)]
    public async Task EachEditionGetsAShareHoweverManyRowsOfAnotherAreDueBefore(TestEngine engine, int limit, int first, int second)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, [.. Enumerable.Range(1, 200).Select(i => Move(i, from: 0, to: 1))]);
        await place.PlanAsync(edition: 2, [.. Enumerable.Range(301, second).Select(i => Move(i, from: 0, to: 2) with { DueAt = Noon.AddMinutes(1) })]);

        ImmutableArray<ClaimedDelivery> claimed = await place.Ledger.ClaimAsync("one", Noon.AddMinutes(1), Noon.AddMinutes(10), limit, Stop);

        Assert.Equal((first, second), (claimed.Count(c => c.EditionId == 1), claimed.Count(c => c.EditionId == 2)));
        Assert.Equal(limit, claimed.DistinctBy(c => c.Id).Count());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task RowsOfOneTextAreTakenOneAfterTheOther(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, [.. Enumerable.Range(1, 9).Select(i => Move(i, from: 0, to: 1) with { Variant = 1 + (i % 3) })]);

        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], (await place.Ledger.ClaimAsync("one", Noon, Noon.AddMinutes(10), 40, Stop)).Select(c => c.Variant));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ADeferredRowComesBackAtItsTimeWithItsAttemptsCounted(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1));
        long id = await place.OnWireAsync();
        await place.FinishAsync(new FinishedDelivery(id, DeliveryStatus.Deferred, Noon.AddHours(1), "451 later"));

        Assert.Empty(await place.Ledger.ClaimAsync("one", Noon.AddMinutes(59), Noon.AddHours(2), 10, Stop));
        ClaimedDelivery again = Assert.Single(await place.Ledger.ClaimAsync("one", Noon.AddHours(1), Noon.AddHours(2), 10, Stop));

        Assert.Equal((1, Noon), (again.Attempts, again.FirstAttempt));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatAProcessThatDiedHadOnTheWireIsUncertainAndItsLeasesEnd(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1));
        long id = await place.OnWireAsync();
        await place.PlanAsync(edition: 2, Move(11, from: 0, to: 1));
        await place.Ledger.ClaimAsync("one", Noon, Noon.AddHours(1), 10, Stop);

        Assert.Equal(1, await place.Ledger.Rows.RecoverAsync(Noon, Stop));

        UncertainDelivery uncertain = Assert.Single(await place.Ledger.UncertainAsync(Stop));
        Assert.Equal((id, 1L, 1010L), (uncertain.Id, uncertain.EditionId, uncertain.SubscriberId));
        Assert.Equal(2, Assert.Single(await place.Ledger.ClaimAsync("two", Noon, Noon.AddHours(1), 10, Stop)).EditionId);
        Assert.Equal(1, await place.Ledger.Rows.RequeueUncertainAsync(Noon, Stop));
        Assert.Equal(1, Assert.Single(await place.Ledger.ClaimAsync("two", Noon, Noon.AddHours(1), 10, Stop)).EditionId);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CancellingEndsWhatIsNotOnTheWire(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1));
        long onWire = await place.OnWireAsync();
        await place.PlanAsync(edition: 1, Move(11, from: 0, to: 1));

        CancelledDelivery cancelled = Assert.Single(await place.WriteAsync(t => LedgerStore.CancelAsync(t, 1, 10, Noon, Stop)));

        Assert.Equal(new CancelledDelivery(11, 1, MayHaveArrived: false), cancelled);
        await place.FinishAsync(new FinishedDelivery(onWire, DeliveryStatus.Sent, Noon, "250 ok"));
        DeliveryCounts counts = await place.Ledger.CountAsync(1, Stop);
        Assert.Equal((1L, 1L, 2L), (counts.Sent, counts.Cancelled, counts.All));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnOutcomeIsRecordedOnceByTheHolderOfTheLeaseAndOnlyOfARowOnTheWire(TestEngine engine)
    {
        await using Place place = await Place.CreateAsync(engine);
        await place.PlanAsync(edition: 1, Move(10, from: 0, to: 1));
        long id = await place.OnWireAsync();

        Assert.Equal(0, await place.FinishAsync(new FinishedDelivery(id, DeliveryStatus.Deferred, Noon, "451 later"), owner: "two"));
        Assert.Equal(1, await place.FinishAsync(new FinishedDelivery(id, DeliveryStatus.Sent, Noon, "250 ok")));
        Assert.Equal(0, await place.FinishAsync(new FinishedDelivery(id, DeliveryStatus.Failed, Noon, "550 no")));

        Assert.Equal(1, (await place.Ledger.CountAsync(1, Stop)).Sent);
    }

    /// <summary>A subscription's move to a number; the subscriber's id is a thousand higher.</summary>
    private static PlannedMove Move(long subscription, long from, long to) => new(subscription, subscription + 1000, from, to, 1, Noon);

    private sealed class Place(TestDatabase home, Database database) : IAsyncDisposable
    {
        public LedgerStore Ledger { get; } = new(database);

        public static async Task<Place> CreateAsync(TestEngine engine)
        {
            TestDatabase home = await TestDatabase.CreateAsync(engine);
            return new Place(home, await home.OpenAsync());
        }

        public Task<T> WriteAsync<T>(Func<System.Data.Common.DbTransaction, Task<T>> work) => database.WriteAsync(work, Stop);

        public Task<int> ExecuteAsync(string sql) => WriteAsync(t => TestSql.ExecuteAsync(t, sql));

        public async Task<long> NumberAsync(string sql) =>
            Convert.ToInt64(await database.ReadAsync(c => TestSql.ScalarAsync(c, sql), Stop), System.Globalization.CultureInfo.InvariantCulture);

        public Task<int> PlanAsync(long edition, params PlannedMove[] moves) => WriteAsync(t => Ledger.PlanAsync(t, edition, moves, Noon, Stop));

        /// <summary>Leases one row and sets it on the wire; gives its id.</summary>
        public async Task<long> OnWireAsync()
        {
            long id = Assert.Single(await Ledger.ClaimAsync("one", Noon, Noon.AddMinutes(10), 1, Stop)).Id;
            Assert.Equal([id], await WriteAsync(t => Ledger.Rows.MarkAsync(t, "one", [id], Noon, Stop)));
            return id;
        }

        public async Task<int> FinishAsync(FinishedDelivery finished, string owner = "one") =>
            (await WriteAsync(t => Ledger.Rows.FinishAsync(t, owner, [finished], Noon, Stop))).Count;

        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await home.DisposeAsync();
        }
    }
}
