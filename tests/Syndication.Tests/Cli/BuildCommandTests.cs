using System.Text.Json.Nodes;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

public sealed class BuildCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task APostWithHostileFieldsDoesNotStopTheOthers()
    {
        Post("good.md", "date: 2026-01-02");
        Post("bad.md", "date: 2026-01-03\nlang: \"\\u0001\"\nid: \"urn:\\u0001\"\npermalink: \"/\\u0001/\"\nauthor: {name: Ann, email: \"\\u0001\", url: \"\\ufffe\"}");

        TestTerminal terminal = await Build(0);

        Assert.Contains("/good", await Text("feed.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "is a file")]
    [InlineData("file/out", "cannot be written to")]
    [InlineData("/proc/out", "cannot be written to")]
    public async Task AnOutputThatCannotBeWrittenToIsOneLineBeforeAnythingIsDone(string output, string expected)
    {
        Post("good.md", "date: 2026-01-02");
        File.WriteAllText(At("file"), "mine");

        TestTerminal terminal = new(_temp.Path);
        int code = await terminal.RunAsync(["build", "--site", "posts", "--output", output]);

        Assert.Equal(1, code);
        Assert.StartsWith("error: command line: --output: '", terminal.Error, StringComparison.Ordinal);
        Assert.Contains(expected, terminal.Error, StringComparison.Ordinal);
        Assert.Single(terminal.Error.Trim().Split('\n'));
        Assert.Empty(terminal.Out);
    }

    [Fact]
    public async Task ASiteWithPagesOfItsOwnKeepsItsFrontPage()
    {
        File.WriteAllText(At("_config.yml"), "title: Blog\nurl: https://blog.example\nfeed: {path: a/%2e%2e/%2e%2e/evil2.xml}\n");
        Post("_posts/2026-01-02-a.md", "title: A");
        Directory.CreateDirectory(At("_site"));
        File.WriteAllText(At("_site/index.html"), "mine");

        TestTerminal terminal = await Build(0, ".");

        Assert.Equal("mine", await Text("index.html"));
        Assert.False(File.Exists(Path.Join(Path.GetDirectoryName(_temp.Path), "evil2.xml")));
        Assert.False(File.Exists(At("evil2.xml")));
        Assert.True(File.Exists(At("_site/feed.xml")));
        Assert.Contains("warning: feed.path", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UndatedPostsThatTheFeedIsTooShortForKeepTheirDates()
    {
        for (int i = 0; i < 4; i++)
        {
            Post($"undated{i}.md", $"title: {i}");
            File.SetLastWriteTimeUtc(At($"posts/undated{i}.md"), new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        await Build(0, "posts", "--Feeds:Limit=2");
        foreach (string file in Directory.GetFiles(At("posts")))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 6, 6, 0, 0, 0, DateTimeKind.Utc));
        }

        await Build(0, "posts", "--Feeds:Limit=0");

        JsonArray items = JsonNode.Parse(await Text("feed.json"))!["items"]!.AsArray();
        Assert.Equal(["2026-01-04", "2026-01-03", "2026-01-02", "2026-01-01"], items.Select(i => ((string)i!["date_published"]!)[..10]));
    }

    [Fact]
    public async Task TwoPostsWithOnePermalinkAreAProblemOfTheLaterAndAnErrorOnlyWhenStrict()
    {
        Post("a.md", "date: 2026-01-02\npermalink: /x/");
        Post("b.md", "date: 2026-01-03\npermalink: /x/\nid: urn:b");
        Post("c.md", "date: 2026-01-03\npermalink: /feed.xml");

        TestTerminal terminal = await Build(0);
        await Build(1, "posts", "--strict");

        Assert.Contains("b.md: the permalink /x/ is that of a.md already", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("<rss", await Text("feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATemplateThatFailsWhenRenderedIsOneLineAndExitsThree()
    {
        Post("a.md", "date: 2026-01-02");
        Directory.CreateDirectory(At("posts/templates/web"));
        File.WriteAllText(At("posts/templates/web/post.html"), "{% for i in (1..2000) %}{% for j in (1..2000) %}x{% endfor %}{% endfor %}");

        TestTerminal terminal = await Build(3);

        Assert.Single(terminal.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("error: templates", StringComparison.Ordinal));
        Assert.True(File.Exists(At("_site/feed.xml")));
    }

    private void Post(string name, string frontMatter)
    {
        string file = name.Contains('/', StringComparison.Ordinal) ? At(name) : At("posts/" + name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"---\n{frontMatter}\n---\nText.\n");
    }

    private async Task<TestTerminal> Build(int expected, string site = "posts", params string[] more)
    {
        TestTerminal terminal = new(_temp.Path);
        int code = await terminal.RunAsync(["build", "--site", site, "--output", "_site", .. more]);
        Assert.True(code == expected, $"{code}: {terminal.Error}");
        return terminal;
    }

    private Task<string> Text(string name) => File.ReadAllTextAsync(At("_site/" + name), TestContext.Current.CancellationToken);

    private string At(string name) => Path.Join(_temp.Path, name);
}
