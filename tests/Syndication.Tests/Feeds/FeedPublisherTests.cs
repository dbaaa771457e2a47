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
