using System.Text.Json.Nodes;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

public sealed class ImportIdsCommandTests : MailSite
{
    [Fact]
    public async Task TheIdsOfAnEarlierFeedAreThoseOfOurFeeds()
    {
        Post("2026-01-02-a.md", "A");
        Post("2026-01-03-b.md", "B");
        Feed("old.xml", ("https://old.example/?p=1", "http://old.example/2026/01/02/a.html"), ("https://old.example/?p=9", "https://old.example/gone/"));

        TestTerminal terminal = await RunAsync(0, "import-ids", "old.xml");

        Assert.Contains("1 id of old.xml kept, 0 as they were already, 1 without a post", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("Without a post: https://old.example/gone/", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(["https://blog.example/2026/01/03/b/", "https://old.example/?p=1"], await IdsAsync());
        Assert.Contains("0 ids of old.xml kept, 1 as they were already", (await RunAsync(0, "import-ids", "old.xml")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatOurFeedsMayHaveToldReadersIsChangedOnlyOnDemand()
    {
        Post("2026-01-02-a.md", "A");
        Feed("old.xml", ("urn:one", "https://old.example/2026/01/02/a/"));
        Feed("other.xml", ("urn:two", "https://old.example/2026/01/02/a/"));
        await RunAsync(0, "import-ids", "old.xml");

        TestTerminal terminal = await RunAsync(1, "import-ids", "other.xml");

        Assert.Contains("1 post may be known to readers by other ids from our own feeds", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("--force", terminal.Error, StringComparison.Ordinal);
        Assert.Equal(["urn:one"], await IdsAsync());
        await RunAsync(0, "import-ids", "other.xml", "--force");
        Assert.Equal(["urn:two"], await IdsAsync());
    }

    /// <summary>A post that is not news must not become news by its new id, and one that was mailed is known by the id in the mail.</summary>
    [Fact]
    public async Task WhatTheNewsletterHasSeenItKeepsSeeing()
    {
        Post("2026-01-02-a.md", "A");
        Post("2026-01-03-b.md", "B");
        Feed("old.xml", ("urn:a", "https://old.example/2026/01/02/a/"), ("urn:b", "https://old.example/2026/01/03/b/"));
        Feed("other.xml", ("urn:a2", "https://old.example/2026/01/02/a/"), ("urn:b2", "https://old.example/2026/01/03/b/"));
        await RunAsync(0, "import-ids", "old.xml");
        await ExecuteAsync("""
            insert into newsletters (name, begun_at) values ('default', 1);
            insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state) values ('default', 'urn:a', '', 1, 1, 1), ('default', 'urn:a2', '', 1, 1, 2);
            insert into releases (newsletter, number, post_id, note, released_at, topics, correction_mail) values ('default', 1, 'urn:b', '', 1, '[]', 0);
            """);

        TestTerminal terminal = await RunAsync(1, "import-ids", "other.xml", "--force");

        Assert.Contains("posts/2026-01-03-b.md: was mailed by the id urn:b, which stays", terminal.Error.Replace("error: ", "posts/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["urn:a2", "urn:b"], await IdsAsync());
        await ExecuteAsync("update candidates set turned_up = 1 / (case when state = 1 and post_id = 'urn:a2' then 1 else 0 end)");
        await ExecuteAsync("insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state) values ('default', 'urn:a', '', 1, 1, 1)");
    }

    [Theory]
    [InlineData("nothing.xml", "there is no file 'nothing.xml'")]
    [InlineData("page.xml", "page.xml: is no feed that can be read: it begins with <html>; expected a feed: RSS 2.0, Atom or JSON Feed")]
    [InlineData("http://127.0.0.1:1/feed.xml", "http://127.0.0.1:1/feed.xml cannot be fetched")]
    public async Task WhatIsNoFeedIsOneLineAndMakesNoDatabase(string feed, string said)
    {
        Post("2026-01-02-a.md", "A");
        File.WriteAllText(At("page.xml"), "<html/>");

        TestTerminal terminal = await RunAsync(1, "import-ids", feed);

        Assert.Contains(said, Assert.Single(terminal.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("data")));
    }

    private void Feed(string name, params (string Id, string Link)[] items) => File.WriteAllText(
        At(name),
        $"<rss version=\"2.0\"><channel><title/><link/><description/>{string.Concat(items.Select(i => $"<item><link>{i.Link}</link><guid isPermaLink=\"false\">{i.Id}</guid></item>"))}</channel></rss>");

    /// <summary>The ids of the feed that a build with this database writes, in order.</summary>
    private async Task<string[]> IdsAsync()
    {
        await RunAsync(0, "build", "--data", "data");
        return [.. JsonNode.Parse(await File.ReadAllTextAsync(At("data/public/feed.json"), TestContext.Current.CancellationToken))!["items"]!.AsArray()
            .Select(item => (string)item!["id"]!).Order(StringComparer.Ordinal)];
    }
}
