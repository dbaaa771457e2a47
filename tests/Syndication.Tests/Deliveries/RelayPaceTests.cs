using Syndication.Deliveries;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class RelayPaceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendOutcome Later = new(SendResult.Deferred, OutcomeScope.Recipient, 451, "4.3.2", "RCPT TO: 451 4.3.2 later");

    [Fact]
    public void EachConnectionThatItRefusesIsOneLessAndComesBackAfterAHundredMails()
    {
        RelayPace pace = new RelayPace(8).After(DecidedTransport.Away, "a.example", Noon).After(DecidedTransport.Away, "a.example", Noon);
        Assert.Equal(6, pace.Most);
        Assert.False(pace.IsOver(DecidedTransport.Away));
        for (int mail = 0; mail < 101; mail++)
        {
            pace = pace.After(DecidedTransport.Sent, "a.example", Noon);
        }

        Assert.Equal(7, pace.Most);
    }

    [Fact]
    public void WhereAsManyFailAsMayBeUnderWayNobodyGetsThrough()
    {
        RelayPace pace = new(8);
        int failures = 0;
        do
        {
            pace = pace.After(DecidedTransport.Away, "a.example", Noon);
            failures++;
        }
        while (!pace.IsOver(DecidedTransport.Away));

        Assert.Equal(4, failures);
        Assert.True(new RelayPace(8).After(DecidedTransport.WrongPassword, "a.example", Noon).IsOver(DecidedTransport.WrongPassword));
    }

    [Fact]
    public void LaterToOneDomainAfterTheOtherMakesItSlowUntilAMailIsTaken()
    {
        RelayPace pace = new(8);
        for (int mail = 0; mail < RelayPace.PutOffLength - 1; mail++)
        {
            pace = pace.After(Later, $"{mail % 7}.example", Noon);
        }

        Assert.Equal((8, TimeSpan.Zero), (pace.Most, pace.Gap));
        List<double> gaps = [];
        for (int mail = 0; mail < 8; mail++)
        {
            pace = pace.After(Later, $"{mail % 7}.example", Noon);
            Assert.Equal((1, Noon + pace.Gap), (pace.Most, pace.NotBefore));
            gaps.Add(pace.Gap.TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], gaps);
        pace = pace.After(DecidedTransport.Sent, "1.example", Noon);
        Assert.Equal((8, TimeSpan.Zero), (pace.Most, pace.Gap));
    }

    [Fact]
    public void LaterToFewDomainsSaysNothingOfTheRelay()
    {
        RelayPace pace = new(8);
        for (int mail = 0; mail < 100; mail++)
        {
            pace = pace.After(Later, $"{mail % (RelayPace.PutOffDomains - 1)}.example", Noon);
        }

        Assert.Equal(TimeSpan.Zero, pace.Gap);
    }
}
