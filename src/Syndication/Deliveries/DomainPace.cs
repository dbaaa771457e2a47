using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// How many mails may be under way to one domain at once, as its answers say: few at first, more with each that is taken, half as
/// many with each "later", and none for a while where all of them failed. Pure. It lives in the dispatcher's memory: see <see cref="DomainPaces"/>.
/// </summary>
internal sealed record DomainPace
{
    /// <summary>Under way to a domain that nothing is known of.</summary>
    public const int First = 5;

    public static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    /// <summary>A domain that takes so long for a mail, and many times as long as others, must not take their connections.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private const int SlowFactor = 4;
    private const int MostDoublings = 10;

    /// <summary>How much the last mail weighs in <see cref="Took"/>.</summary>
    private const double Weight = 0.25;

    public static DomainPace Unknown { get; } = new();

    public double Window { get; private init; } = First;

    /// <summary>Failures without a success between them.</summary>
    public int Failures { get; private init; }

    /// <summary>Rests without a success between them.</summary>
    public int Rests { get; private init; }

    /// <summary>Nothing goes to it before.</summary>
    public DateTimeOffset RestsUntil { get; private init; } = DateTimeOffset.MinValue;

    /// <summary>About what a mail takes.</summary>
    public TimeSpan Took { get; private init; }

    /// <summary>Whether it has said "later" since it was last unknown: from then on it grows by one for each whole window that is taken.</summary>
    public bool IsCareful { get; private init; }

    /// <summary>Under way at once, at least 1.</summary>
    public int Most => (int)Window;

    /// <summary>Whether nothing goes to it now. Where the clock was set back, no rest becomes longer than the longest.</summary>
    public bool IsResting(DateTimeOffset now) => RestsUntil > now && RestsUntil - now <= LongestRest;

    /// <summary>Whether it has answered at all.</summary>
    public bool IsKnown { get; private init; }

    /// <param name="usual">What a mail takes with the quicker domains.</param>
    public bool IsSlow(TimeSpan usual) => IsSlow(Took, usual);

    /// <summary>Whether so long a time is slow beside the usual one.</summary>
    public static bool IsSlow(TimeSpan took, TimeSpan usual) => took >= Slow && took >= SlowFactor * usual;

    /// <summary>What an outcome says of the domain.</summary>
    /// <param name="outcome">The mail's outcome.</param>
    /// <param name="took">How long it was under way.</param>
    /// <param name="most">As many connections as there are.</param>
    /// <param name="now">When.</param>
    public DomainPace After(SendOutcome outcome, TimeSpan took, int most, DateTimeOffset now)
    {
        if (OutcomeRule.IsOurs(outcome))
        {
            return this;
        }

        TimeSpan average = !IsKnown ? took : ((1 - Weight) * Took) + (Weight * took);
        if (!OutcomeRule.IsDomains(outcome))
        {
            return this with
            {
                Took = average,
                IsKnown = true,
                Failures = 0,
                Rests = 0,
                RestsUntil = DateTimeOffset.MinValue,
                Window = Math.Min(most, Window + (IsCareful ? 1 / Window : 1)),
            };
        }

        int failures = Failures + 1;
        DomainPace slower = this with { Took = average, IsKnown = true, Failures = failures, IsCareful = true, Window = Math.Max(1, Window / 2) };
        if (IsResting(now) || failures < Most)
        {
            return slower;
        }

        double rest = Math.Min(FirstRest.TotalSeconds * Math.Pow(2, Math.Min(Rests, MostDoublings)), LongestRest.TotalSeconds);
        return slower with { Failures = 0, Rests = Rests + 1, RestsUntil = now + TimeSpan.FromSeconds(rest), Window = 1 };
    }
}
