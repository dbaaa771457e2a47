using Syndication.Deliveries;

namespace Syndication.Tests.Deliveries;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(8, 128)]
    [InlineData(9, 240)]
    [InlineData(10, 240)]
    [InlineData(1000, 240)]
    public void TheWaitIsAMinuteDoubledEachTimeUpToFourHoursAndUpToAQuarterLonger(int attempts, int minutes)
    {
        TimeSpan[] waits = [.. Enumerable.Range(1, 1000).Select(row => RetrySchedule.After(row, attempts))];

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes * 1.25)));
    }

    [Fact]
    public void TheSameRowAndAttemptWaitTheSame() =>
        Assert.All(Enumerable.Range(1, 50), attempts => Assert.Equal(RetrySchedule.After(4711, attempts), RetrySchedule.After(4711, attempts)));

    [Fact]
    public void RowsThatFailedTogetherComeBackSpreadOverTheWholeQuarter()
    {
        TimeSpan[] waits = [.. Enumerable.Range(1, 1000).Select(row => RetrySchedule.After(row, 9))];

        Assert.InRange(waits.Distinct().Count(), 500, 1000);
        for (int tenth = 0; tenth < 10; tenth++)
        {
            TimeSpan from = TimeSpan.FromHours(4 + (tenth / 10.0));
            Assert.InRange(waits.Count(wait => wait >= from && wait < from + TimeSpan.FromHours(0.1)), 50, 200);
        }
    }

    [Fact]
    public void AMailHasHadItsTimeAfterThreeDaysAndAsManyAttemptsAsFitIn()
    {
        DateTimeOffset first = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.False(RetrySchedule.IsOver(RetrySchedule.AttemptsInLifetime, first, first + RetrySchedule.Lifetime - TimeSpan.FromSeconds(1)));
        Assert.False(RetrySchedule.IsOver(RetrySchedule.AttemptsInLifetime - 1, first, first + TimeSpan.FromDays(30)));
        Assert.True(RetrySchedule.IsOver(RetrySchedule.AttemptsInLifetime, first, first + RetrySchedule.Lifetime));
    }
}
