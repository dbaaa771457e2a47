using System.Data.Common;
using Syndication.Posts;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

public sealed class SqliteFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACommitIsOnTheDiskAndWaitsForNoReader()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();

        Assert.Equal("wal", await ScalarAsync(database, "pragma journal_mode"));
        Assert.Equal(2L, await ScalarAsync(database, "pragma synchronous"));
        Assert.Equal(1L, await ScalarAsync(database, "pragma foreign_keys"));
        Assert.Equal(10_000L, await ScalarAsync(database, "pragma busy_timeout"));
    }

    [Fact]
    public async Task NobodyElseMayReadTheFile()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such rights");
            return;
        }

        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        await database.BackUpAsync(Path.Combine(place.Folder, "copy.db"), Stop);

        foreach (string file in Directory.GetFiles(place.Folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData(DatabaseUse.ReadOnly)]
    [InlineData(DatabaseUse.BackUp)]
    internal async Task ReadingADatabaseAtRestLeavesNoTrace(DatabaseUse use)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await (await place.OpenAsync()).DisposeAsync();
        byte[] before = await File.ReadAllBytesAsync(place.File, Stop);
        DateTime written = File.GetLastWriteTimeUtc(place.File);

        await using (Database database = await place.OpenAsync(use))
        {
            Assert.Equal(0L, await ScalarAsync(database, "select count(*) from posts"));
        }

        Assert.Equal([place.File], Directory.GetFileSystemEntries(place.Folder));
        Assert.Equal(before, await File.ReadAllBytesAsync(place.File, Stop));
        Assert.Equal(written, File.GetLastWriteTimeUtc(place.File));
    }

    /// <summary>Root may write everywhere; the test then shows only that rights do not matter to it.</summary>
    [Theory]
    [InlineData(DatabaseUse.ReadOnly, null)]
    [InlineData(DatabaseUse.Serve, StorageError.NotWritable)]
    internal async Task AFolderWithoutTheRightToWriteIsReadAllTheSame(DatabaseUse use, StorageError? error)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await (await place.OpenAsync()).DisposeAsync();
        UnixFileMode before = File.GetUnixFileMode(place.Folder);
        File.SetUnixFileMode(place.File, UnixFileMode.UserRead);
        File.SetUnixFileMode(place.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await using Database database = await place.OpenAsync(use);
            Assert.Equal(0L, await ScalarAsync(database, "select count(*) from posts"));
            Assert.True(error is null || Environment.IsPrivilegedProcess);
        }
        catch (StorageException failure)
        {
            Assert.Equal(error, failure.Error);
        }
        finally
        {
            File.SetUnixFileMode(place.Folder, before);
        }
    }

    [Fact]
    public async Task ReadingBesideAServeSeesItsLastCommitAndLeavesItsLogAlone()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database serve = await place.OpenAsync();
        await new PostStore(serve).SaveLastCompletedScanAsync(place.Time.GetUtcNow(), Stop);
        byte[] log = await ReadSharedAsync(place.File + "-wal");

        await using (Database reader = await place.OpenAsync(DatabaseUse.ReadOnly))
        {
            Assert.Equal(place.Time.GetUtcNow(), await new PostStore(reader).LoadLastCompletedScanAsync(Stop));
        }

        Assert.Equal(log, await ReadSharedAsync(place.File + "-wal"));
    }

    [Fact]
    public async Task TheLogThatACrashLeftIsReadAndLeftAsItIs()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using TestDatabase crashed = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database serve = await place.OpenAsync();
        await new PostStore(serve).SaveLastCompletedScanAsync(place.Time.GetUtcNow(), Stop);
        foreach (string ending in new[] { "", "-wal", "-shm" })
        {
            await File.WriteAllBytesAsync(crashed.File + ending, await ReadSharedAsync(place.File + ending), Stop);
        }

        await using (Database reader = await crashed.OpenAsync(DatabaseUse.ReadOnly))
        {
            Assert.Equal(place.Time.GetUtcNow(), await new PostStore(reader).LoadLastCompletedScanAsync(Stop));
        }

        Assert.Equal(3, Directory.GetFileSystemEntries(crashed.Folder).Length);
        Assert.Equal(await ReadSharedAsync(place.File), await File.ReadAllBytesAsync(crashed.File, Stop));
        Assert.Equal(await ReadSharedAsync(place.File + "-wal"), await File.ReadAllBytesAsync(crashed.File + "-wal", Stop));
    }

    [Theory]
    [InlineData(DatabaseUse.Serve)]
    [InlineData(DatabaseUse.Existing)]
    [InlineData(DatabaseUse.ReadOnly)]
    internal async Task AFileThatIsNoDatabaseIsSaidToBeNone(DatabaseUse use)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        string text = string.Concat(Enumerable.Repeat("This is a letter to my aunt. ", 200));
        await File.WriteAllTextAsync(place.File, text, Stop);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(use));

        Assert.Equal(StorageError.Broken, failure.Error);
        Assert.Equal($"{place.File}: is not an SQLite database", failure.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(place.File, Stop));
    }

    [Fact]
    public async Task ADamagedDatabaseIsSaidToBeDamaged()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await (await place.OpenAsync()).DisposeAsync();
        byte[] bytes = await File.ReadAllBytesAsync(place.File, Stop);
        bytes.AsSpan(100).Fill(0x5A);
        await File.WriteAllBytesAsync(place.File, bytes, Stop);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync());

        Assert.Equal(StorageError.Broken, failure.Error);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsOneClearLine()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        string file = Path.Combine(place.Folder, "file");
        await File.WriteAllTextAsync(file, "", Stop);
        place.Options.Data = Path.Combine(file, "data");

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync());

        Assert.Equal(StorageError.NotWritable, failure.Error);
        Assert.StartsWith(Path.Combine(place.Options.Data, "syndication.db"), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task AFullDiskFailsTheWriteAndKeepsWhatWasThere()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        await store.SaveLastCompletedScanAsync(place.Time.GetUtcNow(), Stop);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => database.WriteAsync(
            async transaction =>
            {
                await TestSql.ExecuteAsync(transaction, "pragma max_page_count = 1");
                return await TestSql.ExecuteAsync(
                    transaction,
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9999) insert into scan_facts select 'x' || i, i from n");
            },
            Stop));

        Assert.Equal(StorageError.DiskFull, failure.Error);
        Assert.Equal(place.Time.GetUtcNow(), await store.LoadLastCompletedScanAsync(Stop));
    }

    [Fact]
    public async Task BeforeAMigrationTheDatabaseIsCopied()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using (Database database = await place.OpenAsync())
        {
            await new PostStore(database).SaveLastCompletedScanAsync(place.Time.GetUtcNow(), Stop);
            await DatabaseTests.MakeOlderAsync(database);
        }

        await (await place.OpenAsync()).DisposeAsync();

        string copies = Path.Combine(place.Folder, "backup");
        string copy = Assert.Single(Directory.GetFileSystemEntries(copies));
        Assert.Equal("syndication-20260301T120000Z.db", Path.GetFileName(copy));
        File.Move(copy, Path.Combine(copies, "syndication.db"));
        place.Options.Data = copies;
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => place.OpenAsync(DatabaseUse.Existing));
        Assert.Equal(StorageError.Older, failure.Error);
        await using Database restored = await place.OpenAsync();
        Assert.Equal(place.Time.GetUtcNow(), await new PostStore(restored).LoadLastCompletedScanAsync(Stop));
    }

    [Fact]
    public async Task ABackupWhileOthersWriteIsOneMomentOfTheDatabase()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database serve = await place.OpenAsync();
        await using Database command = await place.OpenAsync(DatabaseUse.BackUp);
        string[] files = [.. Enumerable.Range(0, 5).Select(i => Path.Combine(place.Folder, $"copy {i}", "syndication.db"))];
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        // Two rows that are only ever written together must be equal in every copy.
        Task writing = Task.Run(
            async () =>
            {
                for (int i = 0; !done.IsCancellationRequested; i++)
                {
                    await serve.WriteAsync(
                        t => TestSql.ExecuteAsync(t, $"insert into scan_facts values ('a', {i}), ('b', {i}) on conflict (name) do update set instant = {i}"),
                        Stop);
                }
            },
            Stop);
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await command.BackUpAsync(file, Stop);
        }

        await done.CancelAsync();
        await writing;

        foreach (string file in files)
        {
            Assert.Equal([file], Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!));
            place.Options.Data = Path.GetDirectoryName(file)!;
            await using Database copy = await place.OpenAsync(DatabaseUse.ReadOnly);
            Assert.Equal("ok", await ScalarAsync(copy, "pragma integrity_check"));
            Assert.InRange((long)(await ScalarAsync(copy, "select count(distinct instant) from scan_facts"))!, 0, 1);
        }
    }

    [Fact]
    public async Task ABackupReplacesNoFile()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        string file = Path.Combine(place.Folder, "precious.txt");
        await File.WriteAllTextAsync(file, "precious", Stop);

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => database.BackUpAsync(file, Stop));

        Assert.Equal(StorageError.Refused, failure.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(file, Stop));
    }

    [Fact]
    public async Task ABackupIntoAFolderThatIsNotThereSaysSo()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        string file = Path.Combine(place.Folder, "nowhere", "copy.db");

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => database.BackUpAsync(file, Stop));

        Assert.Equal(StorageError.NotWritable, failure.Error);
        Assert.Equal($"backup of {place.File} to {file}: the folder does not exist", failure.Message);
    }

    private static Task<object?> ScalarAsync(Database database, string sql) =>
        database.ReadAsync((DbConnection c) => TestSql.ScalarAsync(c, sql), Stop);

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }
}
