using Syndication.Deliveries;

namespace Syndication.Schedule;

/// <summary>
/// The time to wake by. Quartz sleeps until an instant, and a clock that is set back would let it sleep through what it was set back
/// by; this one nobody can set. What is due is decided by the machine's own clock.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly SteadyClock _clock = new(time);

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.Now;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
