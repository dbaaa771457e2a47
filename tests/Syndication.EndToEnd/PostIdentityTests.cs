using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A post stays the same post to its readers, whatever becomes of its file.</summary>
public sealed class PostIdentityTests
{
    [Theory]
    [InlineData("posts/second.md", "posts/renamed.md")]
    [InlineData("posts/second.md", "posts/folder/second.md")]
    [InlineData("posts/second.md", "posts/folder/renamed.md")]
    public async Task APostThatIsRenamedOrMovedKeepsItsId(string from, string to)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second", "date: 2026-01-02");
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);
        FeedItem before = await service.ItemAsync("Second");

        work.Move(from, to);

        await service.UntilAsync(items => items.Any(i => i.Title == "Second" && i.Url != before.Url), "the post at its new address");
        await witness.SawNoChangeAsync();
        Assert.Equal(2, (await service.ItemsAsync()).Count);
    }

    [Fact]
    public async Task AFolderThatIsRenamedLeavesItsPostsTheirIds()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("old/second.md", "Second");
        work.Post("old/third.md", "Third");
        await using Service service = await Service.StartAsync(work);
        await using Witness witness = await Witness.OfAsync(service);

        work.Move("posts/old", "posts/new");

        await service.UntilAsync(items => items.Count(i => i.Url.Contains("/new/", StringComparison.Ordinal)) == 2, "both posts at their new addresses");
        await witness.SawNoChangeAsync();
    }

    [Fact]
    public async Task ACopyOfAPostIsAPostOfItsOwn()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        FeedItem original = await service.ItemAsync("First");

        File.Copy(work.In("posts/first.md"), work.In("posts/copy.md"));
        await service.UntilAsync(items => items.Count == 2, "the copy");

        IReadOnlyList<FeedItem> items = await service.ItemsAsync();
        Assert.Equal(2, items.Select(i => i.Id).Distinct().Count());
        Assert.Equal(original.Url, Assert.Single(items, i => i.Id == original.Id).Url);
    }

    [Fact]
    public async Task ASecondFileWithTheSameIdIsRefusedAndTheFirstStays()
    {
        using Workspace work = new();
        work.Post("b-first.md", "First", "id: urn:example:one");
        await using Service service = await Service.StartAsync(work);

        work.Post("a-copy.md", "Copy", "id: urn:example:one");
        string line = await service.UntilPrintedAsync("a-copy.md:3:", "urn:example:one");
        work.Post("other.md", "Other");
        await service.UntilThereAsync("Other");

        Assert.Contains("b-first.md", line, StringComparison.Ordinal);
        FeedItem kept = Assert.Single(await service.ItemsAsync(), i => i.Id == "urn:example:one");
        Assert.Equal("First", kept.Title);
        Assert.Equal(2, (await service.ItemsAsync()).Count);
    }

    [Fact]
    public async Task AnIdThatIsWrittenIntoAPublishedPostComesTooLate()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("First");

        work.Post("first.md", "First, edited", "id: urn:example:late");

        Assert.Equal(before.Id, (await service.UntilThereAsync("First, edited")).Id);
        await service.UntilPrintedAsync("first.md:3:", "urn:example:late");
    }

    [Fact]
    public async Task PostsRenamedAndEditedWhileNothingRanKeepTheirIds()
    {
        using Workspace work = new();
        work.Post("2026-01-02-first.md", "First");
        work.Post("2026-01-03-second.md", "Second");
        string[] arguments = ["--Site:Url=https://blog.example/"];
        IReadOnlyDictionary<string, string> before;
        await using (Service service = await Service.StartAsync(work, arguments))
        {
            before = await service.IdsAsync();
            await service.StopAsync();
        }

        work.Move("posts/2026-01-02-first.md", "posts/2026-01-02-another-name.md");
        work.Move("posts/2026-01-03-second.md", "posts/folder/2026-01-03-second.md");
        work.Post("folder/2026-01-03-second.md", "Second, edited");
        await using Service again = await Service.StartAsync(work, arguments);

        await again.UntilAsync(items => items.Count == 2, "both posts");
        Assert.Equal(before["First"], (await again.ItemAsync("First")).Id);
        Assert.Equal(before["Second"], (await again.ItemAsync("Second, edited")).Id);
    }

    [Fact]
    public async Task AChangedPermalinkSettingChangesLinksAndNoId()
    {
        using Workspace work = new();
        work.Archive(5);
        work.Post("undated.md", "Undated");
        IReadOnlyList<FeedItem> before;
        await using (Service service = await Service.StartAsync(work, "--Site:Url=https://blog.example/"))
        {
            before = await service.ItemsAsync();
            await service.StopAsync();
        }

        await using Service again = await Service.StartAsync(work, "--Site:Url=https://blog.example/", "--Site:Permalink=/notes/:year/:slug.html");
        IReadOnlyList<FeedItem> after = await again.ItemsAsync();

        Assert.Equal(before.Select(i => (i.Id, i.Published)), after.Select(i => (i.Id, i.Published)));
        Assert.All(after, item => Assert.StartsWith("https://blog.example/notes/", item.Url, StringComparison.Ordinal));
        Assert.Empty(before.Select(i => i.Url).Intersect(after.Select(i => i.Url)));
    }
}
