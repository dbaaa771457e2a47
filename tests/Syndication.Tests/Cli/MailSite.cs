using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

/// <summary>A folder with posts, a database and an outbox, in which commands are called. The outbox is the mail server.</summary>
public abstract class MailSite : IDisposable
{
    private protected static readonly string[] Site = ["--Site:Url=https://blog.example/", "--Site:TimeZone=Europe/Berlin"];

    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<TestTerminal> CheckAsync(int code, params string[] arguments) => CallAsync(code, ["check", .. arguments]);

    private protected Task<TestTerminal> RunAsync(int code, params string[] arguments) => CallAsync(code, [.. arguments, .. Site]);

    private protected async Task<TestTerminal> CallAsync(int code, string[] arguments)
    {
        TestTerminal terminal = new(_folder.Path);
        if (arguments[0] == "subscribers")
        {
            // Only what is released after somebody subscribed is for them.
            terminal.Time.AdjustTime(terminal.Time.GetUtcNow().AddMinutes(-30));
        }

        int exit = await terminal.RunAsync(arguments);
        Assert.True(exit == code, $"exit code {exit}\n{terminal.Out}\n{terminal.Error}");
        return terminal;
    }

    private protected async Task ExecuteAsync(string sql)
    {
        await using Database database = await Database.OpenAsync(
            new StorageOptions { Data = At("data") }, DatabaseUse.Existing, TimeProvider.System, TestContext.Current.CancellationToken);
        await database.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, sql), TestContext.Current.CancellationToken);
    }

    private protected string At(string name) => Path.Join(_folder.Path, name);

    private protected string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(f => Path.GetFileName(f))];

    private protected string[] Mails() => Directory.Exists(At("data/outbox")) ? Directory.GetFiles(At("data/outbox"), "*.eml") : [];

    /// <summary>A post whose file was written an hour before the terminal's time.</summary>
    private protected void Post(string name, string title, params string[] fields)
    {
        string file = At($"posts/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"---\ntitle: {title}\n{string.Concat(fields.Select(f => f + "\n"))}---\nText of {title}.\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 24, 11, 0, 0, DateTimeKind.Utc));
    }
}
