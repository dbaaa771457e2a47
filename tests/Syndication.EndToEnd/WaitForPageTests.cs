using System.Diagnostics;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The site is served by somebody else: a mail must not come before the page that it leads to.</summary>
public sealed class WaitForPageTests
{
    [Fact]
    public async Task AMailWaitsUntilThePageOfItsPostIsThere()
    {
        using Workspace work = new();
        await using PageServer site = await PageServer.StartAsync();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(work, $"--Site:Url={site.Url}", "--Newsletter:QuietPeriod=00:00:01");
        site.Put("/there/");
        work.Post("later.md", "Later", "permalink: /later/");
        await service.UntilPrintedAsync($"'Later' waits for its page {site.Url}later/ (404)");
        long start = Stopwatch.GetTimestamp();
        work.Post("there.md", "There", "permalink: /there/");
        await Eventually.IsAsync(() => Subjects(work).Length > 0, () => $"a mail in the outbox; {service.Program.Console}");
        Assert.Equal(["There"], Subjects(work));
        Command list = await Command.RunAsync(work, "editions", "list");
        Assert.Matches("later/  waits for its page since .* UTC \\(404\\)", list.Output);

        // It is asked for once a minute: most of that is waited for here, and what is left below.
        site.Put("/later/");
        await Eventually.IsAsync(() => Stopwatch.GetElapsedTime(start).TotalSeconds > 45, () => "45 s");
        await Eventually.IsAsync(() => Subjects(work).Length == 2, () => $"the second mail; {service.Program.Console}");
        Assert.Equal(["Later", "There"], Subjects(work));
        Assert.Equal(2, site.Asked.Count(a => a.Path == "/later/"));
    }

    [Fact]
    public async Task ToldNotToWaitItMailsAtOnce()
    {
        using Workspace work = new();
        await using PageServer site = await PageServer.StartAsync();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(
            work, $"--Site:Url={site.Url}", "--Newsletter:QuietPeriod=00:00:01", "--Newsletter:WaitForPage=false");
        work.Post("new.md", "New");
        await Eventually.IsAsync(() => Subjects(work).Length > 0, () => $"a mail in the outbox; {service.Program.Console}");

        Assert.Empty(site.Asked);
    }

    [Fact]
    public async Task ACorrectionIsMailedOnceAndAnEditIsNot()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=00:00:01");
        work.Post("new.md", "New");
        await Eventually.IsAsync(() => Subjects(work).Length == 1, () => $"a mail in the outbox; {service.Program.Console}");
        work.Post("new.md", "New", "correction: It was 12, not 21.", "correction_mail: true");
        await service.UntilPrintedAsync("released the correction of 'New'");
        await Eventually.IsAsync(() => Subjects(work).Length == 2, () => $"the correction; {service.Program.Console}");
        work.Post("new.md", "New", "correction: It was 12, not 21.", "correction_mail: true", "tags: [edited]");
        work.Post("next.md", "Next");
        await Eventually.IsAsync(() => Subjects(work).Length == 3, () => $"the next post; {service.Program.Console}");
        await service.StopAsync();

        Assert.Equal(["Correction: New", "New", "Next"], Subjects(work));
    }

    private static string[] Subjects(Workspace work) => Directory.Exists(work.In("data/outbox"))
        ? [.. Directory.GetFiles(work.In("data/outbox"), "*.eml")
            .Select(f => File.ReadLines(f).First(l => l.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..]).Order()]
        : [];
}
