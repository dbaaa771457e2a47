using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>The rules of what is released and what is not news, over a real database.</summary>
public sealed class ReleaseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AReleasedPostGetsTheNextNumberHoweverOftenAndByWhomItIsLookedAt(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.Write("a");
        await world.PassAsync("2026-03-02 14:00");
        world.Write("b");
        world.Clock = world.Clock.AddMinutes(3);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.AnotherNode().ReleaseAsync(world.News, world.Catalog(), world.Clock, world.Clock, Stop)));

        Assert.Equal([(1L, "a"), (2L, "b")], (await world.ReleasesAsync()).Select(r => (r.Number, r.PostId)));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AHeldPostHasNoNumber(TestEngine engine)
    {
        await using EditionWorld world = await FloodAsync(engine);

        Assert.Empty(await world.ReleasesAsync());
        Assert.Equal(CandidateState.Held, await world.StateAsync("p0"));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatIsHeldGoesWhenTheOperatorApprovesIt(TestEngine engine)
    {
        await using EditionWorld world = await FloodAsync(engine);
        Assert.Equal(11, await world.Editions.Releases.ApproveCandidatesAsync(world.News.Name, Stop));
        await world.PassAsync("2026-03-02 14:00");

        Assert.Equal(Enumerable.Range(1, 11).Select(n => (long)n), (await world.ReleasesAsync()).Select(r => r.Number));
        Assert.Null(await world.StateAsync("p0"));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task MoreThanTenReleasesWithinAnHourAreHeldAndCountedInTheStore(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        for (int i = 0; i < 12; i++)
        {
            world.Write($"p{i:00}");
            world.Clock = world.Clock.AddMinutes(3);

            // A new process each time: only the store can know of the others.
            await world.AnotherNode().ReleaseAsync(world.News, world.Catalog(), world.Clock, world.Clock, Stop);
        }

        Assert.Equal(10, (await world.ReleasesAsync()).Length);
        Assert.Equal(CandidateState.Held, await world.StateAsync("p10"));
        world.Clock = world.Clock.AddHours(1);
        world.Write("later");
        world.Clock = world.Clock.AddMinutes(3);
        await world.LookAsync();
        Assert.EndsWith(" later", await world.ReleasedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheInstantOfReleaseNeverRunsBackwards(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.Write("a");
        await world.PassAsync("2026-03-02 14:00");

        // The machine's clock is put right, three hours back.
        world.Clock = world.Clock.AddHours(-3);
        world.Write("b");
        world.Clock = world.Clock.AddMinutes(5);
        await world.LookAsync();

        ImmutableArray<Release> releases = await world.ReleasesAsync();
        Assert.Equal(["a", "b"], releases.Select(r => r.PostId));
        Assert.Equal(releases[0].ReleasedAt, releases[1].ReleasedAt);
        Assert.True(releases[1].ReleasedAt > world.Clock);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OnTheFirstRunEveryPostPresentIsNotNews(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.CreateAsync(engine);
        long reader = await world.SubscribeAsync(Syndication.Site.Cadence.EachPost);
        world.Write("old");
        world.Clock = world.Clock.AddHours(1);
        await world.LookAsync();
        world.Write("new");
        await world.PassAsync("2026-03-03 12:00");

        Assert.Equal("new", await world.ReleasedAsync());
        Assert.Equal(CandidateState.NotNews, await world.StateAsync("old"));
        Assert.Equal(["new"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ABackdatedPostIsReleasedOnlyByTheOperator(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.Write("found", world.Clock.AddDays(-15));
        world.Write("new", world.Clock.AddDays(-13));
        await world.PassAsync("2026-03-20 12:00");

        Assert.Equal("new", await world.ReleasedAsync());
        Assert.Equal(CandidateState.Backdated, await world.StateAsync("found"));

        // That the operator says "too many at once is fine" is not about it.
        await world.Editions.Releases.ApproveCandidatesAsync(world.News.Name, Stop);
        await world.PassAsync("2026-03-20 14:00");
        Assert.Equal("new", await world.ReleasedAsync());
        await world.Editions.Releases.SaveAsync(world.News.Name, [new Candidate("found", world.Clock, world.Clock, CandidateState.Approved)], [], world.Clock, Stop);
        await world.PassAsync("2026-03-20 16:00");
        Assert.Equal("new found", await world.ReleasedAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostThatWaitsForItsPageIsReleasedWhenItAnswers(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.News = world.News with { WaitsForPage = true };
        world.Write("a");
        world.Clock = world.Clock.AddMinutes(3);

        Assert.True(Assert.Single((await world.LookAsync()).PagesToTry).IsFirst);
        await AnswerAsync(world, 404);
        Assert.Empty((await world.LookAsync()).PagesToTry);
        Assert.Empty(await world.ReleasesAsync());

        world.Clock = world.Clock.AddMinutes(1);
        Assert.False(Assert.Single((await world.LookAsync()).PagesToTry).IsFirst);
        await AnswerAsync(world, 200);
        await world.LookAsync();
        Assert.Equal("a", await world.ReleasedAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostWhosePageDoesNotComeForSixHoursIsHeldWithItsLastAnswerUntilApproved(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.News = world.News with { WaitsForPage = true };
        world.Write("a");
        int tries = 0;
        for (DateTimeOffset end = world.Clock.AddHours(7); world.Clock < end; world.Clock = world.Clock.AddSeconds(30))
        {
            if ((await world.LookAsync()).PagesToTry.Length > 0)
            {
                await AnswerAsync(world, ++tries < 5 ? null : 503);
            }
        }

        Assert.Equal(361, tries);
        Assert.Empty(await world.ReleasesAsync());
        Candidate held = (await world.Editions.Releases.CandidatesAsync(world.News.Name, Stop))[new NewsKey("a")];
        Assert.Equal((CandidateState.PageMissing, "503"), (held.State, held.Page?.Answer));
        Assert.Equal(TimeSpan.FromHours(6), held.Page!.Last - held.Page.First);

        Assert.Equal(1, await world.Editions.Releases.ApproveCandidatesAsync(world.News.Name, Stop));
        await world.LookAsync();
        Assert.Equal("a", await world.ReleasedAsync());
    }

    private static Task AnswerAsync(EditionWorld world, int? status) => world.Maker.KeepAsync(
        world.News,
        [new PageAnswer(world.Catalog().Published[0], new Uri("https://blog.example/a"), status, status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no")],
        world.Clock,
        Stop);

    /// <summary>Eleven posts at once.</summary>
    private static async Task<EditionWorld> FloodAsync(TestEngine engine)
    {
        EditionWorld world = await EditionWorld.BegunAsync(engine);
        for (int i = 0; i < 11; i++)
        {
            world.Write($"p{i}");
        }

        await world.PassAsync("2026-03-02 13:00");
        return world;
    }
}
