using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

/// <summary>What holds on both engines.</summary>
public sealed class DatabaseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task SeveralThatMigrateAtOnceAllSucceed(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);

        Database[] opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => place.OpenAsync(), Stop)));

        foreach (Database database in opened)
        {
            Assert.Equal(Migrator.NamesFor(database.Dialect), await JournalAsync(database));
            await database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task BetweenChunksAnotherProcessGetsItsTurn(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database busy = await place.OpenAsync();
        await using Database other = await place.OpenAsync(DatabaseUse.Existing);
        await ExecuteAsync(busy, "create table work (n integer)");
        Task<int>? turn = null;
        int chunks = 0;
        do
        {
            await busy.WriteChunkAsync(
                async transaction =>
                {
                    // The other one asks while this one has the lock.
                    await TestSql.ExecuteAsync(transaction, "insert into work values (1)");
                    turn ??= Task.Run(() => other.WriteAsync(t => TestSql.ExecuteAsync(t, "insert into work values (2)"), Stop), Stop);
                    await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Stop);
                    return 0;
                },
                Stop);
            chunks++;
        }
        while (!turn!.IsCompleted);

        Assert.Equal(1, await turn);
        Assert.InRange(chunks, 1, 100);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, DatabaseUse.Serve)]
    [InlineData(TestEngine.Sqlite, DatabaseUse.ReadOnly)]
    [InlineData(TestEngine.Postgres, DatabaseUse.Serve)]
    [InlineData(TestEngine.Postgres, DatabaseUse.Existing)]
    internal async Task ADatabaseOfALaterVersionIsRefused(TestEngine engine, DatabaseUse use)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using (Database database = await place.OpenAsync())
        {
            await ExecuteAsync(database, "insert into schemaversions (scriptname, applied) values ('9999_later', current_timestamp)");
        }

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(use));

        Assert.Equal(StorageError.Newer, failure.Error);
        Assert.Contains("later version", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OnlyServeBringsAnOlderDatabaseUpToDate(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using (Database database = await place.OpenAsync())
        {
            await MakeOlderAsync(database);
        }

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(DatabaseUse.Existing));
        Assert.Equal(StorageError.Older, failure.Error);

        await using Database migrated = await place.OpenAsync(DatabaseUse.Serve);
        Assert.Equal(Migrator.NamesFor(migrated.Dialect), await JournalAsync(migrated));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMigrationThatFailsChangesNothingAndNamesItself(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using (Database database = await place.OpenAsync())
        {
            await MakeOlderAsync(database);
            await ExecuteAsync(database, "create table feeds (strange int)");
        }

        for (int attempt = 0; attempt < 2; attempt++)
        {
            StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync());
            Assert.Equal(StorageError.Broken, failure.Error);
            Assert.Contains(": migration 0002_feeds: ", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failure.Message);
        }

        StorageException afterwards = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(DatabaseUse.Existing));
        Assert.Equal(StorageError.Older, afterwards.Error);
        Assert.Empty(Directory.GetFiles(place.Folder, "*.db", SearchOption.AllDirectories).Except([place.File]));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, DatabaseUse.ReadOnly)]
    [InlineData(TestEngine.Sqlite, DatabaseUse.Existing)]
    [InlineData(TestEngine.Sqlite, DatabaseUse.BackUp)]
    [InlineData(TestEngine.Postgres, DatabaseUse.ReadOnly)]
    [InlineData(TestEngine.Postgres, DatabaseUse.Existing)]
    internal async Task NoUseButServeCreatesADatabase(TestEngine engine, DatabaseUse use)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(use));

        Assert.Equal(StorageError.Missing, failure.Error);
        Assert.Contains("syndication serve", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(place.Folder));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ReadOnlyIsKeptByTheEngine(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await (await place.OpenAsync()).DisposeAsync();
        await using Database database = await place.OpenAsync(DatabaseUse.ReadOnly);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => ExecuteAsync(database, "insert into scan_facts values ('x', 1)"));

        Assert.Equal(StorageError.NotWritable, failure.Error);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AWriteThatFailsHalfwayIsUndone(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            async transaction =>
            {
                await TestSql.ExecuteAsync(transaction, "insert into scan_facts values ('x', 1)");
                throw new InvalidOperationException();
            },
            Stop));

        Assert.Equal(0L, await database.ReadAsync(c => TestSql.ScalarAsync(c, "select count(*) from scan_facts"), Stop));
    }

    private static Task<int> ExecuteAsync(Database database, string sql) =>
        database.WriteAsync(t => TestSql.ExecuteAsync(t, sql), Stop);

    private static Task<List<string>> JournalAsync(Database database) =>
        database.ReadAsync(c => TestSql.TextsAsync(c, "select scriptname from schemaversions order by scriptname"), Stop);

    internal static Task<int> MakeOlderAsync(Database database) => database.WriteAsync(
        async t =>
        {
            await TestSql.ExecuteAsync(t, "drop table feeds");
            return await TestSql.ExecuteAsync(t, "delete from schemaversions where scriptname = '0002_feeds'");
        },
        Stop);
}
