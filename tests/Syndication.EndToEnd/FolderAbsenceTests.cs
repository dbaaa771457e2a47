using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A folder that is not there, or not whole, is no reason to take the blog from its readers.</summary>
public sealed class FolderAbsenceTests
{
    [Fact]
    public async Task AFolderThatIsGoneForAWhileChangesNothing()
    {
        using Workspace work = new();
        work.Archive(3);
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);

        work.Move("posts", "elsewhere");
        await service.UntilPrintedAsync("warning:", "posts", "not there");
        await witness.LookOnAsync();
        Assert.Single(service.Printed("not there"));
        work.Move("elsewhere", "posts");
        work.Post("new.md", "New");

        await service.UntilThereAsync("New");
        await witness.SawNoChangeAsync();
    }

    [Fact]
    public async Task AnEmptyFolderInThePlaceOfTheFullOneIsHeld()
    {
        using Workspace work = new();
        work.Archive(3);
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);

        work.Move("posts", "elsewhere");
        Directory.CreateDirectory(work.Posts);
        await service.UntilPrintedAsync("3 of 3");
        await witness.LookOnAsync();
        Directory.Delete(work.Posts);
        work.Move("elsewhere", "posts");
        work.Post("new.md", "New");

        await service.UntilThereAsync("New");
        await witness.SawNoChangeAsync();
    }

    [Fact]
    public async Task AnEmptyDiskMountedOverTheFolderIsHeld()
    {
        using Workspace work = new();
        work.Archive(3);
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Machine.Succeeds("mount", "-t", "tmpfs", "syndication-test", work.Posts), "mounting takes root");
        try
        {
            Assert.True(Machine.Succeeds("umount", work.Posts));
            await using Service service = await Service.StartAsync(work);
            await using Witness witness = await Witness.OfAsync(service);

            Assert.True(Machine.Succeeds("mount", "-t", "tmpfs", "syndication-test", work.Posts));
            await service.UntilPrintedAsync("3 of 3");
            await witness.LookOnAsync();
            Assert.True(Machine.Succeeds("umount", work.Posts));
            work.Post("new.md", "New");

            await service.UntilThereAsync("New");
            await witness.SawNoChangeAsync();
        }
        finally
        {
            Machine.Succeeds("umount", "--lazy", work.Posts);
        }
    }

    [Fact]
    public async Task HalfOfThePostsGoneAtOnceIsHeldUntilTheyAreBack()
    {
        using Workspace work = new();
        work.Archive(20);
        await using Service service = await Service.StartAsync(work, "--Feeds:Limit=0");
        await using Witness witness = await Witness.OfAsync(service);

        RemoveEleven(work);
        await service.UntilPrintedAsync("11 of 20", "posts confirm");
        await witness.LookOnAsync();
        work.Archive(20);
        await witness.SawNoChangeAsync();

        // The hold is over: what is deleted now goes, as ever.
        work.Delete("posts/2024-03-15-post-15.md");
        await service.UntilGoneAsync("Post 15");
        Assert.Equal(19, (await service.ItemsAsync()).Count);
    }

    [Fact]
    public async Task HeldRemovalsGoWhenTheyAreConfirmed()
    {
        using Workspace work = new();
        work.Archive(20);
        await using Service service = await Service.StartAsync(work, "--Feeds:Limit=0");

        RemoveEleven(work);
        await service.UntilPrintedAsync("11 of 20");
        Assert.Equal(20, (await service.ItemsAsync()).Count);
        (await Command.RunAsync(work, "posts", "confirm")).Succeeds();

        await service.UntilAsync(items => items.Count == 9, "the nine posts that are left");
        Assert.All(await service.IdsOfEachFeedAsync(), ids => Assert.Equal(9, ids.Count));
    }

    [Fact]
    public async Task PostsDeletedWhileNothingRanStayUntilConfirmed()
    {
        using Workspace work = new();
        work.Archive(20);
        string[] arguments = ["--Feeds:Limit=0", "--Site:Url=https://blog.example/"];
        string before;
        await using (Service service = await Service.StartAsync(work, arguments))
        {
            before = await service.TextAsync("/feed.json");
            await service.StopAsync();
        }

        for (int i = 1; i <= 12; i++)
        {
            work.Delete($"posts/2024-03-{i:00}-post-{i}.md");
        }

        await using Service again = await Service.StartAsync(work, arguments);
        await again.UntilPrintedAsync("12 of 20", "posts confirm");
        Assert.Equal(before, await again.TextAsync("/feed.json"));
        (await Command.RunAsync(work, "posts", "confirm")).Succeeds();
        await again.UntilAsync(items => items.Count == 8, "the eight posts that are left");
    }

    [Fact]
    public async Task ALinkToTheSameContentInThePlaceOfTheFolderChangesNothing()
    {
        using Workspace work = new();
        work.Archive(3);
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);
        string before = await service.TextAsync("/feed.json");

        work.Move("posts", "releases/1");
        Directory.CreateSymbolicLink(work.Posts, work.In("releases/1"));
        await witness.LookOnAsync();
        Assert.Equal(before, await service.TextAsync("/feed.json"));
        work.Write("releases/1/new.md", Workspace.TextOf("New"));

        await service.UntilThereAsync("New");
        await witness.SawNoChangeAsync();
    }

    [Fact]
    public async Task ALinkThatIsTurnedToANewReleaseShowsWhatIsNewInIt()
    {
        using Workspace work = new();
        work.Write("releases/1/first.md", Workspace.TextOf("First", "date: 2026-01-02"));
        work.Write("releases/2/first.md", Workspace.TextOf("First", "date: 2026-01-02"));
        work.Write("releases/2/second.md", Workspace.TextOf("Second", "date: 2026-01-03"));
        Directory.CreateSymbolicLink(work.Posts, work.In("releases/1"));
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);

        Directory.CreateSymbolicLink(work.In("next"), work.In("releases/2"));
        Assert.True(Machine.Succeeds("mv", "--no-target-directory", work.In("next"), work.Posts));

        await service.UntilThereAsync("Second");
        await witness.SawNoChangeAsync();
        work.Write("releases/2/third.md", Workspace.TextOf("Third"));
        await service.UntilThereAsync("Third");
    }

    [Fact]
    public async Task TheLastPostOfAFolderCanBeDeleted()
    {
        using Workspace work = new();
        work.Post("only.md", "Only");
        await using Service service = await Service.StartAsync(work);

        work.Delete("posts/only.md");

        await service.UntilAsync(items => items.Count == 0, "an empty feed");
        Assert.All(await service.IdsOfEachFeedAsync(), Assert.Empty);
        work.Post("next.md", "Next");
        await service.UntilThereAsync("Next");
        Assert.Empty(service.Printed("another folder"));
    }

    private static void RemoveEleven(Workspace work)
    {
        for (int i = 1; i <= 11; i++)
        {
            work.Delete($"posts/2024-03-{i:00}-post-{i}.md");
        }
    }
}
