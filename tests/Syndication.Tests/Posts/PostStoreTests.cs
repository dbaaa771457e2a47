using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Posts;

public sealed class PostStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatIsSavedComesBackAfterARestart(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        KnownPost[] posts =
        [
            Known("https://example.org/a") with { Path = "posts/Ü 'quoted' \"name\"\n.md", Date = new(2026, 3, 1, 8, 30, 0, TimeSpan.FromMinutes(-210)) },
            Known("https://example.org/z") with { IsPresent = false, Fingerprint = "", Date = DateTimeOffset.MinValue, Earlier = ["/before/", "/\"ü\"\n"] },
            Known("https://example.org/ä"),
        ];
        await using (Database database = await place.OpenAsync())
        {
            await new PostStore(database).SaveAsync(posts, Stop);
        }

        await using Database again = await place.OpenAsync();
        ImmutableArray<KnownPost> loaded = await new PostStore(again).LoadAsync(Stop);

        Assert.Equal(posts, loaded);
        Assert.Equal(TimeSpan.FromMinutes(-210), loaded[0].Date.Offset);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task SavingAgainChangesAllButIdAndFirstSeen(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        await store.SaveAsync([Known("a"), Known("b")], Stop);

        KnownPost moved = new()
        {
            Id = "a",
            Path = "new/path.md",
            Permalink = "/new/",
            Slug = "new",
            Fingerprint = "other",
            FirstSeen = Noon.AddDays(1),
            Date = Noon.AddHours(1).ToOffset(TimeSpan.FromHours(2)),
            IsPresent = false,
        };
        await store.SaveAsync([moved], Stop);

        Assert.Equal([moved with { FirstSeen = Noon }, Known("b")], await store.LoadAsync(Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TextThatAnEngineCannotHoldCostsOnlyItself(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);

        await store.SaveAsync([Known("a") with { Slug = "nul\0half\ud800" }, Known("b")], Stop);

        ImmutableArray<KnownPost> loaded = await store.LoadAsync(Stop);
        Assert.Equal("nul\ufffdhalf\ufffd", loaded[0].Slug);
        Assert.Equal(Known("b"), loaded[1]);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NothingToSaveWritesNothing(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);

        await store.SaveAsync([], Stop);

        Assert.Empty(await store.LoadAsync(Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TenThousandPostsAreSavedInOneGo(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        KnownPost[] posts = [.. Enumerable.Range(0, 10_000).Select(i => Known($"https://example.org/{i:d5}/"))];

        await store.SaveAsync(posts, Stop);
        await store.SaveAsync(posts, Stop);

        Assert.Equal(10_000, (await store.LoadAsync(Stop)).Length);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ManyWritersAtOnceLoseNothing(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database here = await place.OpenAsync();
        await using Database there = await place.OpenAsync(DatabaseUse.Existing);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => new PostStore(i % 2 == 0 ? here : there).SaveAsync([Known("shared"), Known($"a{i}"), Known("also shared")], Stop), Stop)));

        Assert.Equal(22, (await new PostStore(here).LoadAsync(Stop)).Length);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheLastCompletedScanIsRemembered(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        Assert.Null(await store.LoadLastCompletedScanAsync(Stop));

        await store.SaveLastCompletedScanAsync(Noon, Stop);
        await store.SaveLastCompletedScanAsync(Noon.AddMinutes(1), Stop);

        Assert.Equal(Noon.AddMinutes(1), await store.LoadLastCompletedScanAsync(Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AConfirmationOfRemovalsIsTakenOnce(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        Assert.Null(await store.TakeRemovalsConfirmedAsync(Stop));

        await store.ConfirmRemovalsAsync(Noon, Stop);

        Assert.Equal(Noon, await store.TakeRemovalsConfirmedAsync(Stop));
        Assert.Null(await store.TakeRemovalsConfirmedAsync(Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostCanBeGivenAnotherIdAlsoOneThatAnotherGivesUp(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostStore store = new(database);
        await store.SaveAsync([Known("a") with { Path = "a.md" }, Known("b") with { Path = "b.md" }, Known("c")], Stop);

        await database.WriteAsync(
            async transaction =>
            {
                await store.ReplaceAsync(transaction, ["a", "b"], [Known("b") with { Path = "a.md" }, Known("x") with { Path = "b.md" }], Stop);
                return 0;
            },
            Stop);

        Assert.Equal([("b", "a.md"), ("c", Known("c").Path), ("x", "b.md")], (await store.LoadAsync(Stop)).Select(row => (row.Id, row.Path)));
    }

    private static KnownPost Known(string id) => new()
    {
        Id = id,
        Path = "_posts/2026-03-01-hello.md",
        Permalink = "/2026/03/01/hello.html",
        Slug = "hello",
        Fingerprint = "abc",
        FirstSeen = Noon,
        Date = Noon,
        IsPresent = true,
    };
}
