using System.Text;

namespace Syndication.Content;

/// <summary>
/// What of a body Jekyll makes the excerpt of: all that stands before the separator, with Liquid that is verbatim there ended, and the
/// definitions of its links and footnotes, which may come later. Pure, and linear in the body.
/// </summary>
internal static class JekyllExcerpt
{
    /// <param name="body">With its Liquid.</param>
    /// <param name="separator">Not empty.</param>
    public static string Of(string body, string separator)
    {
        string content = WithoutBlankStart(body);
        int end = content.IndexOf(separator, StringComparison.Ordinal);
        if (end < 0)
        {
            return content;
        }

        StringBuilder excerpt = new(content[..end]);
        if (OpenVerbatim(content[..end]) is string name)
        {
            excerpt.Append("{% end").Append(name).Append(" %}");
        }

        HashSet<string> labels = Labels(content.AsSpan(0, end));
        bool isFirst = true;
        foreach (ReadOnlySpan<char> line in content.AsSpan(end).EnumerateLines())
        {
            if (labels.Count > 0 && Label(line) is string label && labels.Contains(label))
            {
                excerpt.Append(isFirst ? "\n\n" : "\n").Append(line);
                isFirst = false;
            }
        }

        return excerpt.ToString();
    }

    private static string WithoutBlankStart(string body)
    {
        int start = 0;
        for (int i = 0; i < body.Length && char.IsWhiteSpace(body[i]); i++)
        {
            start = body[i] == '\n' ? i + 1 : start;
        }

        return body[start..];
    }

    /// <summary>The block that the text ends within, and that has no Liquid in it: raw or comment; null without one. All others end by themselves.</summary>
    private static string? OpenVerbatim(string text)
    {
        string? open = null;
        int end = 0;
        for (int at = text.IndexOf("{%", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{%", end, StringComparison.Ordinal))
        {
            end = text.IndexOf("%}", at + 2, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            ReadOnlySpan<char> name = text.AsSpan(at + 2, end - at - 2).Trim("- \t\r\n");
            open = open is null ? name is "raw" or "comment" ? name.ToString() : null : name.StartsWith("end") && name[3..].SequenceEqual(open) ? null : open;
        }

        return open;
    }

    /// <summary>What stands in brackets, with them.</summary>
    private static HashSet<string> Labels(ReadOnlySpan<char> text)
    {
        HashSet<string> labels = new(StringComparer.Ordinal);
        int open = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '[')
            {
                open = i;
            }
            else if (text[i] == ']' && open >= 0)
            {
                labels.Add(text[open..(i + 1)].ToString());
                open = -1;
            }
        }

        return labels;
    }

    /// <summary>The label in brackets of a definition of a link or a footnote; null where the line is none.</summary>
    private static string? Label(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart(' ');
        int close = line.Length - text.Length > 3 || !text.StartsWith("[") ? -1 : text.IndexOf("]:");
        return close > 1 ? text[..(close + 1)].ToString() : null;
    }
}
