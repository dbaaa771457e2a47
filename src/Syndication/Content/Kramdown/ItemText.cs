using System.Text;

namespace Syndication.Content.Kramdown;

/// <summary>The lines of one item of a list or of one definition, without their indentation.</summary>
internal sealed class ItemText
{
    /// <param name="line">The line with the marker.</param>
    /// <param name="marker">The length of the marker with the spaces before it.</param>
    public ItemText(ReadOnlySpan<char> line, int marker)
    {
        string content = line[marker..].ToString();
        int list = Lines.AttributeListAfter(content.TrimStart(), 0);
        if (Lines.IsBlank(content) || list > 0)
        {
            Indentation = 4;
        }
        else
        {
            int column = marker;
            foreach (char c in content)
            {
                if (c is not (' ' or '\t'))
                {
                    break;
                }

                column += c == '\t' ? 4 - column % 4 : 1;
            }

            Indentation = column;
        }

        content = content.TrimStart();
        if (content.StartsWith("{:", StringComparison.Ordinal) && IsList(content, out int close))
        {
            Attributes = AttributeList.Read(content.AsSpan(2, close - 2));
            content = content[(close + 1)..].TrimStart();
        }

        First = content.Length == 0 ? "" : content + "\n";
        Parts.Add(new StringBuilder(First));
    }

    /// <summary>The column at which its content begins.</summary>
    public int Indentation { get; }

    public AttributeList? Attributes { get; }

    /// <summary>What stands behind the marker.</summary>
    public string First { get; }

    /// <summary>Its text; a nested list that begins without a blank line begins a new part.</summary>
    public List<StringBuilder> Parts { get; } = [];

    /// <summary>True when a line that is not blank belongs to it: indented enough, or following directly.</summary>
    public bool Takes(ReadOnlySpan<char> line, bool afterBlank)
    {
        if (IndentationEnd(line) > 0)
        {
            return true;
        }

        int most = Math.Min(Indentation, 3);
        return !afterBlank && Lines.AttributeListAfter(line, most) == 0 && !Lines.IsBlockTag(line, most);
    }

    public void Continue(ReadOnlySpan<char> line, ref bool nested)
    {
        string text = Unindented(line, out bool isIndented);
        if (Lines.ListMarker(text, out _) > 0)
        {
            if (!nested && isIndented)
            {
                Parts.Add(new StringBuilder());
                nested = true;
            }
            else if (nested && !isIndented)
            {
                text = new string(' ', Indentation + 4) + text;
            }
        }

        Parts[^1].Append(text).Append('\n');
    }

    /// <summary>The same for a definition: a list in it begins as everywhere.</summary>
    public void ContinueDefinition(ReadOnlySpan<char> line) => Parts[^1].Append(Unindented(line, out _)).Append('\n');

    public void Append(ReadOnlySpan<char> lines) => Parts[^1].Append(lines);

    private string Unindented(ReadOnlySpan<char> line, out bool isIndented)
    {
        int tabs = line.IndexOfAnyExcept('\t');
        string text = tabs > 0 ? string.Concat(new string(' ', 4 * tabs), line[tabs..]) : line.ToString();
        isIndented = Lines.Spaces(text) >= Indentation;
        return isIndented ? text[Indentation..] : text;
    }

    /// <summary>Where the indentation that makes a line part of the content ends; 0 = it has less.</summary>
    private int IndentationEnd(ReadOnlySpan<char> line)
    {
        int at = 0;
        int units = 0;
        while (units < Indentation / 4 && at < line.Length && (line[at] == '\t' || line[at..].StartsWith("    ")))
        {
            at += line[at] == '\t' ? 1 : 4;
            units++;
        }

        if (units < Indentation / 4)
        {
            return 0;
        }

        ReadOnlySpan<char> rest = line[at..];
        return Lines.Spaces(rest) >= Indentation % 4 ? at + Indentation % 4 : rest.StartsWith("\t") ? at + 1 : 0;
    }

    /// <summary>True for an attribute list, which is no definition of one and no extension.</summary>
    private static bool IsList(string content, out int close)
    {
        close = AttributeList.EndOfList(content, 0);
        if (close <= 2 || content[2] is ':' or '/')
        {
            return false;
        }

        int name = 2;
        while (char.IsLetterOrDigit(content[name]) || content[name] is '_' or '-')
        {
            name++;
        }

        return content[name] != ':';
    }
}
