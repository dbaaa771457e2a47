using Syndication.Deliveries;

namespace Syndication.Tests.Deliveries;

public sealed class RefusalRunTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, 5, true)]
    [InlineData(19, 5, false)]
    [InlineData(40, 4, false)]
    [InlineData(1000, 1, false)]
    public void ItIsOverAfterTwentyOverFiveDomains(int refusals, int domains, bool isOver)
    {
        RefusalRun run = RefusalRun.Empty;
        for (int i = 0; i < refusals; i++)
        {
            run = run.Refused($"reader{i}@domain{i % domains}.example", new RefusedRow("deliveries", i, 1));
        }

        Assert.Equal(isOver, run.IsOver);
        Assert.Equal(refusals, run.Rows.Count);
    }

    [Fact]
    public void TheRowsOfALongRunAreRememberedUpToALimit()
    {
        RefusalRun run = RefusalRun.Empty;
        for (int i = 0; i < 20_000; i++)
        {
            run = run.Refused("reader@one.example", new RefusedRow("deliveries", i, 1));
        }

        Assert.Equal((20_000, 10_000), (run.Count, run.Rows.Count));
    }

    [Fact]
    public void DomainsAreComparedWithoutCaseAndRowsCountOnce()
    {
        RefusalRun run = RefusalRun.Empty.Refused("a@One.example", new("deliveries", 1, 1)).Refused("a@one.EXAMPLE", new("deliveries", 1, 1)).Refused("a@one.example", new("notices", 1, null));

        Assert.Equal((3, 1, 2), (run.Count, run.Domains.Count, run.Rows.Count));
    }

    [Fact]
    public void ARefusalIsARecipientsOwnOnceOthersSucceededSinceItsFirstAttempt()
    {
        Assert.False(RefusalRun.Empty.IsOwn(Noon));
        RefusalRun run = RefusalRun.AfterSuccess(Noon).Refused("a@one.example", new("deliveries", 1, 1));

        Assert.True(run.IsOwn(Noon.AddSeconds(-1)));
        Assert.False(run.IsOwn(Noon.AddSeconds(1)));
        Assert.False(run.IsOwn(null));
    }
}
