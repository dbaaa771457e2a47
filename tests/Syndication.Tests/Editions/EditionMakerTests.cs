using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>The rules of slots, holds, cancelling and variants, over a real database. 2026-03-02 is a Monday.</summary>
public sealed class EditionMakerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OneSlotIsOneEditionHoweverManyNodesWakeForIt(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.Write("a");
        await world.PassAsync("2026-03-02 14:00");
        world.Sleep("2026-03-03 08:00");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.OpenAsync(world.AnotherNode())));

        Assert.Equal(["2026-03-03"], (await world.EditionsAsync(Cadence.Daily)).Select(e => e.Key));
        Assert.Equal(["a"], (await world.EditionsAsync(Cadence.EachPost)).Select(e => e.Key));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task SlotsMissedWhileDownCollapseIntoOne(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-02 14:00");
        world.Write("b");
        world.Sleep("2026-03-06 09:00");
        await world.PassAsync("2026-03-06 10:00");

        Assert.Equal(["a b"], world.Got(daily));
        Assert.Equal(["2026-03-06"], (await world.EditionsAsync(Cadence.Daily)).Select(e => e.Key));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, "2026-03-03 19:30", 1)]
    [InlineData(TestEngine.Sqlite, "2026-03-03 20:30", 0)]
    [InlineData(TestEngine.Postgres, "2026-03-03 19:30", 1)]
    [InlineData(TestEngine.Postgres, "2026-03-03 20:30", 0)]
    public async Task ALateSlotRunsUpToHalfThePeriod(TestEngine engine, string backAt, int mails)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-02 14:00");
        world.Sleep(backAt);
        await world.LookAsync();
        await world.SendAsync();
        Assert.Equal(mails, world.Got(daily).Count);

        // What was left to the next slot comes with it.
        await world.PassAsync("2026-03-04 08:30");
        Assert.Equal(["a"], world.Got(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhileAnEditionIsHeldTheNextSlotMergesIntoIt(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.News = world.News with { NeedsApproval = true };
        world.Write("a");
        await world.PassAsync("2026-03-03 12:00");
        world.Write("b");
        await world.PassAsync("2026-03-05 12:00");

        Edition held = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        Assert.Equal((EditionStatus.Held, 2L, EditionWorld.At("2026-03-05 08:00")), (held.Status, held.Upto, held.Slot));
        Assert.Empty(world.Got(daily));
        Assert.True(await world.Maker.ApproveAsync(held.Id, Stop));
        await world.PassAsync("2026-03-05 13:00");
        Assert.Equal(["a b"], world.Got(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CancellingReturnsItsPostsToTheNext(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long daily, Edition edition) = await PausedAsync(world);

        Assert.True(await world.Maker.CancelAsync(edition.Id, drop: false, world.Clock, Stop));
        world.Write("b");
        await world.PassAsync("2026-03-04 09:00");

        Assert.Equal(["a b"], world.Got(daily));
        DeliveryCounts counts = await world.Ledger.CountAsync(edition.Id, Stop);
        Assert.Equal((1, 1), (counts.Cancelled, counts.All));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CancellingManyEndsEachAndReturnsItsPosts(TestEngine engine)
    {
        const int More = 12_000;
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, Edition edition) = await PausedAsync(world);
        string numbers = FormattableString.Invariant($"with recursive n(i) as (select 1 union all select i + 1 from n where i < {More})");
        await world.Database.WriteAsync(
            t => TestSql.ExecuteAsync(t, FormattableString.Invariant($"""
                {numbers} insert into deliveries (edition, subscriber, subscription, variant, status, due_at, attempts, changed_at)
                select {edition.Id}, 1000 + i, 1000 + i, 1, case when i % 1000 = 0 then 2 else 0 end, i, 0, 0 from n
                """)),
            Stop);

        Assert.True(await world.Maker.CancelAsync(edition.Id, drop: false, world.Clock, Stop));

        DeliveryCounts counts = await world.Ledger.CountAsync(edition.Id, Stop);
        Assert.Equal((More + 1, More + 1), (counts.Cancelled, counts.All));
        long owed = await world.Database.ReadAsync(
            async c => Convert.ToInt64(await Dapper.SqlMapper.ExecuteScalarAsync<long>(c, "select count(*) from owed"), System.Globalization.CultureInfo.InvariantCulture), Stop);
        Assert.Equal(More + 1, owed);
        Assert.False(await world.Maker.CancelAsync(edition.Id, drop: false, world.Clock, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CancellingWithDropDoesNot(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (long daily, Edition edition) = await PausedAsync(world);

        Assert.True(await world.Maker.CancelAsync(edition.Id, drop: true, world.Clock, Stop));
        world.Write("b");
        await world.PassAsync("2026-03-04 09:00");

        Assert.Equal(["b"], world.Got(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, true)]
    [InlineData(TestEngine.Sqlite, false)]
    [InlineData(TestEngine.Postgres, true)]
    [InlineData(TestEngine.Postgres, false)]
    public async Task CancellingAHeldEditionDoesTheSame(TestEngine engine, bool drop)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.News = world.News with { NeedsApproval = true };
        world.Write("a");
        await world.PassAsync("2026-03-03 12:00");
        Assert.True(await world.Maker.CancelAsync((await world.EditionsAsync(Cadence.Daily))[0].Id, drop, world.Clock, Stop));
        world.News = world.News with { NeedsApproval = false };
        world.Write("b");
        await world.PassAsync("2026-03-04 09:00");

        Assert.Equal([drop ? "b" : "a b"], world.Got(daily));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheDistinctSetsOfPostsWithinAnEditionAreItsVariants(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        foreach (string[] topics in (string[][])[[], [], ["cats"], ["dogs"], ["cats", "dogs"], ["birds"]])
        {
            await world.SubscribeAsync(Cadence.Daily, topics);
        }

        world.Write("a", "cats");
        world.Write("b", "dogs");
        await world.PassAsync("2026-03-03 09:00");

        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        Assert.Equal(["1,2", "1", "2"], (await world.Editions.VariantsAsync(edition.Id, Stop)).Select(v => string.Join(',', v.Posts)));
        Assert.Equal(5, edition.Candidates);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 24)]
    [InlineData(TestEngine.Sqlite, 25)]
    [InlineData(TestEngine.Postgres, 25)]
    public async Task OnceAClockThatWasAheadIsSetRightAPostIsMailedAtOnce(TestEngine engine, int hoursBack)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.EachPost);
        foreach ((string post, int hours) in ((string, int)[])[("a", 24), ("b", -hoursBack)])
        {
            world.Clock = world.Clock.AddHours(hours);
            world.Write(post);
            world.Clock = world.Clock.AddMinutes(3);
            await world.LookAsync();
            await world.SendAsync();
        }

        Assert.Equal(["a", "b"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AVariantIsFrozenWhenItsFirstRowFallsDue(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, Edition edition) = await PausedAsync(world);
        Assert.Null(Assert.Single(await world.Editions.VariantsAsync(edition.Id, Stop)).Composed);

        ComposedVariant first = (await TextAsync(world, edition))!;
        world.Edit("a", ("description", "Another text."));
        ComposedVariant second = (await TextAsync(world, edition))!;

        Assert.Equal(first, second);
        Assert.NotNull(Assert.Single(await world.Editions.VariantsAsync(edition.Id, Stop)).Composed);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostWithdrawnMeanwhileIsLeftOutForRowsNotYetOnTheWire(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        world.Write("b");
        (_, Edition edition) = await PausedAsync(world);
        ComposedVariant both = (await TextAsync(world, edition))!;
        world.Withdraw("a");
        ComposedVariant one = (await TextAsync(world, edition))!;
        world.Withdraw("b");

        Assert.Contains("Title of a", both.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Title of a", one.Text, StringComparison.Ordinal);
        Assert.Contains("Title of b", one.Text, StringComparison.Ordinal);
        Assert.NotEqual(both.MessageKey, one.MessageKey);
        Assert.Null(await TextAsync(world, edition));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostThatIsHiddenOnlySinceTheClockWasSetBackIsWaitedForAndNotLeftOut(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        (_, Edition edition) = await PausedAsync(world);
        DateTimeOffset right = world.Clock;

        world.Clock = (await world.ReleasesAsync())[0].ReleasedAt.AddHours(-1);
        Assert.Empty(world.Catalog().Published);
        Assert.Null(await FindAsync(world, edition));

        world.Clock = right;
        Assert.NotNull((await FindAsync(world, edition))!.Text);
    }

    /// <summary>The text of an edition's only variant, as a new process gives it.</summary>
    internal static async Task<ComposedVariant?> TextAsync(EditionWorld world, Edition edition) => (await FindAsync(world, edition))!.Text;

    private static async Task<VariantText?> FindAsync(EditionWorld world, Edition edition)
    {
        EditionComposer composer = new(new TemplateSet([Path.Join(AppContext.BaseDirectory, "templates")]));
        Assert.Empty(composer.RefreshTemplates());
        using PostCatalogSource catalogs = new();
        catalogs.Replace(world.Catalog());
        VariantTexts texts = new(new EditionStore(world.Database), composer, catalogs, new NewsletterRules(new NewsletterOptions(), IsToOutbox: true));
        return await texts.GetAsync(edition.Id, 1, Stop);
    }

    /// <summary>A daily reader, and Tuesday's edition for them with the post "a", paused by the operator before it was sent.</summary>
    private static async Task<(long Reader, Edition Edition)> PausedAsync(EditionWorld world)
    {
        long daily = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 07:50");
        world.Sleep("2026-03-03 08:00");
        await world.LookAsync();
        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        await world.Editions.PauseAsync(edition.Id, paused: true, Stop);
        await world.PassAsync("2026-03-03 09:00");
        Assert.Empty(world.Got(daily));
        return (daily, edition);
    }
}
