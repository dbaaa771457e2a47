using Microsoft.Data.Sqlite;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A backup that is put back, a database that is copied, and a second blog on the first one's data.</summary>
public sealed class InstanceTests
{
    private const string AtOnce = "--Newsletter:QuietPeriod=00:00:00";

    [Fact]
    public async Task ARestoredBackupHoldsSendingUntilItIsAdoptedAndNobodyGetsAnythingTwice()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using (Service service = await Service.StartAsync(work, AtOnce))
        {
            await MailAsync(work, service, "First");
            (await Command.RunAsync(work, "storage", "backup", "backup.db")).Succeeds();
            await MailAsync(work, service, "Second");
            await service.StopAsync();
        }

        // What was mailed is taken from the outbox, so that a second copy would be seen.
        Take(work, "First", "Second");
        PutBack(work);
        await using Service restored = await Service.StartAsync(work, AtOnce);
        string held = Assert.Single(restored.Printed("Held "));
        Assert.Contains("a backup was put back", held, StringComparison.Ordinal);
        Assert.Contains("storage adopt --skip", held, StringComparison.Ordinal);
        Assert.Contains("a backup was put back", (await Command.RunAsync(work, "editions", "list")).Succeeds().Output, StringComparison.Ordinal);

        // Feeds go on; mail does not.
        work.Post("meanwhile.md", "Meanwhile");
        await restored.UntilThereAsync("Meanwhile");

        Assert.StartsWith("Adopted ", (await Command.RunAsync(work, "storage", "adopt", "--skip")).Succeeds().Output, StringComparison.Ordinal);
        await restored.UntilPrintedAsync("mail goes on");
        await Eventually.IsAsync(() => HasBegun(work), () => $"a look at the posts; {restored.Program.Console}");
        await MailAsync(work, restored, "Third");
        await restored.StopAsync();

        await using Service again = await Service.StartAsync(work, AtOnce);
        Assert.Empty(again.Printed("Held "));
        await MailAsync(work, again, "Fourth");

        // Neither while it was held nor after it did anything else go out.
        Assert.Equal(["Fourth", "Third"], Mails(work));
    }

    [Fact]
    public async Task AdoptedWithResendARestoredBackupMailsAgainWhatItDoesNotKnowOf()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using (Service service = await Service.StartAsync(work, AtOnce))
        {
            (await Command.RunAsync(work, "storage", "backup", "backup.db")).Succeeds();
            await MailAsync(work, service, "First");
            await service.StopAsync();
        }

        Take(work, "First");
        PutBack(work);
        (await Command.RunAsync(work, "storage", "adopt", "--resend")).Succeeds();
        await using Service restored = await Service.StartAsync(work, AtOnce);
        Assert.Empty(restored.Printed("Held "));
        await Eventually.IsAsync(() => Mails(work) is ["First"], () => $"the first mail again; {restored.Program.Console}");
    }

    [Fact]
    public async Task ACopiedDatabaseHoldsSendingWhileTheOriginalGoesOn()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using (Service service = await Service.StartAsync(work, AtOnce))
        {
            await MailAsync(work, service, "First");
            await service.StopAsync();
        }

        Take(work, "First");
        Directory.CreateDirectory(work.In("staging"));
        foreach (string file in Directory.GetFiles(work.In("data")))
        {
            File.Copy(file, work.In($"staging/{Path.GetFileName(file)}"));
        }

        await using Service copy = await Service.StartAsync(work, AtOnce, "--data", "staging");
        Assert.Contains($"mailed from {work.In("data")}", Assert.Single(copy.Printed("Held ")), StringComparison.Ordinal);
        await using Service original = await Service.StartAsync(work, AtOnce);
        Assert.Empty(original.Printed("Held "));
        await MailAsync(work, original, "Second");
        await copy.UntilThereAsync("Second");
        Assert.False(Directory.Exists(work.In("staging/outbox")));
    }

    [Fact]
    public async Task TwoBlogsOnOneDataFolderAreRefusedUntilItIsAdopted()
    {
        using Workspace work = new();
        work.Write("one/2026-01-01-mine.md", Workspace.TextOf("Mine"));
        work.Write("two/2026-01-02-yours.md", Workspace.TextOf("Yours"));
        string[] one = ["--posts", "one", "--Site:Url=https://one.example/"];
        string[] two = ["--posts", "two", "--Site:Url=https://two.example/"];
        await StartAndStopAsync(work, one);
        byte[] before = File.ReadAllBytes(work.In("data/syndication.db"));

        (await Command.RunAsync(work, [.. two, "--urls", $"http://127.0.0.1:{FreePort.Next()}"]))
            .Fails(1, ["https://one.example/", "https://two.example/", "is another one", "--data", "storage adopt"]);
        Assert.Equal(before, File.ReadAllBytes(work.In("data/syndication.db")));

        (await Command.RunAsync(work, ["storage", "adopt", "--skip", .. two])).Succeeds();
        await StartAndStopAsync(work, two);
    }

    [Fact]
    public async Task TheDatabaseKnowsItsSiteInAMovedFolderAndUnderANewAddress()
    {
        using Workspace work = new();
        work.Write("one/2026-01-01-mine.md", Workspace.TextOf("Mine"));
        await StartAndStopAsync(work, "--posts", "one", "--Site:Url=https://one.example/");
        work.Move("one", "moved");
        await StartAndStopAsync(work, "--posts", "moved", "--Site:Url=https://one.example/");
        await StartAndStopAsync(work, "--posts", "moved", "--Site:Url=https://new.example/");
        work.Move("moved", "again");
        await StartAndStopAsync(work, "--posts", "again", "--Site:Url=https://third.example/");
    }

    private static async Task StartAndStopAsync(Workspace work, params string[] arguments)
    {
        await using Service service = await Service.StartAsync(work, arguments);
        await service.StopAsync();
    }

    /// <summary>Writes a post and waits for its mail.</summary>
    private static async Task MailAsync(Workspace work, Service service, string title)
    {
        work.Post($"{title}.md", title);
        await Eventually.IsAsync(() => Mails(work).Contains(title), () => $"the mail '{title}'; {service.Program.Console}");
        await Eventually.IsAsync(
            async () => !(await Command.RunAsync(work, "editions", "list")).Output.Contains("1 waiting", StringComparison.Ordinal), () => $"'{title}' sent");
    }

    /// <summary>Whether the newsletter looked at the posts that are there.</summary>
    private static bool HasBegun(Workspace work)
    {
        using SqliteConnection connection = new($"Data Source={work.In("data/syndication.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "select count(*) from newsletters";
        return command.ExecuteScalar() is 1L;
    }

    private static void PutBack(Workspace work)
    {
        File.Copy(work.In("backup.db"), work.In("data/syndication.db"), overwrite: true);
        File.Delete(work.In("data/syndication.db-wal"));
        File.Delete(work.In("data/syndication.db-shm"));
    }

    private static void Take(Workspace work, params string[] titles)
    {
        Assert.Equal(titles.Order(), Mails(work));
        Directory.Delete(work.In("data/outbox"), recursive: true);
    }

    private static string[] Mails(Workspace work) => Directory.Exists(work.In("data/outbox"))
        ? [.. Directory.GetFiles(work.In("data/outbox"), "*.eml")
            .Select(file => File.ReadLines(file).First(l => l.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..]).Order()]
        : [];
}
