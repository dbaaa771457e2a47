using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The commands that look and write nothing.</summary>
public sealed class CheckTests
{
    private const string Url = "--Site:Url=https://blog.example/";

    [Fact]
    public async Task AFolderWithoutAFaultIsExitCodeZero()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("later.md", "Later", "date: 2099-01-01");

        Command check = (await Command.RunAsync(work, "check", Url)).Succeeds();

        Assert.Contains("1 post published, 1 not; 0 errors, 0 warnings", check.Output, StringComparison.Ordinal);
        Assert.Equal(["posts"], Directory.EnumerateFileSystemEntries(work.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task EveryFaultOfThePostsIsTold()
    {
        using Workspace work = new();
        work.Post("good.md", "Good", "id: urn:example:one");
        work.Write("posts/open.md", "---\ntitle: Open\n\nText.\n");
        work.Write("posts/yaml.md", "---\ntitle: Yaml\ntags: [one\n---\nText.\n");
        work.Write("posts/date.md", "---\ntitle: Date\ndate: yesterday\n---\nText.\n");
        work.Post("same.md", "Same", "id: urn:example:one");

        Command check = await Command.RunAsync(work, "check", Url);

        Assert.True(check.ExitCode == 1, check.Console);
        Assert.Equal(4, check.Errors.Count);
        Assert.All(
            ["open.md:1: ", "yaml.md:", "date.md:3: ", "same.md:3: "],
            where => Assert.Contains(check.Errors, line => line.StartsWith($"error: {where}", StringComparison.Ordinal)));
        Assert.Contains("4 errors", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnAddressOfTheSiteItWarns()
    {
        using Workspace work = new();
        work.Post("first.md", "First");

        Command check = await Command.RunAsync(work, "check");

        Assert.True(check.ExitCode == 0, check.Console);
        Assert.StartsWith("warning: Site:Url", Assert.Single(check.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckBesideARunningServiceKnowsItsIdsAndLeavesItsDatabaseAlone()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work, Url);

        Command check = (await Command.RunAsync(work, "check", Url)).Succeeds();

        Assert.Contains($"; ids are those of {work.In("data/syndication.db")}", check.Output, StringComparison.Ordinal);
        await service.ItemAsync("First");
        await service.StopAsync();
    }

    [Fact]
    public async Task ATemplateThatCanBeReadButNotRenderedIsNamedOnce()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second");
        work.Write("posts/templates/web/post.html", "{% for i in (1..2000000) %}{% for j in (1..2000000) %}x{% endfor %}{% endfor %}\n");

        (await Command.RunAsync(work, "check", Url)).Fails(1, ["web/post.html", "cannot be rendered"]);
    }

    [Fact]
    public async Task RenderWritesTheHtmlOfOnePost()
    {
        using Workspace work = new();
        work.Write("blog/first.md", "---\ntitle: First\n---\nThe *text* of First.\n");

        Command render = (await Command.RunAsync(work, "render", "blog/first.md")).Succeeds();

        Assert.Contains("The <em>text</em> of First.", render.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("title", render.Output, StringComparison.Ordinal);
        Assert.Equal(["blog"], Directory.EnumerateFileSystemEntries(work.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task RenderOfAFileThatIsNotThereOrNoPostIsExitCodeOne()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("posts/picture.png", "no picture");
        work.Write("posts/bad.md", "---\ntitle: Bad\n\nText.\n");

        (await Command.RunAsync(work, "render", "posts/nothing.md")).Fails(1, ["posts/nothing.md"]);
        (await Command.RunAsync(work, "render", "posts/picture.png")).Fails(1, ["posts/picture.png"]);
        (await Command.RunAsync(work, "render", "posts/bad.md")).Fails(1, ["bad.md:1: "]);
    }

    [Fact]
    public async Task ABackupTakenWhileServingIsADatabaseToServeFrom()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        IReadOnlyDictionary<string, string> before;
        await using (Service service = await Service.StartAsync(work, "--urls", url))
        {
            work.Move("posts/first.md", "posts/renamed.md");
            await service.UntilAsync(items => items.Any(i => i.Url.EndsWith("/renamed/", StringComparison.Ordinal)), "the post under its new name");
            before = await service.IdsAsync();
            Directory.CreateDirectory(work.In("copied"));
            Command backup = (await Command.RunAsync(work, "storage", "backup", "copied/syndication.db")).Succeeds();
            Assert.Contains(work.In("data/syndication.db"), backup.Output, StringComparison.Ordinal);
            await service.StopAsync();
        }

        await using Service again = await Service.StartAsync(work, "--data", "copied", "--urls", url);
        Assert.Equal(before, await again.IdsAsync());
        Assert.EndsWith("/first/", before["First"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackupReplacesNoFileAndNeedsADatabase()
    {
        using Workspace work = new();
        work.Write("kept.db", "Mine.\n");
        (await Command.RunAsync(work, "storage", "backup", "new.db")).Fails(3, ["syndication.db", "no database"]);
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        (await Command.RunAsync(work, "storage", "backup", "kept.db")).Fails(1, ["kept.db"]);
        Assert.Equal("Mine.\n", work.Read("kept.db"));
    }

    [Fact]
    public async Task ConfirmingWithoutADatabaseSaysSo()
    {
        using Workspace work = new();
        (await Command.RunAsync(work, "posts", "confirm")).Fails(3, ["syndication.db", "no database"]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work.Folder));
    }
}
