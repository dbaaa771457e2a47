using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

/// <summary>One process at a time sends from a database, and knows when it cannot be sure of that any more.</summary>
public sealed class InstanceHoldTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OneHasItUntilItLeaves(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database other = await place.OpenAsync();
        await using (Database database = await place.OpenAsync())
        await using (InstanceHold? hold = await database.TryTakeInstanceAsync(Stop))
        {
            Assert.True(await hold!.LookAsync(Stop));
            Assert.Null(await other.TryTakeInstanceAsync(Stop));
            Assert.False(hold.IsLost);
        }

        await using InstanceHold? next = await other.TryTakeInstanceAsync(Stop);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task WithTheConnectionThatHoldsItItIsLostForGood()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using Database database = await place.OpenAsync();
        await using InstanceHold? hold = await database.TryTakeInstanceAsync(Stop);
        Assert.True(await hold!.LookAsync(Stop));

        await database.ReadAsync(
            c => TestSql.ScalarAsync(
                c, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"),
            Stop);

        Assert.False(await hold.LookAsync(Stop));
        Assert.True(hold.IsLost);
        await using InstanceHold? next = await database.TryTakeInstanceAsync(Stop);
        Assert.NotNull(next);
        Assert.False(await hold.LookAsync(Stop));
    }
}
