using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Syndication.Editions;
using Syndication.EndToEnd.Support;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Subscribers;
using Syndication.Tests.Editions;
using Syndication.Tests.Support;

namespace Syndication.Tests.Schedule;

/// <summary>The job over a real database and a real web server, with the test's clock.</summary>
public sealed class EditionsJobTests
{
    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostIsReleasedOnceItsPageAnswersAndWaitingIsSaidOnce(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        await using PageServer server = await PageServer.StartAsync();
        FakeTimeProvider time = new(world.Clock);
        Lines log = new();
        using PostCatalogSource catalogs = new();
        using PageProbe probe = new(TimeSpan.FromSeconds(10));
        NewsletterRules rules = new(new NewsletterOptions { QuietPeriod = TimeSpan.Zero }, IsToOutbox: false);
        EditionsJob job = new(world.Maker, probe, new EditionsClock(time), catalogs, rules, new EditionsReport(new SubscriptionStore(world.Database), log));
        world.Write("a");
        PostCatalog catalog = world.Catalog();
        catalogs.Replace(new PostCatalog(catalog.Site with { Url = server.Url, HasUrl = true, ServesPages = false }, catalog.Published));

        for (int second = 0; second < 150; second++)
        {
            await job.Execute(null!, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, server.Asked.Count(a => a.Path == "/a"));
        Assert.Equal([$"'Title of a' waits for its page {server.Url}a (404)"], log.Written);
        Assert.Empty(await world.ReleasesAsync());

        server.Put("/a");
        for (int second = 0; second < 60; second++)
        {
            await job.Execute(null!, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("a", await world.ReleasedAsync());
        Assert.Equal(4, server.Asked.Count(a => a.Path == "/a"));
        Assert.Equal("released 'Title of a' to the newsletter 'Blog'", log.Written[^1]);
        Assert.Single(await world.EditionsAsync(Cadence.EachPost));
    }

    [Fact]
    public void AClockThatIsSetBackDoesNotKeepItFromLooking()
    {
        DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset eleven = noon.AddHours(-1);
        EditionsClock clock = new(new FakeTimeProvider(noon));
        PostCatalog catalog = new(Letters.Blog, []);
        clock.Looked(catalog, noon, noon.AddSeconds(10));

        Assert.False(clock.IsDue(catalog, noon.AddSeconds(9)));
        Assert.True(clock.IsDue(catalog, eleven));
        clock.Looked(catalog, eleven, eleven.AddSeconds(10));
        Assert.False(clock.IsDue(catalog, eleven.AddSeconds(9)));
        Assert.True(clock.IsDue(catalog, eleven.AddSeconds(10)));
    }

    private sealed class Lines : ILogger<EditionsReport>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
