namespace Syndication.Deliveries;

/// <summary>
/// Counts mails over one span of time in 61 equal parts, the last begun: 60 of them make up the span, so that the sum is never less
/// than what any span that ends now holds, wherever it begins. A steady stream so gets 60/61 of its limit. One thread at a time.
/// </summary>
/// <param name="span">The span that a limit is for.</param>
internal sealed class RateWindow(TimeSpan span)
{
    private const int Parts = 60;

    /// <summary>Ticks; rounded up, since 60 of them must not be less than the span.</summary>
    private readonly long _part = (span.Ticks + Parts - 1) / Parts;
    private readonly long[] _counts = new long[Parts + 1];
    private long _newest;

    public RateWindow(TimeSpan span, IReadOnlyList<long> counts, TimeSpan now)
        : this(span)
    {
        _newest = now.Ticks / _part;
        for (int age = 0; age < Math.Min(counts.Count, _counts.Length); age++)
        {
            _counts[Slot(_newest - age)] = counts[age];
        }
    }

    /// <summary>What each part counted, the newest first, without the zeros at the end.</summary>
    public IEnumerable<long> Counts
    {
        get
        {
            long[] all = [.. Enumerable.Range(0, _counts.Length).Select(age => _counts[Slot(_newest - age)])];
            return all.Take(1 + Array.FindLastIndex(all, c => c != 0));
        }
    }

    /// <summary>Mails in the span that ends now, or a little more.</summary>
    /// <param name="now">Since any instant, and never less than before.</param>
    public long Sum(TimeSpan now)
    {
        Advance(now);
        return _counts.Sum();
    }

    public void Add(TimeSpan now, long count)
    {
        Advance(now);
        _counts[Slot(_newest)] += count;
    }

    /// <summary>How long until the sum is below a limit where nothing is added.</summary>
    public TimeSpan UntilBelow(long limit, TimeSpan now)
    {
        long sum = Sum(now);
        long steps = 0;
        for (; sum >= limit && steps < _counts.Length; steps++)
        {
            sum -= _counts[Slot(_newest - Parts + steps)];
        }

        return steps == 0 ? TimeSpan.Zero : new TimeSpan(((_newest + steps) * _part) - now.Ticks);
    }

    private void Advance(TimeSpan now)
    {
        long part = now.Ticks / _part;
        for (long passed = Math.Max(_newest + 1, part - Parts); passed <= part; passed++)
        {
            _counts[Slot(passed)] = 0;
        }

        _newest = part;
    }

    private int Slot(long part) => (int)(((part % _counts.Length) + _counts.Length) % _counts.Length);
}
