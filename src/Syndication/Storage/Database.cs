using System.Data.Common;
using System.Diagnostics;

namespace Syndication.Storage;

/// <summary>
/// The one database of this process: SQLite or PostgreSQL. Stores read and write through it, and every failure that is not the
/// program's own comes out as a <see cref="StorageException"/>. Safe for any number of threads.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly DatabaseEngine _engine;
    private readonly SemaphoreSlim _writers;

    private Database(DatabaseEngine engine)
    {
        _engine = engine;
        _writers = new SemaphoreSlim(engine.Writers);
    }

    /// <summary>The database as a person would name it; without secrets.</summary>
    public string Name => _engine.Name;

    public SqlDialect Dialect => _engine.Dialect;

    /// <summary>
    /// Opens the database as the use allows; one that is missing, older, newer or broken throws. The time dates the copy that is made
    /// before a migration.
    /// </summary>
    public static async Task<Database> OpenAsync(StorageOptions options, DatabaseUse use, TimeProvider time, CancellationToken stop)
    {
        Database database = new(options.Connection.Length == 0
            ? new SqliteFile(options.Data, use, time)
            : new PostgresServer(options.Connection, use));
        try
        {
            await database.GuardAsync(() => database.PrepareAsync(use, stop));
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs queries on a connection of their own.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken stop) => GuardAsync(async () =>
    {
        await using DbConnection connection = await _engine.ConnectAsync(stop);
        return await work(connection);
    });

    /// <summary>Runs statements in one transaction, which is committed when the work returns and undone when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop)
    {
        // SQLite has one writer; waiting here in turn is fairer and cheaper than polling its lock.
        await _writers.WaitAsync(stop);
        try
        {
            return await GuardAsync(async () =>
            {
                await using DbConnection connection = await _engine.ConnectAsync(stop);
                await using DbTransaction transaction = await _engine.BeginAsync(connection, stop);
                T result = await work(transaction);
                await transaction.CommitAsync(stop);
                return result;
            });
        }
        finally
        {
            _writers.Release();
        }
    }

    /// <summary>
    /// One of many transactions in a row, as <see cref="WriteAsync"/>, after which the database is left to others for as long as it took. Another
    /// process gets SQLite's lock only if it is free at the moment when that looks again (each 100 ms at last), and would wait for the last one.
    /// </summary>
    public async Task<T> WriteChunkAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop)
    {
        long began = 0;
        T result = await WriteAsync(
            transaction =>
            {
                began = Stopwatch.GetTimestamp();
                return work(transaction);
            },
            stop);

        // By the clock on the wall, as the others wait.
        await Task.Delay(Stopwatch.GetElapsedTime(began), TimeProvider.System, stop);
        return result;
    }

    /// <summary>
    /// Takes the database for one `serve`: null while another process has it. The operating system or the server gives it back when
    /// the process ends, however it ends.
    /// </summary>
    public Task<InstanceHold?> TryTakeInstanceAsync(CancellationToken stop) => GuardAsync(() => _engine.TryTakeInstanceAsync(stop));

    /// <summary>Copies the database into one file, consistently, while others write. An existing file is never replaced.</summary>
    public Task BackUpAsync(string file, CancellationToken stop) => _engine.BackUpAsync(file, stop);

    public async ValueTask DisposeAsync()
    {
        _writers.Dispose();
        await _engine.DisposeAsync();
    }

    private async Task<SchemaState> PrepareAsync(DatabaseUse use, CancellationToken stop)
    {
        await _engine.FindAsync(stop);
        if (use == DatabaseUse.BackUp)
        {
            return SchemaState.Current;
        }

        SchemaState state;
        await using (DbConnection connection = await _engine.ConnectAsync(stop))
        {
            state = await Migrator.StateAsync(connection, Dialect, stop);
        }

        if (use == DatabaseUse.Serve && state is SchemaState.Empty or SchemaState.Older)
        {
            await _engine.MigrateAsync(stop);
            return SchemaState.Current;
        }

        return Accept(state);
    }

    private SchemaState Accept(SchemaState state) => state switch
    {
        SchemaState.Empty => throw new StorageException(StorageError.Missing, $"{Name}: holds nothing yet; `syndication serve` fills it"),
        SchemaState.Older => throw new StorageException(
            StorageError.Older, $"{Name}: was made by an earlier version; `syndication serve` brings it up to date"),
        SchemaState.Newer => throw Newer(Name),
        _ => state,
    };

    internal static StorageException Newer(string name) =>
        new(StorageError.Newer, $"{name}: was migrated by a later version of Syndication; use that version, or put back a backup");

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (StorageFailures.Translate(e, Name) is StorageException failure)
        {
            throw failure;
        }
    }
}
