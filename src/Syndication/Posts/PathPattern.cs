using System.Text;
using System.Text.RegularExpressions;

namespace Syndication.Posts;

/// <summary>A file pattern with *, ?, […] and {a,b} over paths with forward slashes. Immutable; matches in linear time.</summary>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    /// <param name="pattern">The pattern; one without wildcards matches itself.</param>
    /// <param name="acrossFolders">True where * matches slashes as well, as in Jekyll's exclude; else only ** does.</param>
    public PathPattern(string pattern, bool acrossFolders)
    {
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            _regex = new Regex(Translate(pattern, acrossFolders), options);
        }
        catch (ArgumentException)
        {
            // A set such as [z-a] matches nothing but itself.
            _regex = new Regex("\\A" + Regex.Escape(pattern) + "\\z", options);
        }
    }

    public static bool HasWildcard(string pattern) => pattern.AsSpan().IndexOfAny("*?[{") >= 0;

    public bool Matches(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern, bool acrossFolders)
    {
        string one = acrossFolders ? "." : "[^/]";
        StringBuilder regex = new("\\A(?s:");
        for (int at = 0; at < pattern.Length; at++)
        {
            ReadOnlySpan<char> rest = pattern.AsSpan(at);
            int close = rest[0] switch { '[' => rest.IndexOf(']'), '{' => rest.IndexOf('}'), _ => -1 };
            if (rest.StartsWith("**/"))
            {
                regex.Append("(?:.*/)?");
                at += 2;
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
                regex.Append("(?:").AppendJoin('|', rest[1..close].ToString().Split(',').Select(Regex.Escape)).Append(')');
                at += close;
            }
            else
            {
                regex.Append(rest[0] switch { '*' => one + "*", '?' => one, _ => Regex.Escape(rest[..1].ToString()) });
            }
        }

        return regex.Append(")\\z").ToString();
    }
}
