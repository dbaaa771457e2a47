namespace Syndication.Tests.Support;

/// <summary>A clock that can be set, also back, while the time that passes is counted apart: as a machine's.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Sets the clock, when no time passes.</summary>
    public void Set(TimeSpan by) => _now += by;

    public void Pass(TimeSpan time) => (_now, _passed) = (_now + time, _passed + time.Ticks);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed;
}
