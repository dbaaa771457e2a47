using System.Globalization;
using Syndication.Editions;

namespace Syndication.Tests.Editions;

public sealed class LocalDueTests
{
    [Theory]
    [InlineData("2026-03-29T08:00:00", "Europe/Berlin", "2026-03-29T06:00:00Z")]
    [InlineData("2026-03-29T08:00:00", "Pacific/Auckland", "2026-03-28T19:00:00Z")]
    [InlineData("2026-03-29T08:00:00", "Pacific/Honolulu", "2026-03-29T18:00:00Z")]
    [InlineData("2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:00:00Z")] // left out: the end of the gap
    [InlineData("2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T00:30:00Z")] // twice: the first
    [InlineData("2026-10-04T02:15:00", "Australia/Lord_Howe", "2026-10-03T15:30:00Z")] // a gap of half an hour
    public void TheHourOnTheWallIsAnInstantInEachZone(string local, string zone, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), LocalDue.Of(LocalDue.Read(local), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void AnEditionOpensWhenItsHourComesToTheFirst()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        DateTimeOffset slot = DateTimeOffset.Parse("2026-03-29T06:00:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(slot, LocalDue.EarliestOf(slot, berlin, []));
        Assert.Equal(slot, LocalDue.EarliestOf(slot, berlin, ["Pacific/Honolulu", "Nowhere/Atall"]));
        Assert.Equal(slot.AddHours(-11), LocalDue.EarliestOf(slot, berlin, ["Pacific/Honolulu", "Pacific/Auckland"]));
    }
}
