namespace Syndication.Storage;

/// <summary>Where what must outlive the process is kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>The folder of the database, its backups and the written files (--data).</summary>
    public string Data { get; set; } = "data";

    /// <summary>Empty = SQLite, in syndication.db of <see cref="Data"/>; else a PostgreSQL connection string (Host=…;Database=…).</summary>
    public string Connection { get; set; } = "";
}
