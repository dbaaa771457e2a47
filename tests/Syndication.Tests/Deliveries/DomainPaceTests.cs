using Syndication.Deliveries;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class DomainPaceTests
{
    private const int Connections = 16;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendOutcome Later = new(SendResult.Deferred, OutcomeScope.Recipient, 451, "4.7.1", "RCPT TO: 451 4.7.1 slow down");

    [Fact]
    public void EachMailThatIsTakenAllowsOneMoreUpToAllConnections()
    {
        DomainPace pace = DomainPace.Unknown;
        List<int> most = [pace.Most];
        for (int mail = 0; mail < 13; mail++)
        {
            pace = After(pace, DecidedTransport.Sent);
            most.Add(pace.Most);
        }

        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16], most);
    }

    [Fact]
    public void EachLaterHalvesAndAfterwardsItGrowsByOneForAWholeWindow()
    {
        DomainPace pace = After(Grown(), Later);
        Assert.Equal(8, pace.Most);
        for (int mail = 0; mail < 9; mail++)
        {
            Assert.Equal(8, pace.Most);
            pace = After(pace, DecidedTransport.Sent);
        }

        Assert.Equal(9, pace.Most);
    }

    [Fact]
    public void WhereAllFailItRestsAMinuteThenTwoUpToAnHourUntilOneIsTaken()
    {
        DomainPace pace = DomainPace.Unknown;
        DateTimeOffset now = Noon;
        List<double> rests = [];
        for (int rest = 0; rest < 8; rest++)
        {
            while (!pace.IsResting(now))
            {
                pace = pace.After(Later, TimeSpan.Zero, Connections, now);
            }

            rests.Add((pace.RestsUntil - now).TotalMinutes);
            Assert.Equal(1, pace.Most);
            now = pace.RestsUntil;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], rests);
        pace = pace.After(DecidedTransport.Sent, TimeSpan.Zero, Connections, now);
        Assert.False(pace.IsResting(now));
        Assert.Equal(0, pace.Rests);
    }

    [Fact]
    public void AClockThatIsSetBackMakesNoRestLongerThanTheLongest()
    {
        DomainPace pace = DomainPace.Unknown;
        for (int mail = 0; mail < 5; mail++)
        {
            pace = After(pace, Later);
        }

        Assert.True(pace.IsResting(Noon));
        Assert.False(pace.IsResting(Noon - TimeSpan.FromDays(1)));
    }

    [Fact]
    public void MailsThatWereUnderWayWhileItBeganToRestMakeTheRestNoLonger()
    {
        DomainPace pace = DomainPace.Unknown;
        for (int mail = 0; mail < 5; mail++)
        {
            pace = After(pace, Later);
        }

        Assert.Equal(Noon + DomainPace.FirstRest, pace.RestsUntil);
        Assert.Equal(1, pace.Rests);
    }

    [Theory]
    [InlineData(SendResult.Deferred, 452, "4.2.2")]
    [InlineData(SendResult.Deferred, 450, "4.1.1")]
    [InlineData(SendResult.Deferred, 550, "5.7.1")]
    [InlineData(SendResult.Rejected, 550, "5.1.1")]
    internal void WhatIsTheRecipientsOwnSlowsNoDomain(SendResult result, int code, string enhanced)
    {
        DomainPace pace = Grown();

        Assert.Equal(pace.Most, After(pace, new SendOutcome(result, OutcomeScope.Recipient, code, enhanced, "RCPT TO: no")).Most);
    }

    [Fact]
    public void WhatIsAboutUsSaysNothingOfADomain() => Assert.Equal(Grown(), After(Grown(), DecidedTransport.Away));

    [Fact]
    public void ItIsSlowThatTakesSecondsAndManyTimesAsLongAsOthers()
    {
        DomainPace pace = DomainPace.Unknown.After(DecidedTransport.Sent, TimeSpan.FromSeconds(3), Connections, Noon);

        Assert.True(pace.IsSlow(TimeSpan.FromMilliseconds(20)));
        Assert.False(pace.IsSlow(TimeSpan.FromSeconds(2)));
        Assert.False(DomainPace.Unknown.After(DecidedTransport.Sent, TimeSpan.FromMilliseconds(300), Connections, Noon).IsSlow(TimeSpan.FromMilliseconds(1)));
    }

    private static DomainPace Grown() => Enumerable.Repeat(DecidedTransport.Sent, 20).Aggregate(DomainPace.Unknown, After);

    private static DomainPace After(DomainPace pace, SendOutcome outcome) => pace.After(outcome, TimeSpan.FromMilliseconds(5), Connections, Noon);
}
