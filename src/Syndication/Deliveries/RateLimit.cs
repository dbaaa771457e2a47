using System.Text.Json;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// How many mails a transport may take now, so that no second, minute, hour or day, wherever it begins, has more than its limit, over
/// restarts as well. A clock that is set back neither opens nor closes anything: time then goes on from where it was. What a clock that
/// is set forward leaps over counts as time that passed, once; a caller who gives the time of a <see cref="SteadyClock"/> sees no leaps.
/// One thread at a time.
/// </summary>
internal sealed class RateLimit
{
    private static readonly TimeSpan[] Spans = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>A twentieth of each limit of so many or more is kept for notices.</summary>
    private const int Kept = 20;

    private readonly RelayLimits _limits;
    private readonly WarmUpOptions _warmUp;
    private readonly RateWindow[] _windows;

    /// <summary>What was the time when something was last asked, by the transport's own clock, and how far that is ahead of the caller's.</summary>
    private TimeSpan _last;
    private TimeSpan _ahead;

    /// <param name="limits">Of the transport.</param>
    /// <param name="warmUp">Its plan.</param>
    /// <param name="saved">What <see cref="Save"/> gave; null = nothing was ever sent.</param>
    /// <param name="firstSent">When it first sent; null = never.</param>
    public RateLimit(RelayLimits limits, WarmUpOptions warmUp, string? saved = null, DateTimeOffset? firstSent = null)
    {
        (_limits, _warmUp, FirstSent) = (limits, warmUp, firstSent);
        Saved state = saved is null ? new Saved(0, 0, []) : JsonSerializer.Deserialize<Saved>(saved) ?? throw new JsonException("null");
        (_last, _ahead) = (new TimeSpan(state.Last), new TimeSpan(state.Ahead));
        _windows = [.. Spans.Select((span, i) => new RateWindow(span, i < state.Counts.Length ? state.Counts[i] : [], _last))];
    }

    /// <summary>When the transport first sent; null = never.</summary>
    public DateTimeOffset? FirstSent { get; private set; }

    /// <summary>How many may go now.</summary>
    /// <param name="now">When.</param>
    /// <param name="isNotice">Whether they are notices: who has just signed up does not wait for tomorrow because an edition took the day's limit.</param>
    public int Room(DateTimeOffset now, bool isNotice = true)
    {
        TimeSpan time = Advance(now);
        long room = int.MaxValue;
        for (int i = 0; i < _windows.Length; i++)
        {
            room = LimitOf(i, time, isNotice) is long limit ? Math.Min(room, limit - _windows[i].Sum(time)) : room;
        }

        return (int)Math.Max(0, room);
    }

    /// <summary>How long until one may go where none goes before; zero = now.</summary>
    /// <param name="now">When.</param>
    /// <param name="isNotice">See <see cref="Room"/>.</param>
    public TimeSpan WaitFor(DateTimeOffset now, bool isNotice = true)
    {
        TimeSpan time = Advance(now);
        TimeSpan wait = TimeSpan.Zero;
        for (int i = 0; i < _windows.Length; i++)
        {
            TimeSpan until = LimitOf(i, time, isNotice) is long limit ? _windows[i].UntilBelow(limit, time) : TimeSpan.Zero;
            wait = until > wait ? until : wait;
        }

        // A new day of the plan may let more go before a whole day has passed since the last.
        TimeSpan nextDay = PlanAt(time).UntilNextDay(Instant(time));
        return wait > nextDay && _warmUp.FirstDay is not null ? nextDay : wait;
    }

    /// <summary>So many go now: in the transaction by which their rows are set on the wire, since what was taken must not be forgotten.</summary>
    public void Take(DateTimeOffset now, int count)
    {
        TimeSpan time = Advance(now);
        FirstSent ??= Instant(time);
        foreach (RateWindow window in _windows)
        {
            window.Add(time, count);
        }
    }

    /// <summary>All that a later run must know, as JSON of a few hundred characters.</summary>
    public string Save() => JsonSerializer.Serialize(new Saved(_last.Ticks, _ahead.Ticks, [.. _windows.Select(w => w.Counts.ToArray())]));

    /// <summary>The limit of a span at an instant; that of a day is the warm-up plan's where it is less.</summary>
    private long? LimitOf(int span, TimeSpan time, bool isNotice) =>
        LimitOf(span, time) is long limit ? isNotice || limit < Kept ? limit : limit - (limit / Kept) : null;

    private long? LimitOf(int span, TimeSpan time) => span switch
    {
        0 => _limits.PerSecond,
        1 => _limits.PerMinute,
        2 => _limits.PerHour,
        _ => PlanAt(time).LimitAt(Instant(time)) is int planned ? Math.Min(planned, _limits.PerDay ?? int.MaxValue) : _limits.PerDay,
    };

    private WarmUpPlan PlanAt(TimeSpan time) => new(_warmUp, FirstSent ?? Instant(time));

    private TimeSpan Advance(DateTimeOffset now)
    {
        TimeSpan time = (now - DateTimeOffset.UnixEpoch) + _ahead;
        if (time < _last)
        {
            _ahead += _last - time;
            time = _last;
        }

        _last = time;
        return time;
    }

    private static DateTimeOffset Instant(TimeSpan time) => DateTimeOffset.UnixEpoch + time;

    /// <param name="Last">Ticks since 1970.</param>
    /// <param name="Ahead">Ticks.</param>
    /// <param name="Counts">Of each span, the shortest first.</param>
    private sealed record Saved(long Last, long Ahead, long[][] Counts);
}
