using System.Text;

namespace Syndication.Templating;

/// <summary>
/// Finds characters in CSS where they mean something: not in strings, addresses, brackets, escapes or comments (CSS Syntax Module
/// Level 3, section 4). Takes any text; what is left open ends with the text.
/// </summary>
internal static class CssText
{
    /// <summary>The index of the first of these characters that stands on the outermost level, or the length of the text.</summary>
    public static int IndexOfAny(string css, int from, ReadOnlySpan<char> wanted)
    {
        int depth = 0;
        for (int i = from; i < css.Length; i++)
        {
            char c = css[i];
            if (depth == 0 && wanted.Contains(c))
            {
                return i;
            }

            switch (c)
            {
                case '(' when IsAddress(css, i):
                    i = EndOfAddress(css, i);
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                default:
                    i = EndOfToken(css, i);
                    break;
            }
        }

        return css.Length;
    }

    /// <summary>The parts between separators on the outermost level, trimmed; empty ones are left out.</summary>
    public static IEnumerable<string> Split(string css, char separator)
    {
        for (int from = 0; from < css.Length;)
        {
            int end = IndexOfAny(css, from, [separator]);
            if (css[from..end].Trim() is { Length: > 0 } part)
            {
                yield return part;
            }

            from = end + 1;
        }
    }

    /// <summary>The text with a space for each comment.</summary>
    public static string WithoutComments(string css)
    {
        StringBuilder text = new(css.Length);
        for (int i = 0; i < css.Length; i++)
        {
            int end = css[i] == '(' && IsAddress(css, i) ? EndOfAddress(css, i) : EndOfToken(css, i);
            if (css[i] == '/' && end > i)
            {
                text.Append(' ');
            }
            else
            {
                text.Append(css, i, Math.Min(end + 1, css.Length) - i);
            }

            i = end;
        }

        return text.ToString();
    }

    /// <summary>The index of the last character of the comment, string or escape that begins here; of anything else, the same index.</summary>
    public static int EndOfToken(string css, int at)
    {
        switch (css[at])
        {
            case '\\':
                return at + 1;
            case '/' when at + 1 < css.Length && css[at + 1] == '*':
                int close = css.IndexOf("*/", at + 2, StringComparison.Ordinal);
                return close < 0 ? css.Length : close + 1;
            case '"' or '\'':
                int end = at + 1;
                while (end < css.Length && css[end] != css[at] && css[end] != '\n')
                {
                    end += css[end] == '\\' ? 2 : 1;
                }

                return end;
            default:
                return at;
        }
    }

    /// <summary>An address without quotes may hold what would begin a comment or a string elsewhere.</summary>
    private static bool IsAddress(string css, int bracket)
    {
        int first = bracket + 1;
        while (first < css.Length && char.IsWhiteSpace(css[first]))
        {
            first++;
        }

        return bracket >= 3 && css.AsSpan(bracket - 3, 3).Equals("url", StringComparison.OrdinalIgnoreCase)
            && first < css.Length && css[first] is not ('"' or '\'');
    }

    private static int EndOfAddress(string css, int bracket)
    {
        int end = bracket + 1;
        while (end < css.Length && css[end] != ')')
        {
            end += css[end] == '\\' ? 2 : 1;
        }

        return end;
    }
}
