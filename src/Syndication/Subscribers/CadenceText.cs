using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>Cadences as they are written on the command line and in files.</summary>
internal static class CadenceText
{
    private static readonly ImmutableArray<(string Text, Cadence Cadence)> All =
        [("post", Cadence.EachPost), ("daily", Cadence.Daily), ("weekly", Cadence.Weekly), ("monthly", Cadence.Monthly)];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(c => c.Text)];

    public static string Of(Cadence cadence) => All.Single(c => c.Cadence == cadence).Text;

    /// <summary>The cadence, in any case, or null.</summary>
    public static Cadence? Read(string text)
    {
        int found = All.ToList().FindIndex(c => c.Text.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : All[found].Cadence;
    }
}
