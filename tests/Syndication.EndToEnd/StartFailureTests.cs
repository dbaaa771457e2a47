using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What keeps the service from starting is said in one line, with the exit code of its kind.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task APortThatIsTakenIsOneLineAndExitCodeThree()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        (await Command.RunAsync(work, "--urls", url)).Fails(3, [url, "in use", "--urls"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://")]
    [InlineData("http://256.1.1.1:80")]
    public async Task AnAddressThatIsNoneIsOneLineAndExitCodeOne(string url)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        (await Command.RunAsync(work, "--urls", url)).Fails(1, ["--urls", $"'{url}'"]);
    }

    [Theory]
    [InlineData("--Logging:LogLevel:Default=Nonsense", "'Nonsense'")]
    [InlineData("--Kestrel:Endpoints:A:Url=ftp://x", "ftp://x")]
    [InlineData("--Kestrel:Endpoints:A:Url=http://localhost:5080/blog", "path base")]
    [InlineData("--Urls=https://localhost:5081", "certificate")]
    public async Task AWrongSettingOfDotNetsSectionsIsOneLineAndExitCodeOne(string setting, string named)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        (await Command.RunAsync(work, "serve", setting)).Fails(1, [named]);
    }

    [Fact]
    public async Task AConnectionStringThatIsNoneIsToldWithItsSource()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("appsettings.json", "{\n  \"Storage\": { \"Connection\": \"nonsense\" }\n}\n");
        (await Command.RunAsync(work, "serve")).Fails(1, ["appsettings.json:2: Storage:Connection: ", "PostgreSQL"]);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    public async Task AFileThatIsNoDatabaseIsLeftAsItIs(string command)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("data/syndication.db", "This is no database, but a letter to my grandmother.\n");

        (await Command.RunAsync(work, command)).Fails(3, ["syndication.db"]);
        Assert.Equal(
            "This is no database, but a letter to my grandmother.\n",
            work.Read("data/syndication.db"));
    }

    [Fact]
    public async Task ADatabaseOfALaterVersionIsRefused()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using (Service service = await Service.StartAsync(work))
        {
            await service.StopAsync();
        }

        Sqlite(work.In("data/syndication.db"),
            "insert into SchemaVersions (ScriptName, Applied) values ('Migrations.9999_of_the_future.sqlite.sql', '2099-01-01')");
        (await Command.RunAsync(work, "serve")).Fails(3, ["syndication.db", "later version"]);
    }

    [Fact]
    public async Task ADataFolderThatIsNotWritableIsOneLine()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string data = Directory.CreateDirectory(work.In("data")).FullName;
        File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Command ended = await Command.RunAsync(new Launch { Folder = work.Folder, Arguments = ["serve"], Under = Machine.WithoutPrivileges() });
            ended.Fails(3, [data, "denied"]);
        }
        finally
        {
            File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task ASecondServiceOnTheSamePortLeavesTheFirstAlone()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        Command second = await Command.RunAsync(work, "--data", "other data", "--urls", service.Url);

        second.Fails(3, [service.Url]);
        await service.ItemAsync("First");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("build")]
    [InlineData("check")]
    public async Task ABrokenTemplateOfTheSiteIsNamed(string command)
    {
        using Workspace work = new();
        work.Write("blog/first.md", Workspace.TextOf("First"));
        string template = work.Write("blog/templates/web/index.html", "<p>\n{% for post in posts %}\n</p>\n");

        (await Command.RunAsync(work, command, "--site", "blog", "--Site:Url=https://blog.example/", "--Site:Pages=true")).Fails(1, [$"{template}:3: "]);
    }

    [Fact]
    public async Task ATemplateThatBreaksWhileItRunsLeavesTheLastGoodOne()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string template = work.Write("posts/templates/web/index.html", "<p>good</p>\n");
        await using Service service = await Service.StartAsync(work);
        Assert.Contains("good", await service.TextAsync("/"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(template, "<p>{% if %}</p>\n", TestContext.Current.CancellationToken);
        await service.UntilPrintedAsync("index.html");
        Assert.Contains("good", await service.TextAsync("/"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(template, "<p>better</p>\n", TestContext.Current.CancellationToken);

        await Eventually.IsAsync(
            async () => (await service.TextAsync("/")).Contains("better", StringComparison.Ordinal), () => "the new template");
    }

    [Fact]
    public async Task AnOutputFolderThatIsNotWritableCostsReadersNoFeed()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string output = Directory.CreateDirectory(work.In("public")).FullName;
        File.SetUnixFileMode(output, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await using Service service = await Service.StartAsync(
                new Launch { Folder = work.Folder, Arguments = ["--output", "public"], Under = Machine.WithoutPrivileges() });
            await service.UntilPrintedAsync("warning:", "feed.xml", "cannot be written");
            work.Post("second.md", "Second");
            await service.UntilThereAsync("Second");
            Assert.Single(service.Printed(" feed.xml: cannot be written"));
            await service.StopAsync();
        }
        finally
        {
            File.SetUnixFileMode(output, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task WithoutEventsOfTheSystemPostsAreFoundByLooking()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(
            new Launch { Folder = work.Folder, Arguments = [], Under = Machine.WithoutFileEvents() });

        await service.UntilPrintedAsync("warning:", "cannot be watched", "every 30 s");
        work.Post("second.md", "Second");
        await service.UntilThereAsync("Second");
        Assert.Single(service.Printed("warning:"));
    }

    private static void Sqlite(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
