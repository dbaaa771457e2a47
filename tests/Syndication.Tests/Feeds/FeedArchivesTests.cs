using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

public sealed class FeedArchivesTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";
    private static readonly SiteDefinition Blog = Sites.Bare();

    [Fact]
    public void EachYearFromTheFirstPostOnHasAPageInEachFormatAndAllButTheLastAreFrozen()
    {
        PlannedFeed feed = Plan(new FeedOptions { Limit = 1 }, "2021-12-31", "2023-01-01", "2024-05-06").Site;

        Assert.Equal(
            [
                "/feed-archive-2021.xml frozen next /feed-archive-2022.xml: 2021-12-31",
                "/feed-archive-2022.xml frozen prev /feed-archive-2021.xml next /feed-archive-2023.xml: ",
                "/feed-archive-2023.xml frozen prev /feed-archive-2022.xml next /feed-archive-2024.xml: 2023-01-01",
                "/feed-archive-2024.xml prev /feed-archive-2023.xml: 2024-05-06",
            ],
            feed.Archives.Select(Shown));
        Assert.Equal(["/feed-archive-2021.xml", "/atom-archive-2021.xml", "/feed-archive-2021.json"], feed.Archives[0].Formats.Select(format => format.Path));
        Assert.Equal([], feed.Archives.Where(page => page.Id != feed.Id || !page.History!.Current.SequenceEqual(feed.Formats)));
    }

    /// <summary>What lies before the feed's last post is to be found at once.</summary>
    [Theory]
    [InlineData(1, "/feed-archive-2024.xml")]
    [InlineData(2, "/feed-archive-2023.xml")]
    [InlineData(3, null)]
    [InlineData(0, null)]
    public void AFeedNamesThePageOfTheFirstPostThatItDoesNotShow(int limit, string? page)
    {
        PlannedFeed feed = Plan(new FeedOptions { Limit = limit }, "2023-12-31", "2024-05-05", "2024-05-06").Site;

        Assert.Equal(page, feed.History?.Previous[0].Path);
        Assert.Equal(page is not null, feed.Archives.Length > 0);
    }

    [Theory]
    [InlineData("month", "/feed-archive-2023-12.xml /feed-archive-2024-01.xml")]
    [InlineData("Year", "/feed-archive-2023.xml /feed-archive-2024.xml")]
    [InlineData("off", "")]
    public void PagesAreOfYearsOrMonthsOrThereAreNone(string setting, string pages)
    {
        FeedOptions options = new() { Limit = 1, Archives = setting };
        Assert.Empty(options.Invalid());

        Assert.Equal(pages, string.Join(' ', Plan(options, "2023-12-31", "2024-01-01").Archives.Select(page => page.Formats[0].Path)));
    }

    [Fact]
    public void AnotherDivisionIsRefused() =>
        Assert.Equal(["Archives"], new FeedOptions { Archives = "week" }.Invalid().Concat(new FeedOverride { Path = "/x", Archives = "10" }.Invalid()).Select(o => o.Property).Distinct());

    [Fact]
    public void ATopicHasPagesWhereItIsSaid()
    {
        ImmutableArray<Post> posts = [.. new[] { "2024-01-01", "2023-01-01" }.Select(date => Dated(date) with { Tags = ["a", "b"] })];
        FeedOptions options = new() { Limit = 1, Each = [new FeedOverride { Path = "/feed/tag/b.xml", Archives = "year" }] };

        FeedPlan plan = FeedPlan.Of(new PostCatalog(Blog, posts), options);

        Assert.Equal([0, 2], plan.Topics.Select(topic => topic.Archives.Length));
        Assert.Contains("feed/tag/b.atom-archive-2023.xml", plan.Names);
        Assert.Equal(plan.Names.Count(), plan.Names.Distinct().Count());
    }

    [Fact]
    public async Task TheBytesOfAPageChangeOnlyWhenOneOfItsPostsDoes()
    {
        using TempFolder site = new();
        foreach (string date in new[] { "2019-07-01", "2021-03-01", "2021-06-01", "2022-02-01", "2023-02-01" })
        {
            Write(site, date, "Text");
        }

        Dictionary<string, string> first = await BuildAsync(site);
        Assert.Equal(3 * 5, first.Count);

        // A post more in the newest year, and one in a year without any.
        Write(site, "2023-05-01", "New");
        Write(site, "2020-05-01", "Found");
        Assert.Equal(["-2020", "-2023"], Changed(first, first = await BuildAsync(site)));

        // A year more: the last one is now frozen, and names it.
        Write(site, "2024-05-01", "New");
        Assert.Equal(["-2023", "-2024"], Changed(first, first = await BuildAsync(site)));

        // One of the middle is edited, another removed.
        Write(site, "2021-03-01", "Edited");
        File.Delete(Path.Join(site.Path, "2022-02-01.md"));
        Assert.Equal(["-2021", "-2022"], Changed(first, await BuildAsync(site)));
    }

    [Fact]
    public async Task PagesAndTheFeedSayWhereTheOthersAre()
    {
        using TempFolder site = new();
        Write(site, "2022-02-03", "Text");
        Write(site, "2023-02-03", "Text");
        Write(site, "2024-02-03", "Text");

        Dictionary<string, string> files = await BuildAsync(site);

        XElement rss = XElement.Parse(files["feed-archive-2023.xml"]).Element("channel")!;
        Assert.Equal(
            ["self https://blog.example/feed-archive-2023.xml", "prev-archive https://blog.example/feed-archive-2022.xml", "next-archive https://blog.example/feed-archive-2024.xml", "current https://blog.example/feed.xml"],
            rss.Elements(Atom + "link").Select(link => $"{link.Attribute("rel")!.Value} {link.Attribute("href")!.Value}"));
        Assert.NotNull(rss.Element(History + "archive"));
        Assert.Equal("Fri, 03 Feb 2023 00:00:00 GMT", rss.Element("lastBuildDate")!.Value);
        XElement atom = XElement.Parse(files["atom-archive-2022.xml"]);
        Assert.Equal(["self", "alternate", "next-archive", "current"], atom.Elements(Atom + "link").Select(link => link.Attribute("rel")!.Value));
        Assert.NotNull(atom.Element(History + "archive"));
        Assert.StartsWith("2022-02-03T", atom.Element(Atom + "updated")!.Value, StringComparison.Ordinal);
        XElement open = XElement.Parse(files["atom-archive-2024.xml"]);
        Assert.Null(open.Element(History + "archive"));
        Assert.Equal("https://blog.example/feed-archive-2022.json", Next(files["feed-archive-2023.json"]));
        Assert.Null(Next(files["feed-archive-2022.json"]));

        XElement feed = XElement.Load(Path.Join(site.Path, "out", "atom.xml"));
        Assert.Equal("https://blog.example/atom-archive-2023.xml", feed.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "prev-archive").Attribute("href")!.Value);
        Assert.Null(feed.Element(History + "archive"));
        Assert.Equal("https://blog.example/feed-archive-2023.json", Next(await File.ReadAllTextAsync(Path.Join(site.Path, "out", "feed.json"), TestContext.Current.CancellationToken)));
    }

    private static string? Next(string json) => JsonDocument.Parse(json).RootElement.TryGetProperty("next_url", out JsonElement next) ? next.GetString() : null;

    /// <summary>The times whose pages differ in a format, or are new or gone.</summary>
    private static IEnumerable<string> Changed(Dictionary<string, string> before, Dictionary<string, string> after) => before.Keys.Union(after.Keys)
        .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
        .GroupBy(name => name[name.LastIndexOf('-')..name.LastIndexOf('.')]).Select(formats => formats.Key).Order(StringComparer.Ordinal);

    /// <summary>All pages after a build.</summary>
    private static async Task<Dictionary<string, string>> BuildAsync(TempFolder site)
    {
        TestTerminal terminal = new(site.Path);
        string output = Path.Join(site.Path, "out");
        Assert.Equal(0, await terminal.RunAsync(["build", "--site", site.Path, "--output", output, "--Site:Url=https://blog.example", "--Feeds:Limit=1"]));
        return Directory.GetFiles(output, "*-archive-*").ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);
    }

    private static void Write(TempFolder site, string date, string text) => File.WriteAllText(Path.Join(site.Path, date + ".md"), $"---\ntitle: Of {date}\ndate: {date} 00:00:00Z\n---\n{text}\n");

    private static FeedPlan Plan(FeedOptions options, params IEnumerable<string> dates) => FeedPlan.Of(new PostCatalog(Blog, [.. dates.Reverse().Select(Dated)]), options);

    private static Post Dated(string date) => Blog.Post($"{date}.md", $"---\ndate: {date}\n---\nText.") with { Id = $"urn:{date}" };

    private static string Shown(PlannedFeed page) => string.Create(CultureInfo.InvariantCulture,
        $"{page.Formats[0].Path}{(page.History!.IsArchive ? " frozen" : "")}{To("prev", page.History.Previous)}{To("next", page.History.Next)}: {string.Join(' ', page.Posts.Select(post => post.Path[..^3]))}");

    private static string To(string relation, ImmutableArray<FeedDefinition> formats) => formats.IsEmpty ? "" : $" {relation} {formats[0].Path}";
}
