using System.Globalization;

namespace Syndication.Cli;

/// <summary>A number with what it counts, in the singular where it is one.</summary>
internal static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="what">Of what: a word whose plural has an s.</param>
    public static string Of(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
