using System.Collections.Immutable;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// How many mails a relay gets at once, as its answers say: it opens for one mail and, once it has looked at that, for all; each that it would
/// not look at costs a connection for a while, and "later" to one domain after the other makes it slow. Pure.
/// </summary>
/// <param name="Connections">Mails under way at once, at most.</param>
internal sealed record RelayPace(int Connections)
{
    /// <summary>So many mails one after the other, over so many domains, that were all put off: it is the relay that is busy.</summary>
    public const int PutOffLength = 20;

    public const int PutOffDomains = 5;

    public static readonly TimeSpan FirstGap = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(1);

    /// <summary>A connection that was given up is tried again after so many mails.</summary>
    private const double Recovery = 0.01;

    /// <summary>At once, at least 1.</summary>
    public double Window { get; private init; } = Connections;

    /// <summary>Mails that it would not look at, without one between them that it did.</summary>
    public int Failures { get; private init; }

    /// <summary>Mails put off without another one between them.</summary>
    public int PutOff { get; private init; }

    /// <summary>Of the mails put off; no more than are counted.</summary>
    public ImmutableHashSet<string> Domains { get; private init; } = [];

    /// <summary>Between two mails.</summary>
    public TimeSpan Gap { get; private init; }

    /// <summary>No mail begins before.</summary>
    public DateTimeOffset NotBefore { get; private init; } = DateTimeOffset.MinValue;

    public int Most => Gap > TimeSpan.Zero ? 1 : (int)Window;

    /// <summary>Whether nobody gets through by it any more.</summary>
    public bool IsOver(SendOutcome last) => last.IsAboutAccount || Failures >= Window;

    /// <summary>What an outcome says of the relay.</summary>
    public RelayPace After(SendOutcome outcome, string domain, DateTimeOffset now)
    {
        if (OutcomeRule.IsOurs(outcome))
        {
            return this with { Failures = Failures + 1, Window = Math.Max(1, Window - 1) };
        }

        RelayPace open = this with { Failures = 0, Window = Math.Min(Connections, Window + Recovery) };
        if (!OutcomeRule.IsDomains(outcome))
        {
            return open with { PutOff = 0, Domains = [], Gap = TimeSpan.Zero, NotBefore = DateTimeOffset.MinValue };
        }

        int putOff = PutOff + 1;
        ImmutableHashSet<string> domains = Domains.Count < PutOffDomains ? Domains.Add(domain) : Domains;
        if (putOff < PutOffLength || domains.Count < PutOffDomains)
        {
            return open with { PutOff = putOff, Domains = domains };
        }

        TimeSpan gap = Gap == TimeSpan.Zero ? FirstGap : Gap + Gap < LongestGap ? Gap + Gap : LongestGap;
        return open with { PutOff = putOff, Domains = domains, Gap = gap, NotBefore = now + gap };
    }

    /// <summary>It was closed, and opens again with one mail.</summary>
    public RelayPace Anew() => new(Connections);
}
