using System.Data.Common;

namespace Syndication.Storage;

/// <summary>How one kind of database is reached, made and copied: all that is not SQL.</summary>
internal abstract class DatabaseEngine : IAsyncDisposable
{
    /// <summary>The database as a person would name it; without secrets.</summary>
    public abstract string Name { get; }

    public abstract SqlDialect Dialect { get; }

    /// <summary>How many of this process may write at once.</summary>
    public abstract int Writers { get; }

    /// <summary>Makes an empty database where there is none and the use allows it; else throws <see cref="StorageError.Missing"/>.</summary>
    public abstract Task FindAsync(CancellationToken stop);

    /// <summary>An open connection, which the caller disposes.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken stop);

    /// <summary>A transaction that will not fail halfway because another writer came first.</summary>
    public abstract Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken stop);

    /// <summary>Brings the database to the program's version, while no other process does the same.</summary>
    public abstract Task MigrateAsync(CancellationToken stop);

    /// <summary>See <see cref="Database.TryTakeInstanceAsync"/>.</summary>
    public abstract Task<InstanceHold?> TryTakeInstanceAsync(CancellationToken stop);

    /// <summary>See <see cref="Database.BackUpAsync"/>.</summary>
    public abstract Task BackUpAsync(string file, CancellationToken stop);

    public abstract ValueTask DisposeAsync();
}
