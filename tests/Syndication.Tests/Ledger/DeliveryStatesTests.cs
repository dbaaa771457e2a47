using System.Data.Common;
using System.Globalization;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Ledger;

/// <summary>Whatever the stores do to a row in whatever state, it makes only moves that the table allows.</summary>
public sealed class DeliveryStatesTests
{
    private const string Owner = "me";

    /// <summary>What each operation does to a row that it may touch; null = it moves none.</summary>
    private static readonly Dictionary<string, DeliveryStatus[]> Moves = new()
    {
        ["claim"] = [],
        ["mark"] = [DeliveryStatus.Queued, DeliveryStatus.Deferred],
        ["withdraw"] = [DeliveryStatus.Queued, DeliveryStatus.Deferred],
        ["refuse"] = [DeliveryStatus.Queued, DeliveryStatus.Deferred],
        ["finish Sent"] = [DeliveryStatus.Sending],
        ["finish Deferred"] = [DeliveryStatus.Sending],
        ["finish Failed"] = [DeliveryStatus.Sending],
        ["finish Uncertain"] = [DeliveryStatus.Sending],
        ["give back"] = [DeliveryStatus.Sending],
        ["release"] = [],
        ["begin anew"] = [DeliveryStatus.Failed],
        ["recover"] = [DeliveryStatus.Sending],
        ["requeue uncertain"] = [DeliveryStatus.Uncertain],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite, "deliveries")]
    [InlineData(TestEngine.Postgres, "deliveries")]
    [InlineData(TestEngine.Sqlite, "notices")]
    [InlineData(TestEngine.Postgres, "notices")]
    public async Task EveryStatementMakesOnlyLegalMoves(TestEngine engine, string table)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        LedgerStore ledger = new(database);
        QueueStore rows = table == "deliveries" ? ledger.Rows : new NoticeStore(database).Rows;
        DateTimeOffset now = place.Time.GetUtcNow();
        Dictionary<string, Func<long, Task>> operations = new(Operations(database, rows, now));
        Dictionary<string, DeliveryStatus[]> expected = new(Moves);
        if (table == "deliveries")
        {
            operations["claim"] = _ => ledger.ClaimAsync(Owner, now, now, 10, Stop);
            operations["cancel"] = id => database.WriteAsync(t => LedgerStore.CancelAsync(t, id, 10, now, Stop), Stop);
            operations["plan again"] = id => database.WriteAsync(t => ledger.PlanAsync(t, id, [new PlannedMove(1, 1, 0, 1, 1, now)], now, Stop), Stop);
            operations["go again"] = id => database.WriteAsync(t => new EndedStore(database).GoAgainAsync(t, id, [1], now, Stop), Stop);
            expected["go again"] = [DeliveryStatus.Failed, DeliveryStatus.Cancelled];
            expected["cancel"] = [DeliveryStatus.Queued, DeliveryStatus.Uncertain, DeliveryStatus.Deferred];
            expected["plan again"] = [];
        }
        else
        {
            operations["claim"] = _ => new NoticeStore(database).ClaimAsync(Owner, now, now, 10, Stop);
            operations["queue again"] = id => new NoticeStore(database).QueueAsync([new Notice { Key = $"key{id}", Kind = NoticeKind.Alert, Address = "a", Subject = "s", Lines = [] }], now, Stop);
            expected["queue again"] = [];
        }

        Assert.Equal(expected.Keys.Order(), operations.Keys.Order());
        long id = 0;
        foreach ((string name, Func<long, Task> operation) in operations)
        {
            foreach (DeliveryStatus from in Enum.GetValues<DeliveryStatus>())
            {
                await InsertAsync(database, table, ++id, from);
                await operation(id);
                DeliveryStatus to = await StatusAsync(database, table, id);

                Assert.True(from == to || DeliveryStates.MayMove(from, to), $"{name}: {from} -> {to}");
                Assert.True(from == to ^ expected[name].Contains(from), $"{name}: {from} -> {to}");
                await database.WriteAsync(t => TestSql.ExecuteAsync(t, $"delete from {table}"), Stop);
            }
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NobodyElsesLeaseIsTouched(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        QueueStore rows = new LedgerStore(database).Rows;
        DateTimeOffset now = place.Time.GetUtcNow();
        foreach (string name in (string[])["mark", "withdraw", "refuse", "release"])
        {
            await InsertAsync(database, "deliveries", 1, DeliveryStatus.Queued, owner: "other");
            await Operations(database, rows, now)[name](1);
            Assert.Equal(DeliveryStatus.Queued, await StatusAsync(database, "deliveries", 1));
            Assert.Equal(["other"], await database.ReadAsync(c => TestSql.TextsAsync(c, "select lease_owner from deliveries"), Stop));
            await database.WriteAsync(t => TestSql.ExecuteAsync(t, "delete from deliveries"), Stop);
        }
    }

    private static Dictionary<string, Func<long, Task>> Operations(Database database, QueueStore rows, DateTimeOffset now)
    {
        Task Write(Func<DbTransaction, Task<int>> work) => database.WriteAsync(work, Stop);
        Task Finish(long id, DeliveryStatus to, bool isGivenBack = false) =>
            database.WriteAsync(t => rows.FinishAsync(t, Owner, [new FinishedDelivery(id, to, now, "said") { IsGivenBack = isGivenBack }], now, Stop), Stop);
        return new()
        {
            ["mark"] = id => database.WriteAsync(t => rows.MarkAsync(t, Owner, [id], now, Stop), Stop),
            ["withdraw"] = id => database.WriteAsync(t => rows.WithdrawAsync(t, Owner, [id], now, Stop), Stop),
            ["refuse"] = id => database.WriteAsync(t => rows.RefuseAsync(t, Owner, [(id, "why")], now, Stop), Stop),
            ["finish Sent"] = id => Finish(id, DeliveryStatus.Sent),
            ["finish Deferred"] = id => Finish(id, DeliveryStatus.Deferred),
            ["finish Failed"] = id => Finish(id, DeliveryStatus.Failed),
            ["finish Uncertain"] = id => Finish(id, DeliveryStatus.Uncertain),
            ["give back"] = id => Finish(id, DeliveryStatus.Deferred, isGivenBack: true),
            ["release"] = id => rows.ReleaseAsync(Owner, [(id, now)], Stop),
            ["begin anew"] = id => Write(t => rows.BeginAnewAsync(t, [id], now, Stop)),
            ["recover"] = _ => rows.RecoverAsync(now, Stop),
            ["requeue uncertain"] = _ => rows.RequeueUncertainAsync(now, Stop),
        };
    }

    private static Task InsertAsync(Database database, string table, long id, DeliveryStatus status, string owner = Owner)
    {
        string[] own = table == "deliveries"
            ? ["edition, subscriber, subscription, variant", $"{id}, 1, 1, 1"]
            : ["key, kind, address, subject, lines, queued_at", $"'key{id}', 0, 'a', 's', '[]', 0"];
        return database.WriteAsync(
            t => TestSql.ExecuteAsync(t, string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into {table} (id, {own[0]}, status, due_at, attempts, first_attempt, lease_owner, lease_until, changed_at)
                {(database.Dialect == SqlDialect.Postgres ? "overriding system value" : "")} values ({id}, {own[1]}, {(int)status}, 0, 1, 1, '{owner}', 1, 0)
                """)),
            Stop);
    }

    private static async Task<DeliveryStatus> StatusAsync(Database database, string table, long id) => (DeliveryStatus)await database.ReadAsync(
        async c => Convert.ToInt32(await TestSql.ScalarAsync(c, string.Create(CultureInfo.InvariantCulture, $"select status from {table} where id = {id}")), null), Stop);
}
