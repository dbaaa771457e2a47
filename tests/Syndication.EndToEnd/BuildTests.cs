using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The command for static hosting: writes the feeds and leaves.</summary>
public sealed class BuildTests
{
    private const string Url = "--Site:Url=https://blog.example/";

    [Fact]
    public async Task ASecondBuildOfTheSamePostsChangesNoByteAndTouchesNoFile()
    {
        using Workspace work = new();
        work.Archive(5);
        work.Post("undated.md", "Undated");
        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();
        IReadOnlyDictionary<string, (string Content, DateTime Written)> before = work.Files("public");

        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();

        Assert.Contains("feed.xml", before.Keys);
        Assert.Contains(Path.Join("2024", "03", "01", "post-1", "index.html"), before.Keys);
        Assert.Equal(before, work.Files("public"));
    }

    [Fact]
    public async Task BuildWritesNoDatabase()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();
        Assert.Equal(["cache"], Directory.EnumerateFileSystemEntries(work.In("data")).Select(Path.GetFileName));
        Assert.Equal(["data", "posts", "public"], Directory.EnumerateFileSystemEntries(work.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task IdsAndDatesSurviveARenameBetweenTwoBuilds()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second", "date: 2026-01-02");
        IReadOnlyList<FeedItem> before = await BuildAsync(work);

        work.Move("posts/first.md", "posts/folder/renamed.md");
        File.SetLastWriteTimeUtc(work.In("posts/folder/renamed.md"), new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        work.Post("second.md", "Second, edited", "date: 2026-01-02");
        IReadOnlyList<FeedItem> after = await BuildAsync(work);

        FeedItem first = Assert.Single(after, i => i.Title == "First");
        Assert.Equal("https://blog.example/folder/renamed/", first.Url);
        Assert.Equal(before.Select(i => (i.Id, i.Published)).Order(), after.Select(i => (i.Id, i.Published)).Order());
    }

    [Fact]
    public async Task IdsAreThoseOfTheDatabaseWhereOneIsNamed()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        IReadOnlyDictionary<string, string> served;
        await using (Service service = await Service.StartAsync(work, Url))
        {
            served = await service.IdsAsync();
            await service.StopAsync();
        }

        work.Move("posts/first.md", "posts/renamed.md");
        Directory.Delete(work.In("data/cache"), recursive: true);
        IReadOnlyDictionary<string, (string Content, DateTime Written)> before = work.Files("data");
        (await Command.RunAsync(work, "build", Url, "--data", "data", "--output", "public")).Succeeds();

        FeedItem built = Assert.Single(FeedItem.ReadAll(work.Read("public/feed.json")));
        Assert.Equal((served["First"], "https://blog.example/renamed/"), (built.Id, built.Url));
        Directory.Delete(work.In("data/cache"), recursive: true);
        Assert.Equal(before, work.Files("data"));
    }

    [Fact]
    public async Task ABadPostIsAWarningAndWithStrictExitCodeOne()
    {
        using Workspace work = new();
        work.Post("good.md", "Good");
        work.Write("posts/bad.md", "---\ntitle: Bad\n\nText.\n");

        Command lenient = await Command.RunAsync(work, "build", Url, "--output", "public");
        Assert.True(lenient.ExitCode == 0, lenient.Console);
        Assert.Contains("bad.md:1: ", Assert.Single(lenient.Errors), StringComparison.Ordinal);
        Assert.Equal("Good", Assert.Single(FeedItem.ReadAll(work.Read("public/feed.json"))).Title);

        Command strict = await Command.RunAsync(work, "build", Url, "--output", "public", "--strict");
        Assert.True(strict.ExitCode == 1, strict.Console);
        Assert.Contains("bad.md:1: ", Assert.Single(strict.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AForeignFileInTheOutputFolderIsLeftAlone()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("public/index.html", "<p>My own page.</p>\n");
        work.Write("public/about/index.html", "<p>About me.</p>\n");

        Command built = await Command.RunAsync(work, "build", "--output", "public");

        Assert.Equal("<p>My own page.</p>\n", work.Read("public/index.html"));
        Assert.Equal("<p>About me.</p>\n", work.Read("public/about/index.html"));
        Assert.True(File.Exists(work.In("public/feed.xml")), built.Console);
    }

    [Fact]
    public async Task ThePageOfAPostThatIsGoneIsRemovedAndNoOtherFile()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second");
        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();
        work.Write("public/second/notes.txt", "Mine.\n");
        work.Delete("posts/second.md");

        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();

        Assert.False(File.Exists(work.In("public/second/index.html")));
        Assert.True(File.Exists(work.In("public/second/notes.txt")));
        Assert.True(File.Exists(work.In("public/first/index.html")));
    }

    [Fact]
    public async Task ABlogThatIsGoneWritesNothing()
    {
        using Workspace work = new();
        work.Archive(15);
        (await Command.RunAsync(work, "build", "--output", "public")).Succeeds();
        IReadOnlyDictionary<string, (string Content, DateTime Written)> before = work.Files("public");
        foreach (string post in Directory.EnumerateFiles(work.Posts))
        {
            File.Delete(post);
        }

        Command built = await Command.RunAsync(work, "build", "--output", "public");

        Assert.True(built.ExitCode == 1, built.Console);
        Assert.Contains("15 of 15", Assert.Single(built.Errors), StringComparison.Ordinal);
        Assert.Equal(before, work.Files("public"));
    }

    [Fact]
    public async Task ABrokenFeedOfAnEarlierBuildIsSaidBeforeIdsAreLost()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("public/feed.json", "{ \"items\": [ { \"id\": \n");

        Command built = await Command.RunAsync(work, "build", "--output", "public");

        Assert.True(built.ExitCode == 1, built.Console);
        Assert.Contains("feed.json", Assert.Single(built.Errors), StringComparison.Ordinal);
        Assert.Equal("{ \"items\": [ { \"id\": \n", work.Read("public/feed.json"));
    }

    [Fact]
    public async Task AnOutputFolderThatIsNotWritableIsExitCodeThree()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string output = Directory.CreateDirectory(work.In("public")).FullName;
        File.SetUnixFileMode(output, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Command built = await Command.RunAsync(
                new Launch { Folder = work.Folder, Arguments = ["build", "--output", "public"], Under = Machine.WithoutPrivileges() });
            Assert.True(built.ExitCode == 3, built.Console);
            Assert.StartsWith("error: command line: --output: ", Assert.Single(built.Errors), StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(output, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<IReadOnlyList<FeedItem>> BuildAsync(Workspace work)
    {
        (await Command.RunAsync(work, "build", Url, "--output", "public")).Succeeds();
        return FeedItem.ReadAll(work.Read("public/feed.json"));
    }
}
