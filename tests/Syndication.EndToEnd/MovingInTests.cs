using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A blog that comes from another program, or that moves its pages and feeds, and keeps its readers.</summary>
public sealed class MovingInTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadersOfAnEarlierFeedFindTheIdsThatTheyKnow()
    {
        using Workspace work = new();
        work.Post("2026-01-02-a.md", "A");
        work.Post("2026-01-03-b.md", "B");
        work.Write("old.xml", """
            <rss version="2.0"><channel><title>Old</title><link>https://old.example/</link><description>x</description>
            <item><link>https://old.example/2026/01/02/a.html</link><guid isPermaLink="false">https://old.example/?p=1</guid></item></channel></rss>
            """);
        await Command.RunAsync(work, "import-ids", "old.xml");

        await using Service service = await Service.StartAsync(work);
        Assert.All(await service.IdsOfEachFeedAsync(), ids => Assert.Equal(2, ids.Intersect(["https://old.example/?p=1", ids[0]]).Count()));

        // What it has in memory would win: nothing is changed beneath it.
        work.Write("other.xml", work.Read("old.xml").Replace("?p=1", "?p=2", StringComparison.Ordinal));
        (await Command.RunAsync(work, "import-ids", "other.xml", "--force")).Fails(3, ["`serve` is running on it; stop it, call this again"]);
        Assert.Contains("0 ids of old.xml kept, 1 as they were already", (await Command.RunAsync(work, "import-ids", "old.xml")).Output, StringComparison.Ordinal);
        await service.StopAsync();
        await Command.RunAsync(work, "import-ids", "other.xml", "--force");

        await using Service again = await Service.StartAsync(work);
        Assert.Equal("https://old.example/?p=2", (await again.ItemAsync("A")).Id);
    }

    [Fact]
    public async Task WhoAsksWhereAPostWasIsSentToWhereItIs()
    {
        using Workspace work = new();
        work.Post("a.md", "A", "permalink: /first/", "redirect_from: [/2019/a.html]");
        await using (Service service = await Service.StartAsync(work))
        {
            await Eventually.IsAsync(async () => (await StatusAsync(service, "/first/")).Status == HttpStatusCode.OK, () => "the page");
            work.Post("a.md", "A", "permalink: /second/", "redirect_from: [/2019/a.html]");
            await Eventually.IsAsync(async () => (await StatusAsync(service, "/first/")).Status == HttpStatusCode.MovedPermanently, () => "the page at its new address");

            Assert.Equal((HttpStatusCode.MovedPermanently, $"{service.Url}/second/"), await StatusAsync(service, "/first/"));
            Assert.Equal((HttpStatusCode.MovedPermanently, $"{service.Url}/second/"), await StatusAsync(service, "/2019/a.html"));
            await Eventually.IsAsync(() => File.Exists(work.In("data/public/first/index.html")) && work.Read("data/public/first/index.html").Contains("/second/", StringComparison.Ordinal), () => "the page that leads on");
            await service.StopAsync();
        }

        await using Service later = await Service.StartAsync(work, "--Feeds:Retired=/comments.xml", "--Feeds:Moved:0:Path=/rss.xml", "--Feeds:Moved:0:To=/feed.xml");
        Assert.Equal((HttpStatusCode.MovedPermanently, $"{later.Url}/second/"), await StatusAsync(later, "/first/"));
        Assert.Equal((HttpStatusCode.Gone, null), await StatusAsync(later, "/comments.xml"));
        Assert.Equal((HttpStatusCode.MovedPermanently, $"{later.Url}/feed.xml"), await StatusAsync(later, "/rss.xml"));
    }

    /// <summary>RFC 3229: over real sockets, from a version that was served, in both XML formats.</summary>
    [Theory]
    [InlineData("/feed.xml", "item")]
    [InlineData("/atom.xml", "entry")]
    public async Task AReaderThatAsksForWhatIsNewGetsThatAlone(string path, string name)
    {
        using Workspace work = new();
        work.Archive(10);
        await using Service service = await Service.StartAsync(work);
        using HttpResponseMessage first = await service.GetAsync(path);
        work.Post("2026-01-01-news.md", "News");
        await service.UntilThereAsync("News");

        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        request.Headers.Add("A-IM", "feed");
        using HttpResponseMessage delta = await service.SendAsync(request);
        using HttpResponseMessage full = await service.GetAsync(path);

        Assert.Equal((HttpStatusCode)226, delta.StatusCode);
        Assert.Equal(full.Headers.ETag, delta.Headers.ETag);
        Assert.Equal(["feed"], delta.Headers.GetValues("IM"));
        Assert.Equal([first.Headers.ETag!.Tag], delta.Headers.GetValues("Delta-Base"));
        XElement item = Assert.Single(XElement.Parse(await delta.Content.ReadAsStringAsync(Stop)).Descendants(), e => e.Name.LocalName == name);
        Assert.Contains("News", item.ToString(), StringComparison.Ordinal);
        Assert.Equal(full.Content.Headers.ContentType, delta.Content.Headers.ContentType);

        using HttpRequestMessage again = new(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(delta.Headers.ETag!.Tag));
        again.Headers.Add("A-IM", "feed");
        using HttpResponseMessage unchanged = await service.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task ABuildLeavesCompressedFormsOnRequestAndCheckSaysWhatThePagesHeadNeeds()
    {
        using Workspace work = new();
        work.Archive(3);

        (await Command.RunAsync(work, "build", "--output", "out", "--Site:Url=https://blog.example/", "--Site:Title=A \"B\" & C", "--Feeds:Compressed=true")).Succeeds();
        Command check = (await Command.RunAsync(work, "check", "--Site:Url=https://blog.example/", "--Site:Title=A \"B\" & C")).Succeeds();

        Assert.All((string[])["feed.xml", "atom.xml.gz", "feed.json.br", "feeds.opml.gz", "feed.xml.html.br"], name => Assert.True(File.Exists(work.In($"out/{name}")), name));
        Assert.Contains(
            "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"A &quot;B&quot; &amp; C (RSS)\" href=\"https://blog.example/feed.xml\">", check.Output, StringComparison.Ordinal);
        (await Command.RunAsync(work, "build", "--output", "out", "--Site:Url=https://blog.example/", "--Site:Title=A \"B\" & C")).Succeeds();
        Assert.Empty(Directory.GetFiles(work.In("out"), "*.gz", SearchOption.AllDirectories));
    }

    /// <summary>Each page of ours tells programs where the feeds are.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/2024/03/01/post-1/")]
    [InlineData("/feed.xml.html")]
    public async Task EachPageCarriesTheLinksByWhichFeedsAreFound(string path)
    {
        using Workspace work = new();
        work.Archive(1);
        await using Service service = await Service.StartAsync(work);
        await Eventually.IsAsync(async () => (await StatusAsync(service, path)).Status == HttpStatusCode.OK, () => path);

        string page = await service.TextAsync(path);

        Assert.All(
            (string[])["type=\"application/rss+xml\"", $"href=\"{service.Url}/feed.xml\"", "type=\"application/atom+xml\"", "type=\"application/feed+json\""],
            part => Assert.Contains(page.Split('\n'), line => line.Contains("<link rel=\"alternate\"", StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal)));
    }

    private static async Task<(HttpStatusCode Status, string? Location)> StatusAsync(Service service, string path)
    {
        using HttpResponseMessage answer = await service.GetAsync(path);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
