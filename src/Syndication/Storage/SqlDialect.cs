namespace Syndication.Storage;

/// <summary>What differs between the engines' SQL; all other SQL is shared, and stands in the store that uses it.</summary>
internal sealed record SqlDialect
{
    public static SqlDialect Sqlite { get; } = new()
    {
        Name = "sqlite",
        RowsOf = parameter => $"json_each(@{parameter})",
        SkipLocked = "",
        HasJournal = "select count(*) from sqlite_master where type = 'table' and name = 'schemaversions' collate nocase",
    };

    public static SqlDialect Postgres { get; } = new()
    {
        Name = "postgres",
        RowsOf = parameter => $"jsonb_array_elements(cast(@{parameter} as jsonb))",
        SkipLocked = "for update skip locked",
        HasJournal = "select count(to_regclass('schemaversions'))",
    };

    /// <summary>As in the names of the migration files.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// A parameter, made by <see cref="SqlRows"/>, as a table: one row for each, in the column "value", of which
    /// <c>value ->> 0</c> is the first field as text. Any number of rows is then one statement on both engines.
    /// </summary>
    public required Func<string, string> RowsOf { get; init; }

    /// <summary>The parameter @rows as a table.</summary>
    public string Rows => RowsOf("rows");

    /// <summary>At the end of a query for rows to be taken: passes over rows that another transaction is taking. SQLite has one writer.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>1 when migrations have been recorded here, else 0.</summary>
    public required string HasJournal { get; init; }
}
