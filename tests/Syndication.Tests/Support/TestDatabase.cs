using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Syndication.Storage;

namespace Syndication.Tests.Support;

/// <summary>A fresh database of its own for one test, taken away afterwards. Without a PostgreSQL server the test is skipped.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "TEST_POSTGRES";
    private readonly TempFolder _folder = new();
    private readonly string? _server;

    private TestDatabase(TestEngine engine)
    {
        Options = new StorageOptions { Data = _folder.Path };
        if (engine == TestEngine.Postgres)
        {
            _server = Server();
            string name = "t" + Guid.NewGuid().ToString("n");
            Options.Connection = new NpgsqlConnectionStringBuilder(_server) { Database = name, Pooling = true }.ConnectionString;
        }
    }

    public StorageOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The folder for the database and whatever else the test writes.</summary>
    public string Folder => _folder.Path;

    public string File => Path.Combine(_folder.Path, "syndication.db");

    /// <summary>A place for a database that is still empty (PostgreSQL) or not there (SQLite).</summary>
    public static async Task<TestDatabase> CreateAsync(TestEngine engine)
    {
        TestDatabase made = new(engine);
        if (made._server is string server)
        {
            await ExecuteAsync(server, $"create database {made.DatabaseName}");
        }

        return made;
    }

    public Task<Database> OpenAsync(DatabaseUse use = DatabaseUse.Serve) =>
        Database.OpenAsync(Options, use, Time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await ExecuteAsync(_server, $"drop database {DatabaseName} with (force)");
        }

        _folder.Dispose();
    }

    private string DatabaseName => new NpgsqlConnectionStringBuilder(Options.Connection).Database!;

    private static string Server()
    {
        string? server = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(server))
        {
            return server;
        }

        const string Reason = $"{Variable} names no PostgreSQL server; tests/run starts one";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Reason);
        }

        Assert.Skip(Reason);
        return "";
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
