using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>Sending an edition again, closing accounts and folding, over a real database.</summary>
public sealed class ResendingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DeliveryStatus.Failed, "", "", ResendTo.Failed, true)]
    [InlineData(DeliveryStatus.Failed, "", "", ResendTo.Missed, false)] // it failed for good: nothing is owed
    [InlineData(DeliveryStatus.Failed, "1 2", "", ResendTo.Missed, true)] // tried too long
    [InlineData(DeliveryStatus.Failed, "1 2", "2", ResendTo.Failed | ResendTo.Missed, false)] // another edition has one of them
    [InlineData(DeliveryStatus.Cancelled, "1 2", "", ResendTo.Failed, false)]
    [InlineData(DeliveryStatus.Cancelled, "1 2", "", ResendTo.Missed, true)]
    [InlineData(DeliveryStatus.Cancelled, "1", "", ResendTo.Missed, false)]
    [InlineData(DeliveryStatus.Cancelled, "", "", ResendTo.Failed | ResendTo.Missed, false)] // its reader had left
    public void ARowGoesAgainOnlyToWhoGetsNoneOfItsPostsOtherwise(object status, string owed, string elsewhere, object to, bool goes) =>
        Assert.Equal(goes, Resending.MayGo((DeliveryStatus)status, [1, 2], Set(owed), Set(elsewhere), (ResendTo)to));

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AFailedMailGoesAgainAndASentOneDoesNot(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long lucky = await world.SubscribeAsync(Cadence.Daily);
        long failed = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 07:45");
        world.Sleep("2026-03-03 08:00");
        await world.LookAsync();
        await world.RunAsync($"update deliveries set status = 5, attempts = 3, reply = '550 no' where subscription = {failed}");
        await world.SendAsync();
        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        EditionEnds ends = new(world.Database, world.Editions, world.Ledger);
        Assert.Empty(await ends.CloseAsync(world.Clock, Stop));
        Assert.Equal((1, 1), ((await world.Editions.FindAsync(edition.Id, Stop))!.End!.Sent, (await world.Editions.FindAsync(edition.Id, Stop))!.End!.Failed));

        Resent resent = await new Resending(world.Database, world.Editions, world.Ledger).RunAsync(edition.Id, ResendTo.Failed, world.Clock, Stop);
        Assert.Equal(new Resent(1, null), resent);
        Assert.Null((await world.Editions.FindAsync(edition.Id, Stop))!.End);
        await world.SendAsync();

        Assert.Equal(["a"], world.Got(lucky));
        Assert.Equal(["a"], world.Got(failed));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACancelledEditionGoesToThoseWhoAreOwedItAndThenComesWithNoOther(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        long reader = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 07:45");
        world.Sleep("2026-03-03 08:00");
        await world.LookAsync();
        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        await world.Maker.CancelAsync(edition.Id, drop: false, world.Clock, Stop);
        Resending again = new(world.Database, world.Editions, world.Ledger);
        Assert.NotNull((await again.RunAsync(edition.Id, ResendTo.Failed, world.Clock, Stop)).Refusal);

        Assert.Equal(new Resent(1, null), await again.RunAsync(edition.Id, ResendTo.Missed, world.Clock, Stop));
        world.Write("b");
        await world.PassAsync("2026-03-04 09:00");

        Assert.Equal(["a", "b"], world.Got(reader));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AFoldedEditionHasItsAccountAndIsSentToNobodyAgain(TestEngine engine)
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(engine);
        await world.SubscribeAsync(Cadence.Daily);
        long failed = await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 07:45");
        world.Sleep("2026-03-03 08:00");
        await world.LookAsync();
        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        EditionEnds ends = new(world.Database, world.Editions, world.Ledger);

        // While something waits nothing is closed, and nothing is folded however old it is.
        Assert.Empty(await ends.CloseAsync(world.Clock, Stop));
        await ends.FoldAsync(world.Clock.AddDays(99), world.Clock, Stop);
        Assert.Equal(2, (await world.Ledger.CountAsync(edition.Id, Stop)).Waiting);

        await world.RunAsync($"update deliveries set status = 5, reply = '550 no' where subscription = {failed}");
        await world.SendAsync();
        Assert.Empty(await ends.CloseAsync(world.Clock, Stop));
        await ends.FoldAsync(world.Clock, world.Clock, Stop);
        await ends.FoldAsync(world.Clock, world.Clock, Stop);

        Edition folded = (await world.Editions.FindAsync(edition.Id, Stop))!;
        EditionAccount account = await EditionAccount.OfAsync(world.Ledger, folded, Stop);
        Assert.True(account.IsBalanced);
        Assert.Equal((2, 1, 1), (folded.Candidates, account.Counts.Sent, account.Counts.Failed));
        Assert.Equal([("550 no", 1L)], await world.Editions.FoldedRepliesAsync(edition.Id, Stop));
        Assert.Equal(0, (await world.Ledger.CountAsync(edition.Id, Stop)).All);
        Assert.NotNull((await new Resending(world.Database, world.Editions, world.Ledger).RunAsync(edition.Id, ResendTo.Failed, world.Clock, Stop)).Refusal);
    }

    [Fact]
    public async Task AnAccountThatDoesNotBalanceIsToldAndStaysOpen()
    {
        await using EditionWorld world = await EditionWorld.BegunAsync(TestEngine.Sqlite);
        await world.SubscribeAsync(Cadence.Daily);
        world.Write("a");
        await world.PassAsync("2026-03-03 09:00");
        Edition edition = Assert.Single(await world.EditionsAsync(Cadence.Daily));
        await world.RunAsync("delete from deliveries");

        EditionAccount wrong = Assert.Single(await new EditionEnds(world.Database, world.Editions, world.Ledger).CloseAsync(world.Clock, Stop));

        Assert.Equal($"edition {edition.Id} was planned for 1 reader, and the ledger has 0", wrong.Mismatch);
        Assert.Null((await world.Editions.FindAsync(edition.Id, Stop))!.End);
    }

    private static ImmutableHashSet<long> Set(string numbers) =>
        [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
}
