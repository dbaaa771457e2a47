using System.Text.Json;
using System.Xml.Linq;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What a first-time user meets: the program started with nothing, in whatever folder.</summary>
public sealed class FirstStartTests
{
    [Fact]
    public async Task StartedInAnEmptyFolderItServesItsSamplesAndSaysWhatToDoNext()
    {
        using Workspace work = new();
        await using Service service = await Service.StartAsync(work);

        IReadOnlyList<string> greeting = service.Program.Output.All;
        Assert.Contains(greeting, line => line.Contains("3 posts", StringComparison.Ordinal));
        string feeds = Assert.Single(greeting, line => line.Contains("/feed.xml", StringComparison.Ordinal));
        Assert.Contains($"{service.Url}/feed.xml", feeds, StringComparison.Ordinal);
        Assert.Contains($"{service.Url}/atom.xml", feeds, StringComparison.Ordinal);
        Assert.Contains($"{service.Url}/feed.json", feeds, StringComparison.Ordinal);
        Assert.Contains(greeting, line => line.Contains("--site", StringComparison.Ordinal));
        Assert.InRange(greeting.Count, 3, 8);
        Assert.Empty(service.Program.Errors.All);

        XElement rss = XElement.Parse(await service.TextAsync("/feed.xml"));
        XElement atom = XElement.Parse(await service.TextAsync("/atom.xml"));
        using JsonDocument json = JsonDocument.Parse(await service.TextAsync("/feed.json"));
        Assert.Equal("rss", rss.Name.LocalName);
        Assert.Equal("feed", atom.Name.LocalName);
        Assert.Equal("https://jsonfeed.org/version/1.1", json.RootElement.GetProperty("version").GetString());
        Assert.Contains("Welcome: a folder, and readers", (await service.IdsAsync()).Keys);
        IReadOnlyList<IReadOnlyList<string>> ids = await service.IdsOfEachFeedAsync();
        Assert.Equal(3, ids[0].Count);
        Assert.All(ids, feed => Assert.Equal(ids[0], feed));

        string landing = await service.TextAsync("/");
        Assert.All(["feed.xml", "atom.xml", "feed.json"], feed => Assert.Contains($"{service.Url}/{feed}", landing, StringComparison.Ordinal));
        foreach (string feed in (string[])["feed.xml", "atom.xml", "feed.json"])
        {
            Assert.Equal(await service.TextAsync("/" + feed), work.Read($"data/public/{feed}"));
        }

        await service.StopAsync();
    }

    [Fact]
    public async Task TheOwnPostsFolderTakesThePlaceOfTheSamples()
    {
        using Workspace work = new();
        work.Post("hello.md", "Hello");
        await using Service service = await Service.StartAsync(work);

        Assert.Equal("Hello", Assert.Single(await service.ItemsAsync()).Title);
        await service.StopAsync();
    }

    [Fact]
    public async Task StartedInTheRootOfTheDiskItTakesTheFoldersItIsGiven()
    {
        using Workspace work = new();
        work.Write("blog/hello.md", Workspace.TextOf("Hello"));
        await using Service service = await Service.StartAsync(
            new Launch { Folder = "/", Arguments = ["serve", "--site", work.In("blog"), "--data", work.In("kept"), "--output", work.In("out put")] });

        Assert.Equal("Hello", Assert.Single(await service.ItemsAsync()).Title);
        Assert.True(File.Exists(work.In("kept/syndication.db")));
        Assert.True(File.Exists(work.In("out put/feed.xml")));
        await service.StopAsync();
    }

    [Fact]
    public async Task PathsOfTheCommandLineBelongToTheCallersFolder()
    {
        using Workspace work = new();
        work.Write("a blog/hello.md", Workspace.TextOf("Hello"));
        Directory.CreateDirectory(work.In("called here"));
        await using Service service = await Service.StartAsync(
            new Launch { Folder = work.In("called here"), Arguments = ["--site", "../a blog", "--data", "kept"] });

        Assert.Equal("Hello", Assert.Single(await service.ItemsAsync()).Title);
        Assert.True(File.Exists(work.In("called here/kept/syndication.db")));
        await service.StopAsync();
    }

    [Fact]
    public async Task StartedAgainItServesTheSameBytes()
    {
        using Workspace work = new();
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        List<string> seen = [];
        for (int start = 0; start < 2; start++)
        {
            await using Service service = await Service.StartAsync(work, "--urls", url);
            seen.Add(await service.TextAsync("/feed.xml") + await service.TextAsync("/atom.xml") + await service.TextAsync("/feed.json"));
            using HttpResponseMessage answer = await service.GetAsync("/feed.xml");
            seen[^1] += answer.Content.Headers.LastModified + answer.Headers.ETag!.Tag;
            await service.StopAsync();
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task InterruptedAtATerminalItLeavesInPeace()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        await service.StopAsync("INT");
    }

    [Fact]
    public async Task KilledItStartsAgainWithTheSameIds()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        string[] arguments = ["--Site:Url=https://blog.example/"];
        IReadOnlyDictionary<string, string> before;
        await using (Service service = await Service.StartAsync(work, arguments))
        {
            work.Post("second.md", "Second");
            await service.UntilThereAsync("Second");
            before = await service.IdsAsync();
            service.Program.Send("KILL");
            await service.Program.ExitAsync();
        }

        work.Move("posts/first.md", "posts/one.md");
        work.Move("posts/second.md", "posts/two.md");
        await using Service again = await Service.StartAsync(work, arguments);
        Assert.Equal(before, await again.IdsAsync());
        await again.StopAsync();
    }
}
