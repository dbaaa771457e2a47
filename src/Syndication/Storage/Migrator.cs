using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using DbUp.Builder;
using DbUp.Engine;

namespace Syndication.Storage;

/// <summary>How a database's schema stands to the program's.</summary>
internal enum SchemaState
{
    Empty,
    Older,
    Current,
    Newer,
}

/// <summary>
/// The program's migrations, which are the files of Migrations/ (NNNN_name.ENGINE.sql), and the journal of those that a database
/// has had, which has their names without the engine. A migration that was once released never changes.
/// </summary>
internal static class Migrator
{
    private const string Folder = "Migrations.";

    /// <summary>The names in the order in which they are applied.</summary>
    public static ImmutableArray<string> NamesFor(SqlDialect dialect) => [.. ScriptsFor(dialect).Select(s => s.Name)];

    public static SchemaState Compare(IReadOnlyCollection<string> program, IReadOnlyCollection<string> journal) =>
        journal.Count == 0 ? SchemaState.Empty
        : journal.Except(program, StringComparer.OrdinalIgnoreCase).Any() ? SchemaState.Newer
        : program.Except(journal, StringComparer.OrdinalIgnoreCase).Any() ? SchemaState.Older
        : SchemaState.Current;

    /// <summary>How the schema behind this connection stands.</summary>
    public static async Task<SchemaState> StateAsync(DbConnection connection, SqlDialect dialect, CancellationToken stop) =>
        Compare(NamesFor(dialect), await ReadJournalAsync(connection, dialect, stop));

    /// <summary>
    /// Applies what the journal lacks. The caller holds a lock, since two of these at once would collide; the name is the database's,
    /// for the message of a failure.
    /// </summary>
    public static void Upgrade(UpgradeEngineBuilder target, SqlDialect dialect, string name)
    {
        DatabaseUpgradeResult result = target
            .WithScripts(ScriptsFor(dialect))
            .WithVariablesDisabled()
            .WithExecutionTimeout(TimeSpan.Zero)
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            string what = $"{name}: migration {result.ErrorScript?.Name ?? "journal"}";
            throw StorageFailures.Translate(result.Error, what)
                ?? new StorageException(StorageError.Broken, $"{what}: {result.Error.Message.Split('\n')[0]}", result.Error);
        }
    }

    private static IEnumerable<SqlScript> ScriptsFor(SqlDialect dialect)
    {
        string ending = $".{dialect.Name}.sql";
        return typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(r => r.StartsWith(Folder, StringComparison.Ordinal) && r.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(r => new SqlScript(r[Folder.Length..^ending.Length], Read(r)));
    }

    private static string Read(string resource)
    {
        using StreamReader text = new(typeof(Migrator).Assembly.GetManifestResourceStream(resource)!);
        return text.ReadToEnd();
    }

    private static async Task<List<string>> ReadJournalAsync(DbConnection connection, SqlDialect dialect, CancellationToken stop)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = dialect.HasJournal;
        List<string> names = [];
        if (Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture) == 0)
        {
            return names;
        }

        command.CommandText = "select scriptname from schemaversions";
        await using DbDataReader reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
