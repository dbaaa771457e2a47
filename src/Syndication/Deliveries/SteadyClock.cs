namespace Syndication.Deliveries;

/// <summary>The time as it was at the start and what has passed since: nobody can set it. For any number of threads.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _timestamp = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_timestamp);
}
