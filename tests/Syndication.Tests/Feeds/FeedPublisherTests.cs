using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Templating;
using Syndication.Tests.Posts;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

public sealed class FeedPublisherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStampThatFailsLeavesTheLastGoodFeedsAndIsTriedAgain()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        string output = Path.Join(place.Folder, "public");
        SitePublisher publisher = new(new FeedOptions(), new TemplateSet([Path.Join(AppContext.BaseDirectory, "templates")]), new OutputFolder(output), new RenderCache(null));
        Assert.Empty(publisher.RefreshTemplates(out _));
        using PostCatalogSource catalogs = new();
        PublishedSiteSource published = new();
        using FeedPublisher loop = new(catalogs, published, new FeedStore(database), publisher, place.Time, NullLogger<FeedPublisher>.Instance);
        catalogs.Replace(Catalog("One."));
        await loop.StartAsync(Stop);
        await Until(() => File.Exists(Path.Join(output, "2026/a/index.html")) && published.Current.Files.ContainsKey("/feed.xml"), place);

        await Execute(place.File, "alter table feeds rename to feeds_away");
        catalogs.Replace(Catalog("Two."));
        await Until(() => File.ReadAllText(Path.Join(output, "2026/a/index.html")).Contains("Two.", StringComparison.Ordinal), place);
        for (int i = 0; i < 20; i++)
        {
            place.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.True(File.Exists(Path.Join(output, "feed.xml")));
        Assert.Contains("One.", System.Text.Encoding.UTF8.GetString(published.Current.Feeds["/feed.xml"].Bytes.Span), StringComparison.Ordinal);

        await Execute(place.File, "alter table feeds_away rename to feeds");
        await Until(() => File.ReadAllText(Path.Join(output, "feed.xml")).Contains("Two.", StringComparison.Ordinal), place);
        Assert.Contains("Two.", System.Text.Encoding.UTF8.GetString(published.Current.Feeds["/feed.xml"].Bytes.Span), StringComparison.Ordinal);
        await loop.StopAsync(Stop);
    }

    /// <summary>An unchanged feed keeps its bytes, entity tag and date, over a restart too.</summary>
    [Fact]
    public async Task FeedsOfTopicsAreServedAndOnlyThoseChangeWhosePostsDo()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        string output = Path.Join(place.Folder, "public");
        PublishedSiteSource published = new();
        Post other = Catalog("Other.").Published[0] with { Path = "b.md", Id = "urn:b", Permalink = "/2026/b/", Tags = ["y"] };
        using (PostCatalogSource catalogs = new())
        {
            using FeedPublisher loop = Publisher(catalogs, published);
            catalogs.Replace(Tagged("One."));
            await loop.StartAsync(Stop);
            await Until(() => published.Current.Feeds.ContainsKey("/feed/tag/y.json") && published.Current.Files.ContainsKey("/2026/b/"), place);
            PublishedFeed kept = published.Current.Feeds["/feed/tag/y.json"];
            string changed = published.Current.Feeds["/feed/tag/x.json"].Hash;

            place.Time.Advance(TimeSpan.FromMinutes(5));
            catalogs.Replace(Tagged("Two."));
            await Until(() => published.Current.Feeds["/feed/tag/x.json"].Hash != changed, place);

            Assert.Same(kept, published.Current.Feeds["/feed/tag/y.json"]);
            Assert.Equal("/feed/tag/y.xml.html", kept.Readable);
            Assert.Contains("/feed/tag/y.xml.html", published.Current.Files.Keys);
            Assert.Equal("/feed.xml.html", published.Current.Feeds["/feed.xml"].Readable);
            Assert.Equal(("text/x-opml", null), (published.Current.Feeds["/feeds.opml"].Definition.MediaType, published.Current.Feeds["/feeds.opml"].Readable));
            await loop.StopAsync(Stop);
        }

        PublishedSiteSource later = new();
        using PostCatalogSource again = new();
        using FeedPublisher restarted = Publisher(again, later);
        place.Time.Advance(TimeSpan.FromDays(1));
        again.Replace(Tagged("Two."));
        await restarted.StartAsync(Stop);
        await Until(() => later.Current.Feeds.ContainsKey("/feed/tag/x.json"), place);
        Assert.All(published.Current.Feeds, feed => Assert.Equal((feed.Value.Hash, feed.Value.LastModified), (later.Current.Feeds[feed.Key].Hash, later.Current.Feeds[feed.Key].LastModified)));

        again.Replace(Catalog("Two."));
        await Until(() => !later.Current.Feeds.ContainsKey("/feed/tag/x.json"), place);
        Assert.Equal(4, later.Current.Feeds.Count);
        await restarted.StopAsync(Stop);

        PostCatalog Tagged(string body)
        {
            PostCatalog catalog = Catalog(body);
            return new PostCatalog(catalog.Site, [catalog.Published[0] with { Tags = ["x"] }, other]);
        }

        FeedPublisher Publisher(PostCatalogSource catalogs, PublishedSiteSource site)
        {
            SitePublisher publisher = new(new FeedOptions(), new TemplateSet([Path.Join(AppContext.BaseDirectory, "templates")]), new OutputFolder(output), new RenderCache(null));
            Assert.Empty(publisher.RefreshTemplates(out _));
            return new FeedPublisher(catalogs, site, new FeedStore(database), publisher, place.Time, NullLogger<FeedPublisher>.Instance);
        }
    }

    [Fact]
    public async Task FeedsOfASiteWithHubsArePublishedAsTopics()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        SitePublisher publisher = new(new FeedOptions(), new TemplateSet([Path.Join(AppContext.BaseDirectory, "templates")]), new OutputFolder(Path.Join(place.Folder, "public")), new RenderCache(null));
        Assert.Empty(publisher.RefreshTemplates(out _));
        using PostCatalogSource catalogs = new();
        PublishedSiteSource published = new();
        using FeedPublisher loop = new(catalogs, published, new FeedStore(database), publisher, place.Time, NullLogger<FeedPublisher>.Instance);
        PostCatalog catalog = Catalog("One.");
        catalogs.Replace(new PostCatalog(catalog.Site with { Hubs = [new Uri("https://hub.example/")] }, [catalog.Published[0] with { Tags = ["x"] }]));
        await loop.StartAsync(Stop);
        await Until(() => published.Current.Feeds.ContainsKey("/feed/tag/x.json"), place);
        await loop.StopAsync(Stop);

        Assert.Equal(["/feeds.opml"], published.Current.Feeds.Where(feed => feed.Value.Topic is null).Select(feed => feed.Key));
        Assert.EndsWith("/feed/tag/x.json", published.Current.Feeds["/feed/tag/x.json"].Topic!.Url, StringComparison.Ordinal);
        Assert.Contains("https://hub.example/", System.Text.Encoding.UTF8.GetString(FeedBytes.Plain(published.Current.Feeds["/feed/tag/x.json"]).Span), StringComparison.Ordinal);
    }

    private static PostCatalog Catalog(string body)
    {
        SiteDefinition site = Sites.Bare() with { ServesPages = true };
        return new PostCatalog(site, [site.Post("a.md", $"---\ndate: 2026-01-02\n---\n{body}") with { Id = "urn:a", Permalink = "/2026/a/" }]);
    }

    /// <summary>Lets the loop run, its clock turned on by seconds, until something is so.</summary>
    private static async Task Until(Func<bool> isSo, TestDatabase place)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            place.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task Execute(string file, string sql)
    {
        await using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}
