namespace Syndication.Storage;

/// <summary>What a command may do to the database.</summary>
internal enum DatabaseUse
{
    /// <summary>Create it, bring it up to date, read and write.</summary>
    Serve,

    /// <summary>Read and write one that is there and up to date.</summary>
    Existing,

    /// <summary>Only read; leaves neither a changed byte nor a new file.</summary>
    ReadOnly,

    /// <summary>Only <see cref="Database.BackUpAsync"/>, whichever version of the program wrote it.</summary>
    BackUp,
}
