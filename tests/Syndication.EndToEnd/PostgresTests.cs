using Npgsql;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>Serving over PostgreSQL keeps the same promises.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task ARestartOverPostgreSqlKeepsIdsAndDates()
    {
        string server = Machine.Postgres();
        string name = "e" + Guid.NewGuid().ToString("n");
        string connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        await ExecuteAsync(server, $"create database {name}");
        try
        {
            using Workspace work = new();
            work.Post("first.md", "First");
            work.Post("second.md", "Second", "date: 2026-01-02");
            string[] arguments = [$"--Storage:Connection={connection}", "--Site:Url=https://blog.example/"];
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
        finally
        {
            await ExecuteAsync(server, $"drop database {name} with (force)");
        }
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
}
