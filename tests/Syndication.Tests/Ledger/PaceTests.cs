using Syndication.Ledger;

namespace Syndication.Tests.Ledger;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public void ItIsThatOfTheLastMinutesAndGivesTheEnd()
    {
        long minute = Pace.MinuteOf(Now);
        Pace pace = Pace.Of([(minute - 60, 5000), (minute - 1, 100), (minute, 50)], Now);

        Assert.Equal(100, pace.PerMinute, 3);
        Assert.Equal(Now.AddMinutes(10), pace.EndOf(1000, null, Now));
    }

    [Fact]
    public void TheEndIsNotBeforeTheLastIsDue() => Assert.Equal(Now.AddHours(9), new Pace(100).EndOf(1000, Now.AddHours(9), Now));

    [Fact]
    public void WhereNothingIsSentNobodyKnows()
    {
        Assert.Null(Pace.Of([], Now).EndOf(1000, null, Now));
        Assert.Null(new Pace(100).EndOf(0, null, Now));
    }
}
