using Markdig.Extensions.Tables;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads tables: every line has a bar that stands in no code. The first rule ends the head and aligns the columns, later ones
/// begin another body, a line of equals signs begins the foot.
/// </summary>
internal static class TableReader
{
    public static bool TryRead(BlockReader reader)
    {
        BlockText source = reader.Source;
        ReadOnlySpan<char> first = source.Line(source.At);
        if (!reader.IsAfterBoundary || !HasBar(first))
        {
            return false;
        }

        int start = source.At;
        int end = start;
        while (end < source.Text.Length && HasBar(source.Line(end)))
        {
            end = source.EndOfLine(end);
        }

        if (!reader.IsBeforeBoundary(end) || !EachLineHasBar(source.Text[start..end]))
        {
            return false;
        }

        TableRows rows = new(leadingBar: first.TrimStart().StartsWith("|"));
        for (int at = start; at < end; at = source.EndOfLine(at))
        {
            rows.Read(source.Line(at), isFirst: at == start);
        }

        if (rows.Build() is not Table table)
        {
            return false;
        }

        source.At = end;
        reader.Add(table, start);
        return true;
    }

    /// <summary>A bar at the beginning, or one that is not escaped.</summary>
    private static bool HasBar(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '|' && (i == 0 || line[i - 1] != '\\'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether each line has a bar outside of code and of HTML.</summary>
    private static bool EachLineHasBar(string text)
    {
        bool found = false;
        foreach ((string part, bool isCode) in CodeParts(text.TrimEnd('\n'), withHtml: true))
        {
            if (isCode && part[0] == '<')
            {
                continue;
            }

            string[] lines = part.Split('\n');
            if (isCode)
            {
                if (lines.Length > 2 || lines.Length == 2 && !found)
                {
                    return false;
                }

                found = lines.Length != 2 && found;
                continue;
            }

            for (int i = 0; i < lines.Length; i++)
            {
                found = found || HasBar(lines[i]);
                if (i == lines.Length - 1)
                {
                    break;
                }

                if (!found)
                {
                    return false;
                }

                found = false;
            }
        }

        return found;
    }

    /// <summary>A line of text, taken apart into code (with its delimiters) and what is none.</summary>
    public static List<(string Text, bool IsCode)> CodeParts(string text, bool withHtml)
    {
        List<(string Text, bool IsCode)> parts = [];
        HashSet<string> vain = [];
        int from = 0;
        int at = 0;
        while ((at = text.AsSpan(at).IndexOfAny('`', '<') is int next && next >= 0 ? at + next : -1) >= 0)
        {
            int end = CodeEnd(text, at, withHtml, vain, out int passed);
            if (end < 0)
            {
                at = passed;
                continue;
            }

            parts.Add((text[from..at], false));
            parts.Add((text[at..end], true));
            from = at = end;
        }

        parts.Add((text[from..], false));
        return parts;
    }

    private static int CodeEnd(string text, int at, bool withHtml, HashSet<string> vain, out int passed)
    {
        passed = at + 1;
        if (text[at] == '<')
        {
            if (!text.AsSpan(at).StartsWith(withHtml ? "<" : "<code") || !KramdownTag.TryRead(text, at, out KramdownTag tag) || tag.IsBlock || tag.IsVoid || tag.IsClosed)
            {
                return -1;
            }

            int close = Find(text, tag.Closing, tag.End, vain);
            return close >= 0 ? close + tag.Closing.Length : withHtml ? text.Length : -1;
        }

        int length = 1;
        while (at + length < text.Length && text[at + length] == '`')
        {
            length++;
        }

        passed = at + length;
        bool spaced = length == 1 && (at == 0 || char.IsWhiteSpace(text[at - 1])) && passed < text.Length && char.IsWhiteSpace(text[passed]);
        int end = spaced ? -1 : Find(text, new string('`', length), passed, vain);
        return end < 0 ? -1 : end + length;
    }

    private static int Find(string text, string mark, int from, HashSet<string> vain)
    {
        int at = vain.Contains(mark) ? -1 : text.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            vain.Add(mark);
        }

        return at;
    }
}
