using System.Diagnostics;
using System.Text.Json;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>Feed readers that we did not write read the same entries from what is served, whichever format they take.</summary>
public sealed class ReadersTests
{
    private const string Python = "/usr/bin/python3";

    private const string ReadWithFeedparser = """
        import feedparser, sys
        feed = feedparser.parse(sys.argv[1])
        assert not feed.bozo, feed.bozo_exception
        for e in feed.entries:
            print(e.id, e.link, e.title, e.published_parsed[:6], sorted(t.term for t in e.get("tags", [])), e.content[0].value, sep="\t")
        """;

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    public async Task FeedparserSfeedAndRss2emailReadTheSameEntriesFromEachFormat(string feed)
    {
        Machine.Require(Machine.Succeeds(Python, "-c", "import feedparser"), "there is no python3-feedparser; tests/run installs it");
        Machine.Require(Machine.Succeeds("sfeed", "-h") || File.Exists("/usr/bin/sfeed"), "there is no sfeed; tests/run installs it");
        Machine.Require(File.Exists("/usr/bin/r2e"), "there is no rss2email; tests/run installs it");
        using Workspace work = new();
        work.Post("first.md", "First & <foremost>: \u00fc", "date: 2026-01-01 10:20:30 +0300", "tags: [\"Q&A\", c++]");
        work.Post("second.md", "Second &amp; last", "date: 2026-01-02");
        await using Service service = await Service.StartAsync(work);
        IReadOnlyList<FeedItem> items = await service.ItemsAsync();
        string[] ids = [.. items.Select(i => i.Id).Order(StringComparer.Ordinal)];

        string[][] parsed = Lines(await OutputAsync(Python, ["-c", ReadWithFeedparser, service.Url + feed]));
        Assert.Equal(items.Select(i => (i.Id, i.Url, i.Title)), parsed.Select(p => (p[0], p[1], p[2])));
        Assert.Equal(["(2026, 1, 2, 0, 0, 0)", "(2026, 1, 1, 7, 20, 30)"], parsed.Select(p => p[3]));
        Assert.Equal("['Q&A', 'c++']", parsed[1][4]);
        Assert.StartsWith("<p>The text of", parsed[0][5], StringComparison.Ordinal);

        string[][] plain = Lines(await OutputAsync("sfeed", [service.Url + "/"], await service.TextAsync(feed)));
        Assert.Equal(items.Select(i => (i.Id, i.Url, i.Title)), plain.Select(p => (p[5], p[2], p[1])));

        string[] files = ["-c", work.In("r2e.cfg"), "-d", work.In("r2e.json")];
        await OutputAsync("r2e", [.. files, "new", "reader@blog.example"]);
        await OutputAsync("r2e", [.. files, "add", "blog", service.Url + feed]);
        await OutputAsync("r2e", [.. files, "run", "--no-send"]);
        using JsonDocument seen = JsonDocument.Parse(work.Read("r2e.json"));
        Assert.Equal(ids, seen.RootElement.GetProperty("feeds")[0].GetProperty("seen").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private static string[][] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    private static async Task<string> OutputAsync(string command, string[] arguments, string input = "")
    {
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(process.WaitForExit(Eventually.Deadline), $"{command} did not end");
        Assert.True(process.ExitCode == 0, $"{command}: {await errors}");
        return output;
    }
}
