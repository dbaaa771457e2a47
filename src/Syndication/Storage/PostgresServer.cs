using System.Data.Common;
using DbUp;
using DbUp.Postgresql;
using Npgsql;

namespace Syndication.Storage;

/// <summary>A database on a PostgreSQL server, shared by any number of nodes.</summary>
internal sealed class PostgresServer : DatabaseEngine
{
    /// <summary>Key of the advisory lock that a migrating node holds: "syndicat" in ASCII.</summary>
    private const long MigrationLock = 0x73796E6469636174;

    /// <summary>Key of the advisory lock that a serving process holds: "syndserv" in ASCII.</summary>
    private const long InstanceLock = 0x73796E6473657276;

    private readonly NpgsqlDataSource _source;

    public PostgresServer(string connection, DatabaseUse use)
    {
        NpgsqlConnectionStringBuilder address = Parse(connection);
        Name = $"PostgreSQL {address.Host}:{address.Port}/{address.Database ?? address.Username}";
        if (use is DatabaseUse.ReadOnly or DatabaseUse.BackUp)
        {
            address.Options = $"{address.Options} -c default_transaction_read_only=on".TrimStart();
        }

        address.ApplicationName ??= "syndication";
        _source = NpgsqlDataSource.Create(address);
    }

    public override string Name { get; }

    public override SqlDialect Dialect => SqlDialect.Postgres;

    /// <summary>An advisory lock of a connection that is kept for it: the server drops it with the connection.</summary>
    public override async Task<InstanceHold?> TryTakeInstanceAsync(CancellationToken stop)
    {
        NpgsqlConnection connection = await _source.OpenConnectionAsync(stop);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "select pg_try_advisory_lock(@key)";
        command.Parameters.AddWithValue("key", InstanceLock);
        if (await command.ExecuteScalarAsync(stop) is true)
        {
            return new InstanceHold(new AdvisoryLock(connection), stop => AnswersAsync(connection, stop));
        }

        await connection.DisposeAsync();
        return null;
    }

    public override int Writers => int.MaxValue;

    /// <summary>The server says so itself, at the first connection, when the database is missing.</summary>
    public override Task FindAsync(CancellationToken stop) => Task.CompletedTask;

    public override async Task<DbConnection> ConnectAsync(CancellationToken stop) => await _source.OpenConnectionAsync(stop);

    public override async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken stop) =>
        await connection.BeginTransactionAsync(stop);

    public override async Task MigrateAsync(CancellationToken stop)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(stop);
        await ExecuteAsync(connection, "select pg_advisory_lock(@key)", stop);
        try
        {
            if (await Migrator.StateAsync(connection, Dialect, stop) == SchemaState.Newer)
            {
                throw Database.Newer(Name);
            }

            Migrator.Upgrade(DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(_source)).WithTransaction(), Dialect, Name);
        }
        finally
        {
            await ExecuteAsync(connection, "select pg_advisory_unlock(@key)", CancellationToken.None);
        }
    }

    public override Task BackUpAsync(string file, CancellationToken stop) => throw new StorageException(
        StorageError.Refused, $"{Name}: PostgreSQL is backed up by its own tool, as in `pg_dump --format=custom --file={file} …`");

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        const string Expected = "expected nothing (SQLite) or a PostgreSQL connection string such as Host=…;Database=…;Username=…";
        try
        {
            NpgsqlConnectionStringBuilder address = new(connection);
            return string.IsNullOrEmpty(address.Host)
                ? throw new StorageException(StorageError.Refused, $"the connection string names no Host; {Expected}")
                : address;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The message of the driver may quote the password, so it is not passed on.
            throw new StorageException(StorageError.Refused, $"the connection string cannot be read; {Expected}", e);
        }
    }

    /// <summary>While its connection lives, the server keeps what it holds.</summary>
    private static async Task AnswersAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using NpgsqlCommand command = new("select 1", connection);
        await command.ExecuteScalarAsync(stop);
    }

    /// <summary>Waits as long as another node needs for its migration.</summary>
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("key", MigrationLock);
        await command.ExecuteScalarAsync(stop);
    }

    /// <summary>Gives the lock back before the connection, which the server would else notice only some time after it is closed.</summary>
    private sealed class AdvisoryLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await using NpgsqlCommand command = new("select pg_advisory_unlock(@key)", connection);
                command.Parameters.AddWithValue("key", InstanceLock);
                await command.ExecuteScalarAsync();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or IOException or TimeoutException)
            {
                // The connection is lost, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
