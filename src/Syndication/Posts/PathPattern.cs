using System.Text;
using System.Text.RegularExpressions;

namespace Syndication.Posts;

/// <summary>What the wildcards of a file pattern mean.</summary>
internal enum Wildcards
{
    /// <summary>Ruby's Dir.glob: * stays within a folder, and only **/ does not.</summary>
    OfFolders,

    /// <summary>Jekyll's exclude: * matches slashes as well.</summary>
    Everywhere,

    /// <summary>Hugo's: * stays within a folder, ** does not, wherever it stands.</summary>
    OfGo,
}

/// <summary>A file pattern with *, ?, […] and {a,b} over paths with forward slashes. Immutable; matches in linear time.</summary>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    /// <param name="pattern">The pattern; one without wildcards matches itself.</param>
    /// <param name="wildcards">Whose wildcards they are.</param>
    public PathPattern(string pattern, Wildcards wildcards)
    {
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            _regex = new Regex($"\\A(?s:{Translate(pattern, wildcards)})\\z", options);
        }
        catch (ArgumentException)
        {
            // A set such as [z-a] matches nothing but itself.
            _regex = new Regex("\\A" + Regex.Escape(pattern) + "\\z", options);
        }
    }

    public static bool HasWildcard(string pattern) => pattern.AsSpan().IndexOfAny("*?[{") >= 0;

    public bool Matches(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern, Wildcards wildcards)
    {
        string one = wildcards == Wildcards.Everywhere ? "." : "[^/]";
        StringBuilder regex = new();
        for (int at = 0; at < pattern.Length; at++)
        {
            ReadOnlySpan<char> rest = pattern.AsSpan(at);
            int close = rest[0] switch { '[' => rest.IndexOf(']'), '{' => rest.IndexOf('}'), _ => -1 };
            if (rest.StartsWith("**/"))
            {
                regex.Append("(?:.*/)?");
                at += 2;
            }
            else if (rest.StartsWith("**") && wildcards == Wildcards.OfGo)
            {
                regex.Append(".*");
                at++;
            }
            else if (close > 1 && rest[0] == '[')
            {
                string set = rest[1..close].ToString();
                string inner = set.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                regex.Append('[').Append(inner[0] == '!' ? "^" + inner[1..] : inner).Append(']');
                at += close;
            }
            else if (close > 1)
            {
                string[] choices = rest[1..close].ToString().Split(',');
                regex.Append("(?:").AppendJoin('|', choices.Select(c => Translate(c, wildcards))).Append(')');
                at += close;
            }
            else
            {
                regex.Append(rest[0] switch { '*' => one + "*", '?' => one, _ => Regex.Escape(rest[..1].ToString()) });
            }
        }

        return regex.ToString();
    }
}
