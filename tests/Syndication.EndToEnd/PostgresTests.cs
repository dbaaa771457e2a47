using Npgsql;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>Serving over PostgreSQL keeps the same promises.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task ARestartOverPostgreSqlKeepsIdsAndDates()
    {
        await using NewDatabase database = await NewDatabase.CreateAsync();
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second", "date: 2026-01-02");
        string[] arguments = [$"--Storage:Connection={database.Connection}", "--Site:Url=https://blog.example/"];
        IReadOnlyList<FeedItem> before;
        string tag;
        await using (Service service = await Service.StartAsync(work, arguments))
        {
            before = await service.ItemsAsync();
            tag = await StampAsync(service);
            await service.StopAsync();
        }

        await using (Service service = await Service.StartAsync(work, arguments))
        {
            Assert.Equal(before, await service.ItemsAsync());
            Assert.Equal(tag, await StampAsync(service));
            await service.StopAsync();
        }

        work.Move("posts/first.md", "posts/renamed.md");
        await using Service again = await Service.StartAsync(work, arguments);
        Assert.Equal(before.Select(i => (i.Id, i.Published)), (await again.ItemsAsync()).Select(i => (i.Id, i.Published)));
        Assert.Equal("https://blog.example/renamed/", (await again.ItemAsync("First")).Url);
        Assert.False(File.Exists(work.In("data/syndication.db")));
    }

    [Fact]
    public async Task AServeThatLostItsDatabaseToOthersSendsNoMoreAndLeavesWithOneLine()
    {
        await using NewDatabase database = await NewDatabase.CreateAsync();
        using Workspace work = new();
        work.Post("first.md", "First");
        string[] arguments = [$"--Storage:Connection={database.Connection}", "--Newsletter:QuietPeriod=00:00:00"];
        await using Service service = await Service.StartAsync(work, arguments);
        (await Command.RunAsync(work, ["--urls", $"http://127.0.0.1:{FreePort.Next()}", .. arguments])).Fails(3, ["another `serve` is running on it"]);
        (await Command.RunAsync(work, ["subscribers", "add", "you@example.org", .. arguments])).Succeeds();
        await ExecuteAsync(database.Connection, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
        work.Post("new.md", "New");

        Assert.Equal(3, await service.Program.ExitAsync());
        Assert.Single(service.Printed("is lost"));
        Assert.Empty(service.Printed("   at "));
        Assert.False(Directory.Exists(work.In("data/outbox")) && Directory.GetFiles(work.In("data/outbox"), "*.eml").Length > 0);

        await using Service next = await Service.StartAsync(work, arguments);
        await Eventually.IsAsync(() => Directory.Exists(work.In("data/outbox")) && Directory.GetFiles(work.In("data/outbox"), "*.eml").Length == 1, () => $"the mail; {next.Program.Console}");
        await next.StopAsync();
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsOneLineWithoutThePassword()
    {
        using Workspace work = new();
        work.Post("first.md", "First");

        Command ended = await Command.RunAsync(
            work, "serve", $"--Storage:Connection=Host=127.0.0.1;Port={FreePort.Next()};Username=me;Password=geheim;Database=blog;Timeout=5");

        ended.Fails(3, ["127.0.0.1", "cannot be reached"]);
        Assert.DoesNotContain("geheim", ended.Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AConnectionStringThatIsNoneIsExitCodeOne()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        (await Command.RunAsync(work, "serve", "--Storage:Connection=nonsense")).Fails(1, ["Storage:Connection", "cannot be read"]);
    }

    private static async Task<string> StampAsync(Service service)
    {
        using HttpResponseMessage answer = await service.GetAsync("/feed.xml");
        return $"{answer.Headers.ETag} {answer.Content.Headers.LastModified}";
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An empty database of its own, that is gone with it.</summary>
    private sealed class NewDatabase : IAsyncDisposable
    {
        private readonly string _server = Machine.Postgres();
        private readonly string _name = "e" + Guid.NewGuid().ToString("n");

        private NewDatabase() => Connection = new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

        public string Connection { get; }

        public static async Task<NewDatabase> CreateAsync()
        {
            NewDatabase database = new();
            await ExecuteAsync(database._server, $"create database {database._name}");
            return database;
        }

        public async ValueTask DisposeAsync() => await ExecuteAsync(_server, $"drop database {_name} with (force)");
    }
}
