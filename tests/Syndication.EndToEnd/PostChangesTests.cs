using System.Globalization;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What a blogger does to posts while the service runs, and what the feeds make of it.</summary>
public sealed class PostChangesTests
{
    [Fact]
    public async Task ASavedPostAppearsInEveryFeed()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        work.Post("second.md", "Second");
        FeedItem second = await service.UntilThereAsync("Second");

        Assert.Contains("The text of Second.", second.Html, StringComparison.Ordinal);
        Assert.All(await service.IdsOfEachFeedAsync(), ids => Assert.Contains(second.Id, ids));
        await Eventually.IsAsync(
            () => work.Read("data/public/feed.xml").Contains(second.Id, StringComparison.Ordinal), () => "the post in the file feed.xml");
        await Eventually.IsAsync(
            async () => (await service.TextAsync("/")).Contains("Second", StringComparison.Ordinal), () => "the post on the landing page");
    }

    [Fact]
    public async Task APostInANewFolderAppears()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        work.Write("aside/deep/second.md", Workspace.TextOf("Second"));
        work.Move("aside", "posts/a new folder");

        await service.UntilThereAsync("Second");
    }

    [Fact]
    public async Task AnEditedPostChangesInEveryFeedAndKeepsItsIdAndDate()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("First");

        work.Post("first.md", "First, edited");
        FeedItem after = await service.UntilThereAsync("First, edited");

        Assert.Equal((before.Id, before.Url, before.Published), (after.Id, after.Url, after.Published));
        Assert.Single(await service.ItemsAsync());
        Assert.Contains("First, edited", await service.TextAsync("/feed.xml"), StringComparison.Ordinal);
        Assert.Contains("First, edited", await service.TextAsync("/atom.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatAnEditorReplacesKeepsItsId()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("First");

        // As vim and many others save: the old file is renamed, the new one takes its place, the old one is deleted.
        work.Move("posts/first.md", "posts/first.md~");
        work.Post("4913.tmp", "First, edited");
        work.Move("posts/4913.tmp", "posts/first.md");
        work.Delete("posts/first.md~");

        Assert.Equal(before.Id, (await service.UntilThereAsync("First, edited")).Id);
        Assert.Single(await service.ItemsAsync());
    }

    [Theory]
    [InlineData("published: false")]
    [InlineData("draft: true")]
    public async Task APostThatIsUnpublishedLeavesTheFeedsAndKeepsItsId(string field)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("Second");

        work.Post("second.md", "Second", field);
        await service.UntilGoneAsync("Second");
        Assert.All(await service.IdsOfEachFeedAsync(), ids => Assert.DoesNotContain(before.Id, ids));
        work.Post("second.md", "Second");

        Assert.Equal(before.Id, (await service.UntilThereAsync("Second")).Id);
    }

    [Fact]
    public async Task ADeletedPostLeavesTheFeedsAndKeepsItsIdForItsReturn()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string file = work.Post("second.md", "Second", "id: urn:example:second");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("Second");

        File.Delete(file);
        await service.UntilGoneAsync("Second");
        Assert.All(await service.IdsOfEachFeedAsync(), ids => Assert.Single(ids));
        work.Post("second.md", "Second");

        Assert.Equal(before.Id, (await service.UntilThereAsync("Second")).Id);
    }

    [Fact]
    public async Task ADeletedFolderTakesItsPostsOutOfTheFeeds()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("folder/second.md", "Second");
        work.Post("folder/third.md", "Third");
        await using Service service = await Service.StartAsync(work);

        Directory.Delete(work.In("posts/folder"), recursive: true);

        await service.UntilAsync(items => items.Select(i => i.Title).SequenceEqual(["First"]), "the first post alone");
    }

    [Fact]
    public async Task APostOfTheFutureAppearsWhenItsTimeComes()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        DateTimeOffset date = TimeProvider.System.GetUtcNow().AddSeconds(6);
        work.Post("later.md", "Later", $"date: {date.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}");
        work.Post("now.md", "Now");

        // The other post was saved after it, so that by then it was read and not shown.
        await service.UntilThereAsync("Now");
        Assert.True(
            (await service.ItemsAsync()).All(i => i.Title != "Later") || TimeProvider.System.GetUtcNow() >= date, "the post of the future is shown");
        await service.UntilThereAsync("Later");
        Assert.True(TimeProvider.System.GetUtcNow() >= date.AddSeconds(-1), "it came before its time");
    }

    [Fact]
    public async Task WaitingPostsAreAnnouncedAtStart()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("later.md", "Later", "date: 2099-01-01");
        await using Service service = await Service.StartAsync(work);

        await service.UntilPrintedAsync("Later", "2099-01-01");
        Assert.Equal("First", Assert.Single(await service.ItemsAsync()).Title);
    }

    [Fact]
    public async Task AHalfWrittenPostLeavesItsLastGoodVersionUntilItIsWhole()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second");
        await using Service service = await Service.StartAsync(work);
        IReadOnlyDictionary<string, string> before = await service.IdsAsync();

        work.Write("posts/second.md", "---\ntitle: Second, half wri");
        await service.UntilPrintedAsync("second.md:1:");
        work.Post("third.md", "Third");
        await service.UntilThereAsync("Third");
        Assert.Equal(before["Second"], (await service.ItemAsync("Second")).Id);

        work.Post("second.md", "Second, whole");
        Assert.Equal(before["Second"], (await service.UntilThereAsync("Second, whole")).Id);
    }

    [Fact]
    public async Task APostThatIsEmptiedKeepsItsLastGoodVersion()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("First");

        work.Write("posts/first.md", "");
        await service.UntilPrintedAsync("first.md", "empty");

        Assert.Equal(before, Assert.Single(await service.ItemsAsync()));
    }

    [Fact]
    public async Task ABrokenPostIsToldOnceAndNotAgainWithEveryChange()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        work.Write("posts/broken.md", "---\ntitle: 'Broken\n---\nText.\n");
        await service.UntilPrintedAsync("broken.md:");
        work.Post("second.md", "Second");
        await service.UntilThereAsync("Second");
        work.Post("third.md", "Third");
        await service.UntilThereAsync("Third");

        Assert.Single(service.Printed("broken.md"));
    }
}
