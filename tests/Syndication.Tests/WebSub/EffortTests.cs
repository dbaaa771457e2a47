using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class EffortTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AVersionThatNobodyWasToldOfIsDueAtOnceAndOneThatWasToldNever()
    {
        Assert.Equal(DateTimeOffset.MinValue, new Effort().DueFor("a"));
        Assert.Null(Effort.Told("a", Noon).DueFor("a"));
    }

    [Fact]
    public void TheNextVersionComesTenSecondsAfterTheLastAtTheEarliest() =>
        Assert.Equal(Noon + TimeSpan.FromSeconds(10), Effort.Told("a", Noon).DueFor("b"));

    [Fact]
    public void AfterEachFailureItWaitsTwiceAsLongUpToFourHours()
    {
        Effort effort = Effort.Told("a", Noon);
        List<double> waits = [];
        for (DateTimeOffset now = Noon; !(effort = effort.Failed("b", now)).HasGivenUp; now = effort.DueFor("b")!.Value)
        {
            waits.Add((effort.DueFor("b")!.Value - now).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240, 240, 240], waits);
        Assert.InRange(waits.Sum(), TimeSpan.FromDays(1).TotalMinutes, TimeSpan.FromDays(2).TotalMinutes);
    }

    [Fact]
    public void AVersionThatWasGivenUpIsNotTriedAgainAndTheNextIsAsIfNothingHadBeen()
    {
        Effort effort = new();
        for (int i = 0; i < Effort.MostAttempts; i++)
        {
            effort = effort.Failed("a", Noon);
        }

        Assert.True(effort.HasGivenUp);
        Assert.Null(effort.DueFor("a"));
        Effort next = effort.Failed("b", Noon);
        Assert.Equal((1, Noon + TimeSpan.FromMinutes(1), false), (next.Attempts, next.DueFor("b"), next.HasGivenUp));
    }

    [Fact]
    public void ANewerVersionTakesThePlaceOfOneThatWaitsAndIsTriedAtOnce()
    {
        Effort effort = new Effort().Failed("a", Noon).Failed("a", Noon).Failed("a", Noon);

        Assert.Equal(Noon + TimeSpan.FromMinutes(4), effort.DueFor("a"));
        Assert.Equal(Noon + TimeSpan.FromSeconds(10), effort.DueFor("b"));
        Assert.Equal(1, effort.Failed("b", Noon).Attempts);
    }

    [Fact]
    public void AFeedThatIsAgainAsItWasToldNeedsNotBeToldAgain() =>
        Assert.Null(Effort.Told("a", Noon).Failed("b", Noon).DueFor("a"));

    [Fact]
    public void WhoFailedBeforeComesAfterTheOthers()
    {
        Effort failed = new Effort().Failed("a", Noon);
        DateTimeOffset later = Noon + TimeSpan.FromMinutes(3);

        EffortPlan<string> plan = EffortPlan<string>.Of(
            [new("failed", failed, "a"), new("new", new Effort(), "a"), new("done", Effort.Told("a", Noon), "a"), new("waits", new Effort().Failed("a", later), "a")], later);

        Assert.Equal(["new", "failed"], plan.Due.Select(d => d.Whom));
        Assert.Equal((later + TimeSpan.FromMinutes(1), DateTimeOffset.MinValue), (plan.Next, plan.Wake));
    }
}
