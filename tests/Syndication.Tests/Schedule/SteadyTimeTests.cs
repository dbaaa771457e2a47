using Syndication.Schedule;
using Syndication.Tests.Support;

namespace Syndication.Tests.Schedule;

/// <summary>The time that Quartz wakes by.</summary>
public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-24)]
    public void ItGoesOnWhateverTheClockIsSetTo(int hours)
    {
        SetClock clock = new(Noon);
        SteadyTime steady = new(clock);
        clock.Pass(TimeSpan.FromSeconds(1));
        clock.Set(TimeSpan.FromHours(hours));
        clock.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(Noon.AddSeconds(2), steady.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(2), steady.GetElapsedTime(0));
    }
}
