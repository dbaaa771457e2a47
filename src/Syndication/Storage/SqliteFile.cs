using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace Syndication.Storage;

/// <summary>SQLite in one file, in WAL mode: readers never wait, one writer at a time, a commit is on the disk when it returns.</summary>
internal sealed class SqliteFile(string folder, DatabaseUse use, TimeProvider time) : DatabaseEngine
{
    /// <summary>How long to wait for the writer of another process, in seconds.</summary>
    private const int Patience = 10;

    /// <summary>So many connections are kept at most while nobody uses them.</summary>
    private const int MostKept = 8;

    private readonly ConcurrentBag<SqliteSession> _kept = [];
    private volatile bool _isDisposed;
    private readonly string _file = Path.GetFullPath(Path.Combine(folder, "syndication.db"));
    private string _connection = "";

    public override string Name => _file;

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override int Writers => 1;

    /// <summary>A lock on a file beside the database, which the system drops with the process.</summary>
    public override Task<InstanceHold?> TryTakeInstanceAsync(CancellationToken stop)
    {
        FileStreamOptions alone = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            alone.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return Task.FromResult<InstanceHold?>(new InstanceHold(new FileStream(_file + ".serve", alone), proof: null));
        }
        catch (IOException)
        {
            return Task.FromResult<InstanceHold?>(null);
        }
    }

    public override async Task FindAsync(CancellationToken stop)
    {
        _connection = Address(_file, SqliteOpenMode.ReadWrite);
        if (use == DatabaseUse.Serve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            PrivateFile.Create(_file);
            await UseWriteAheadLogAsync(stop);
        }
        else if (!File.Exists(_file))
        {
            throw new StorageException(StorageError.Missing, $"{_file}: there is no database; `syndication serve` creates it");
        }
        else if (use != DatabaseUse.Existing)
        {
            _connection = await AddressForReadingAsync(stop);
        }
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken stop)
    {
        if (!_kept.TryTake(out SqliteSession? session))
        {
            session = await OpenAsync(new SqliteSession(_connection, TryKeep), stop);
            session.IsOfUse = true;
        }

        return session;
    }

    /// <summary>The driver begins every serializable transaction as "begin immediate", so a write never has to give way halfway.</summary>
    public override async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken stop) =>
        await connection.BeginTransactionAsync(IsolationLevel.Serializable, stop);

    public override async Task MigrateAsync(CancellationToken stop)
    {
        // One transaction on one connection, begun by hand because DbUp's commands know of no transaction object. It keeps other
        // processes out, and closing the connection undoes it when anything fails.
        await using SqliteConnection connection = await OpenAsync(Address(_file, SqliteOpenMode.ReadWrite), stop);
        await ExecuteAsync(connection, "begin immediate", stop);
        SchemaState state = await Migrator.StateAsync(connection, Dialect, stop);
        if (state == SchemaState.Newer)
        {
            throw Database.Newer(Name);
        }

        string? copy = state == SchemaState.Older ? await KeepCopyAsync(stop) : null;
        try
        {
            Migrator.Upgrade(DeployChanges.To.SqliteDatabase(new SharedConnection(connection)).WithoutTransaction(), Dialect, Name);
            await ExecuteAsync(connection, "commit", stop);
        }
        catch when (copy is not null)
        {
            // Nothing has changed, and a service that is started again and again must not fill the disk with copies.
            DeleteIfPossible(copy);
            throw;
        }
    }

    public override async Task BackUpAsync(string file, CancellationToken stop)
    {
        string target = Path.GetFullPath(file);
        if (Path.Exists(target))
        {
            throw new StorageException(StorageError.Refused, $"{target}: is there already; a backup replaces no file");
        }

        string partial = target + ".partial";
        try
        {
            File.Delete(partial);
            PrivateFile.Create(partial);
            await CopyAsync(partial, stop);
            File.Move(partial, target);
            FolderSync.Now(Path.GetDirectoryName(target)!);
        }
        catch (Exception e)
        {
            DeleteIfPossible(partial);
            if (StorageFailures.Translate(e, $"backup of {_file} to {target}") is StorageException failure)
            {
                throw failure;
            }

            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        // Closing the last connection also takes away the -wal and -shm files.
        _isDisposed = true;
        while (_kept.TryTake(out SqliteSession? kept))
        {
            kept.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private bool TryKeep(SqliteSession session)
    {
        if (_isDisposed || _kept.Count >= MostKept)
        {
            return false;
        }

        _kept.Add(session);
        return true;
    }

    private static string Address(string source, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = source,
        Mode = mode,
        ForeignKeys = true,
        DefaultTimeout = Patience,
        Pooling = false,
    }.ConnectionString;

    /// <summary>
    /// How to read without leaving a trace. A read-only connection leaves -wal and -shm files behind where there are none; one that
    /// may write takes its own away again, but would also empty a log left by a crash. So: by what is there. Where the folder is not
    /// writable and there is no log, nobody can be writing, and the file is read as it is.
    /// </summary>
    private async Task<string> AddressForReadingAsync(CancellationToken stop)
    {
        if (new FileInfo(_file + "-wal") is { Exists: true, Length: > 0 })
        {
            return Address(_file, SqliteOpenMode.ReadOnly);
        }

        try
        {
            await using SqliteConnection attempt = await OpenAsync(Address(_file, SqliteOpenMode.ReadWrite), stop);
            await ExecuteAsync(attempt, "select count(*) from sqlite_master", stop);
            return Address(_file, SqliteOpenMode.ReadWrite);
        }
        catch (SqliteException e) when (StorageFailures.Translate(e, _file) is { Error: StorageError.NotWritable })
        {
            return Address(new Uri(_file).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly);
        }
    }

    private Task<SqliteConnection> OpenAsync(string address, CancellationToken stop) => OpenAsync(new SqliteConnection(address), stop);

    private async Task<T> OpenAsync<T>(T connection, CancellationToken stop)
        where T : SqliteConnection
    {
        try
        {
            await connection.OpenAsync(stop);
            bool reads = use is DatabaseUse.ReadOnly or DatabaseUse.BackUp;
            await ExecuteAsync(connection, $"pragma busy_timeout = {Patience}000; pragma synchronous = full; pragma query_only = {reads}", stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task UseWriteAheadLogAsync(CancellationToken stop)
    {
        await using SqliteConnection connection = await OpenAsync(_connection, stop);
        object? mode = await ExecuteAsync(connection, "pragma journal_mode = wal", stop);
        if (mode is not "wal")
        {
            throw new StorageException(
                StorageError.NotWritable, $"{_file}: its disk cannot hold a write-ahead log (a network drive?); --data names another folder");
        }
    }

    /// <summary>Copies the database as it is before a migration, seen by another connection than the one that migrates.</summary>
    private async Task<string> KeepCopyAsync(CancellationToken stop)
    {
        string backups = Path.Combine(Path.GetDirectoryName(_file)!, "backup");
        Directory.CreateDirectory(backups);
        string stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string copy = Path.Combine(backups, $"syndication-{stamp}.db");
        await BackUpAsync(copy, stop);
        return copy;
    }

    private async Task CopyAsync(string file, CancellationToken stop)
    {
        await using SqliteConnection source = await OpenAsync(_connection, stop);
        await using SqliteConnection copy = new(Address(file, SqliteOpenMode.ReadWrite));
        await copy.OpenAsync(stop);
        await Task.Run(() => source.BackupDatabase(copy), stop);
        // Without a log of its own the copy is whole in this one file, wherever it is put.
        await ExecuteAsync(copy, "pragma journal_mode = delete", stop);
    }

    private static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql, CancellationToken stop)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(stop);
    }

    private static void DeleteIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What kept the backup from being written keeps it from being taken away; the next backup does that.
        }
    }
}
