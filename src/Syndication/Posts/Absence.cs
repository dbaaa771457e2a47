using System.Collections.Immutable;

namespace Syndication.Posts;

/// <summary>What to make of files that a scan did not find.</summary>
/// <param name="Believed">Paths whose removal is now a fact.</param>
/// <param name="Hold">Set while so many are gone at once that it is more likely an accident: nothing is removed until confirmed.</param>
/// <param name="LookAgain">When another scan could settle what is still open; null when nothing is.</param>
internal sealed record AbsenceVerdict(ImmutableArray<string> Believed, RemovalHold? Hold, DateTimeOffset? LookAgain);

/// <summary>Posts that vanished together and are kept until somebody confirms it.</summary>
/// <param name="Missing">How many are gone.</param>
/// <param name="Known">How many there were.</param>
internal sealed record RemovalHold(int Missing, int Known);

/// <summary>Absence is believed late: after two scans five seconds apart, and never of a large part of the blog at once.</summary>
internal static class Absence
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="missing">Paths that the scan just made did not find, with the time of the first scan that missed them.</param>
    /// <param name="known">How many posts there were, the missing ones included.</param>
    /// <param name="rootIsAnother">True when the folder is not, or not known to be, the one that held them.</param>
    /// <param name="confirmed">True when the operator said that the removals are meant.</param>
    /// <param name="now">The time of the scan.</param>
    public static AbsenceVerdict Judge(
        IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>> missing, int known, bool rootIsAnother, bool confirmed, DateTimeOffset now)
    {
        if (missing.Count == 0)
        {
            return new AbsenceVerdict([], null, null);
        }

        if (confirmed)
        {
            // The operator's word needs no second scan, and would be forgotten by then.
            return new AbsenceVerdict([.. missing.Select(m => m.Key)], null, null);
        }

        if (missing.Count > Math.Max(10, known / 10) || (missing.Count == known && rootIsAnother))
        {
            return new AbsenceVerdict([], new RemovalHold(missing.Count, known), null);
        }

        ImmutableArray<string> believed = [.. missing.Where(m => m.Value + Patience <= now).Select(m => m.Key)];
        DateTimeOffset? again = missing.Where(m => m.Value + Patience > now).Select(m => (DateTimeOffset?)(m.Value + Patience)).Min();
        return new AbsenceVerdict(believed, null, again);
    }
}
