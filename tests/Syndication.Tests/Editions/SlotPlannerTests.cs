using Syndication.Editions;
using Syndication.Schedule;
using Syndication.Site;

namespace Syndication.Tests.Editions;

public sealed class SlotPlannerTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly NextSlot Mornings = CronSlots.Of("0 0 8 * * ?", Berlin);

    [Fact]
    public void ASlotRunsWhenItsTimeHasComeAndTheNextIsToldAlready()
    {
        SlotPlan plan = SlotPlanner.Plan(Cadence.Daily, At("2026-03-02 08:00 +1"), Mornings, At("2026-03-03 08:00 +1"));

        Assert.Equal((At("2026-03-03 08:00 +1"), null, At("2026-03-04 08:00 +1")), (plan.Due, plan.PassedOver, plan.Next));
    }

    [Fact]
    public void BetweenTwoSlotsNothingRuns()
    {
        SlotPlan plan = SlotPlanner.Plan(Cadence.Daily, At("2026-03-02 08:00 +1"), Mornings, At("2026-03-03 07:59 +1"));

        Assert.Equal((null, null, At("2026-03-03 08:00 +1")), (plan.Due, plan.PassedOver, plan.Next));
    }

    [Fact]
    public void SlotsMissedWhileDownBecomeTheLastOfThem()
    {
        SlotPlan plan = SlotPlanner.Plan(Cadence.Daily, At("2026-03-02 08:00 +1"), Mornings, At("2026-03-06 15:00 +1"));

        Assert.Equal(At("2026-03-06 08:00 +1"), plan.Due);
    }

    [Theory]
    [InlineData("2026-03-03 20:00 +1", true)]
    [InlineData("2026-03-03 20:01 +1", false)]
    public void ASlotThatIsLaterThanHalfItsPeriodIsLeftToTheNext(string now, bool runs)
    {
        SlotPlan plan = SlotPlanner.Plan(Cadence.Daily, At("2026-03-02 08:00 +1"), Mornings, At(now));

        Assert.Equal(runs ? At("2026-03-03 08:00 +1") : null, plan.Due);
        Assert.Equal(runs ? null : At("2026-03-03 08:00 +1"), plan.PassedOver);
    }

    [Fact]
    public void TheLocalHourStaysAcrossDaylightSaving()
    {
        DateTimeOffset saturday = At("2026-03-28 08:00 +1");
        DateTimeOffset sunday = Mornings(saturday)!.Value;

        Assert.Equal(At("2026-03-29 08:00 +2"), sunday);
        Assert.Equal(TimeSpan.FromHours(23), sunday - saturday);
        Assert.Equal("2026-03-29", SlotPlanner.KeyOf(sunday, Berlin));
    }

    [Fact]
    public void AnHourThatDoesNotExistOrComesTwiceRunsOnce()
    {
        NextSlot nights = CronSlots.Of("0 30 2 * * ?", Berlin);
        string[] spring = [.. Keys(nights, At("2026-03-28 00:00 +1"), 3)];
        string[] autumn = [.. Keys(nights, At("2026-10-24 00:00 +2"), 3)];

        Assert.Equal(["2026-03-28", "2026-03-29", "2026-03-30"], spring);
        Assert.Equal(["2026-10-24", "2026-10-25", "2026-10-26"], autumn);
    }

    private static IEnumerable<string> Keys(NextSlot slots, DateTimeOffset from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            from = slots(from)!.Value;
            yield return SlotPlanner.KeyOf(from, Berlin);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm z", System.Globalization.CultureInfo.InvariantCulture);
}
