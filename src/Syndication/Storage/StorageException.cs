namespace Syndication.Storage;

/// <summary>What went wrong with the database, as far as what to do about it differs.</summary>
internal enum StorageError
{
    /// <summary>There is no database, and this use may not create one.</summary>
    Missing,

    /// <summary>An earlier version of the program made it, and this use may not migrate it.</summary>
    Older,

    /// <summary>A later version of the program has migrated it.</summary>
    Newer,

    /// <summary>It is damaged, or no database at all.</summary>
    Broken,

    /// <summary>Another process held it for too long.</summary>
    Busy,

    /// <summary>The server, the login or the disk does not answer.</summary>
    Unreachable,

    NotWritable,

    DiskFull,

    /// <summary>What was asked for makes no sense here: a backup onto an existing file, a connection string that is none.</summary>
    Refused,
}

/// <summary>A failure of the database that is not the program's fault. The message is for a person: where, and what.</summary>
internal sealed class StorageException(StorageError error, string message, Exception? cause = null) : Exception(message, cause)
{
    public StorageError Error { get; } = error;
}
