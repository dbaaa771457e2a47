using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>The rules of corrections, over a real database. 2026-03-02 is a Monday.</summary>
public sealed class CorrectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnEditedPostIsNotMailedAgain(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long each, long daily) = await SentAsync(world);
        world.Edit("a", ("description", "Better."), ("correction", " "), ("correction_mail", true));
        await world.PassAsync("2026-03-05 12:00");

        Assert.Equal(["a"], world.Got(each));
        Assert.Equal(["a"], world.Got(daily));
        Assert.Single(await world.ReleasesAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACorrectionGoesToThoseWhoseCopyWasSentInTheirNextDigest(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long weekly = await world.SubscribeAsync(Cadence.Weekly);
        long cats = await world.SubscribeAsync(Cadence.Daily, "cats");
        (long each, long daily) = await SentAsync(world);
        long joined = await world.SubscribeAsync(Cadence.Daily);
        world.Edit("a", ("correction", "It was 12, not 21."));
        await world.PassAsync("2026-03-03 18:00");
        world.Write("b");
        await world.PassAsync("2026-03-04 12:00");
        await world.PassAsync("2026-03-09 12:00");

        Assert.Equal(["a", "!a b"], world.Got(daily));
        Assert.Equal(["b"], world.Got(joined));
        Assert.Empty(world.Got(cats));
        Assert.Equal(["a b"], world.Got(weekly));
        Assert.Equal(["a", "b"], world.Got(each));
        Assert.Equal([1L, 2L, 3L], (await world.ReleasesAsync()).Select(r => r.Number));
        Release correction = (await world.ReleasesAsync())[1];
        Assert.Equal(("It was 12, not 21.", 1L), (correction.Correction?.Text, correction.Corrects));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACorrectionAloneIsADigestOfItsOwn(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, long daily) = await SentAsync(world);
        world.Edit("a", ("correction", "It was <12>, not 21."));
        await world.PassAsync("2026-03-04 12:00");

        Assert.Equal(["a", "!a"], world.Got(daily));
        ComposedVariant text = (await EditionMakerTests.TextAsync(world, (await world.EditionsAsync(Cadence.Daily))[^1]))!;
        Assert.Equal("Correction: Title of a", text.Subject);
        Assert.Contains("It was &lt;12&gt;, not 21.", text.Html, StringComparison.Ordinal);
        Assert.Contains("https://blog.example/a", text.Html, StringComparison.Ordinal);
        Assert.Contains("Correction to Title of a\nhttps://blog.example/a\n\nIt was <12>, not 21.", text.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ReadersOfEachPostGetACorrectionOnlyWithCorrectionMail(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long each, long daily) = await SentAsync(world);
        world.Edit("a", ("correction", "It was 12."), ("correction_mail", true));
        await world.PassAsync("2026-03-03 13:00");

        Assert.Equal(["a", "!a"], world.Got(each));
        ComposedVariant text = (await EditionMakerTests.TextAsync(world, (await world.EditionsAsync(Cadence.EachPost))[^1]))!;
        Assert.Equal("Correction: Title of a", text.Subject);
        await world.PassAsync("2026-03-04 12:00");
        Assert.Equal(["a", "!a"], world.Got(daily));
        Assert.Equal(["a", "!a"], world.Got(each));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheMarkOfAReaderOfEachPostPassesOverACorrectionWithoutCorrectionMail(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long each, _) = await SentAsync(world);
        world.Edit("a", ("correction", "It was 12."));
        await world.PassAsync("2026-03-03 18:00");
        world.Write("b");
        await world.PassAsync("2026-03-03 20:00");
        Assert.Equal(3, await world.MarkAsync(each));
        await world.ChangeAsync(each, s => s with { Cadence = Cadence.Daily });
        await world.PassAsync("2026-03-05 12:00");

        Assert.Equal(["a", "b"], world.Got(each));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnotherTextIsAnotherCorrectionAndTheSameTextTwiceIsNothing(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, long daily) = await SentAsync(world);
        world.Edit("a", ("correction", "One."));
        await world.PassAsync("2026-03-04 12:00");
        world.Edit("a", ("correction", "Two."));
        await world.PassAsync("2026-03-05 12:00");
        world.Edit("a", ("correction", "One.\n"));
        await world.PassAsync("2026-03-07 12:00");

        Assert.Equal(["a", "!a", "!a"], world.Got(daily));
        Assert.Equal(["One.", "Two."], (await world.ReleasesAsync()).Select(r => r.Correction?.Text).OfType<string>());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACorrectionWaitsUntilItsFileIsStill(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        await SentAsync(world);
        world.Edit("a", ("correction", "It wa"));
        world.Clock = world.Clock.AddMinutes(1);
        await world.LookAsync();
        world.Edit("a", ("correction", "It was 12."));
        world.Clock = world.Clock.AddSeconds(119);
        await world.LookAsync();
        Assert.Single(await world.ReleasesAsync());
        world.Clock = world.Clock.AddSeconds(1);
        await world.LookAsync();

        Assert.Equal("It was 12.", (await world.ReleasesAsync())[^1].Correction?.Text);
        Assert.Equal(2, (await world.ReleasesAsync()).Length);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACorrectionThatWasThereBeforeItsPostWasReleasedIsNothing(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.CreateAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("old");
        world.Edit("old", ("correction", "Of old."));
        world.Clock = world.Clock.AddHours(1);
        await world.LookAsync();
        world.Edit("old", ("correction", "Of a post that was no news."));
        world.Write("new");
        world.Edit("new", ("correction", "Written with the post."));
        await world.PassAsync("2026-03-05 12:00");
        world.Edit("new", ("correction", "Written with the post."), ("description", "Edited."));
        await world.PassAsync("2026-03-07 12:00");

        Assert.Equal(["new"], world.Got(daily));
        Assert.Equal("new", await world.ReleasedAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACopyThatWasNeverSentIsNotCorrected(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, long daily) = await SentAsync(world);
        await world.RunAsync($"update deliveries set status = {(int)DeliveryStatus.Failed} where subscription = {daily}");
        world.Edit("a", ("correction", "It was 12."));
        await world.PassAsync("2026-03-05 12:00");

        Assert.Equal(["a"], world.Got(daily));
        Assert.Equal(2, await world.MarkAsync(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACorrectionFollowsItsReaderThroughOtherTopicsAndIntoADigest(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long each, _) = await SentAsync(world);
        await world.ChangeAsync(each, s => (s with { Cadence = Cadence.Daily }).WithTopics(["cats"], world.Clock));
        world.Edit("a", ("correction", "It was 12."));
        await world.PassAsync("2026-03-05 12:00");

        Assert.Equal(["a", "!a"], world.Got(each));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheCorrectionOfAWithdrawnPostIsLeftOut(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        await SentAsync(world);
        world.Edit("a", ("correction", "It was 12."));
        await world.PassAsync("2026-03-03 18:00");
        world.Withdraw("a");
        world.Write("b");
        await world.PassAsync("2026-03-04 12:00");

        ComposedVariant text = (await EditionMakerTests.TextAsync(world, (await world.EditionsAsync(Cadence.Daily))[^1]))!;
        Assert.DoesNotContain("Correction", text.Text, StringComparison.Ordinal);
        Assert.Contains("Title of b", text.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CorrectionsOfManyPostsAtOnceAreHeldAsPostsAre(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        for (int day = 0; day < 11; day++)
        {
            world.Write($"p{day}");
            await world.PassAsync($"2026-03-{3 + day:00} 12:00");
        }

        for (int day = 0; day < 11; day++)
        {
            world.Edit($"p{day}", ("correction", "A change of all files."));
        }

        await world.PassAsync("2026-03-15 12:00");
        Assert.Equal(11, (await world.ReleasesAsync()).Length);
        Assert.Equal(11, await world.Editions.Releases.ApproveCandidatesAsync(world.News.Name, Stop));
        await world.PassAsync("2026-03-15 13:00");
        Assert.Equal(22, (await world.ReleasesAsync()).Length);
    }

    /// <summary>A reader of each post and one of daily digests who both got the post "a"; it is Tuesday noon.</summary>
    private static async Task<(long Each, long Daily)> SentAsync(EditionWorld world)
    {
        long each = await world.SubscribeAsync(Cadence.EachPost);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 12:00");
        Assert.Equal(["a"], world.Got(each));
        Assert.Equal(["a"], world.Got(daily));
        return (each, daily);
    }
}
