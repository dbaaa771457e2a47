using Syndication.Site;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>A digest is a set difference, kept by a mark: its rules over a real database. 2026-03-02 is a Monday.</summary>
public sealed class DigestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheMarkMovesWhenNothingMatches(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long cats = await world.SubscribeAsync(Cadence.Daily, "cats");
        world.Write("a", "dogs");
        await world.PassAsync("2026-03-03 09:00");

        Assert.Empty(world.Got(cats));
        Assert.Equal(1, await world.MarkAsync(cats));

        // Who then chooses every topic is not sent what was passed over.
        await world.ChangeAsync(cats, s => s with { Topics = [] });
        world.Write("b", "dogs");
        await world.PassAsync("2026-03-04 09:00");
        Assert.Equal(["b"], world.Got(cats));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NoNewPostsNoMail(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-10 09:00");

        Assert.Equal(["a"], world.Got(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AReaderWhoChangesCadenceGetsJustWhatIsNewToThem(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.EachPost);
        world.Write("a");
        await world.PassAsync("2026-03-03 12:00");
        await world.ChangeAsync(reader, s => s with { Cadence = Cadence.Weekly });
        world.Write("b");
        await world.PassAsync("2026-03-04 12:00");
        await world.ChangeAsync(reader, s => s with { Cadence = Cadence.Daily });
        await world.PassAsync("2026-03-05 12:00");
        world.Write("c");
        await world.PassAsync("2026-03-05 14:00");
        await world.ChangeAsync(reader, s => s with { Cadence = Cadence.EachPost });
        await world.PassAsync("2026-03-05 15:00");
        world.Write("d");
        await world.PassAsync("2026-03-10 12:00");

        Assert.Equal(["a", "b", "c d"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AReaderWhoJoinsMidWeekGetsOnlyWhatWasReleasedSince(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long before = await world.SubscribeAsync(Cadence.Weekly);
        world.Write("a");
        await world.PassAsync("2026-03-04 12:00");
        long joined = await world.SubscribeAsync(Cadence.Weekly);
        world.Write("b");
        await world.PassAsync("2026-03-09 09:00");

        Assert.Equal(["a b"], world.Got(before));
        Assert.Equal(["b"], world.Got(joined));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ATopicChosenLaterCountsFromThen(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.Weekly, "cats");
        world.Write("cat1", "cats");
        world.Write("dog1", "dogs");
        await world.PassAsync("2026-03-04 12:00");
        await world.ChangeAsync(reader, s => s.WithTopics(["cats", "dogs"], world.Clock));
        world.Write("dog2", "dogs");
        await world.PassAsync("2026-03-09 09:00");

        Assert.Equal(["cat1 dog2"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APauseEndsAndWhatWasReleasedWithinItDoesNotCome(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.Daily);
        world.Write("before");
        await world.PassAsync("2026-03-02 18:00");
        await world.ChangeAsync(reader, s => s.Paused(null, world.Clock));
        world.Write("within");
        await world.PassAsync("2026-03-04 12:00");
        Assert.Empty(world.Got(reader));
        await world.ChangeAsync(reader, s => s.Resumed(world.Clock));
        await world.PassAsync("2026-03-04 18:00");
        world.Write("after");
        await world.PassAsync("2026-03-05 12:00");

        Assert.Equal(["before after"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatIsOwedComesWithTheNextEditionOnce(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.Daily);
        long other = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 09:00");
        await world.Database.WriteAsync(
            async transaction =>
            {
                await world.Ledger.OweAsync(transaction, [(reader, 1)], Stop);
                return true;
            },
            Stop);
        await world.PassAsync("2026-03-04 09:00");
        world.Write("b");
        await world.PassAsync("2026-03-06 09:00");

        Assert.Equal(["a", "a", "b"], world.Got(reader));
        Assert.Equal(["a", "b"], world.Got(other));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NothingIsMissedAfterDowntimeAndNothingComesTwice(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        long weekly = await world.SubscribeAsync(Cadence.Weekly);
        world.Write("a");
        await world.PassAsync("2026-03-03 12:00");
        world.Write("b");
        world.Sleep("2026-03-17 22:00");
        await world.PassAsync("2026-03-18 09:00");
        world.Write("c");
        await world.PassAsync("2026-03-23 09:00");

        Assert.Equal(["a", "b", "c"], world.Got(daily));
        Assert.Equal(["a b", "c"], world.Got(weekly));
    }
}
