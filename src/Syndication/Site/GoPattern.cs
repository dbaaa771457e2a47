using System.Text.RegularExpressions;

namespace Syndication.Site;

/// <summary>Regular expressions as Go has them: matched in linear time, and the same in syntax but for the names of groups. Pure.</summary>
internal static class GoPattern
{
    /// <summary>Null with the reason where it is none.</summary>
    public static Regex? Read(string pattern, out string problem)
    {
        try
        {
            problem = "";
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = e.Message;
            return null;
        }
    }
}
