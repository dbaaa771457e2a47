using System.Collections.Immutable;

namespace Syndication.Ledger;

/// <summary>Something that waits for the operator: told once by log and mail, and shown as long as it is so.</summary>
/// <param name="Key">The same for the same matter, also after a restart, and another when it comes up again.</param>
/// <param name="Subject">What is the matter, on one line. Anybody may see it: no addresses, no replies of servers.</param>
/// <param name="Lines">Why, and what to do about it: for the operator alone.</param>
internal sealed record Alert(string Key, string Subject, ImmutableArray<string> Lines);

/// <summary>What waits for the operator at one moment.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Alerts">Nothing when all is well.</param>
/// <param name="IsKnown">Whether the database could be read; if not, the alerts are the last known ones.</param>
internal sealed record Attention(DateTimeOffset At, ImmutableArray<Alert> Alerts, bool IsKnown);

/// <summary>Holds what waits for the operator now: swapped whole by one writer, for any number of readers.</summary>
internal sealed class AttentionSource
{
    private volatile Attention? _current;

    /// <summary>Null before the first look.</summary>
    public Attention? Current
    {
        get => _current;
        set => _current = value;
    }
}
