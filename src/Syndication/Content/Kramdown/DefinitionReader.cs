using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Footnotes;
using Markdig.Helpers;

namespace Syndication.Content.Kramdown;

/// <summary>Reads what is defined and not shown: footnotes, link targets, abbreviations, attribute lists, extensions, ^.</summary>
internal static class DefinitionReader
{
    public static bool TryRead(BlockReader reader)
    {
        BlockText source = reader.Source;
        ReadOnlySpan<char> line = source.Line(source.At);
        ReadOnlySpan<char> rest = line.TrimStart(' ');
        if (Lines.IsEndOfBlock(line))
        {
            return Mark(reader, EndMarkKind.Caret, source.EndOfLine(source.At)) is not null;
        }

        return rest.StartsWith("[^") ? TryFootnote(reader, rest)
            : rest.StartsWith("[") ? TryLink(reader, rest)
            : rest.StartsWith("*[") ? TryAbbreviation(reader, rest)
            : rest.StartsWith("{:") && ExtensionReader.TryRead(reader, rest);
    }

    public static EndMark Mark(BlockReader reader, EndMarkKind kind, int end)
    {
        EndMark mark = new() { Kind = kind };
        reader.Source.At = end;
        reader.Add(mark, end);
        return mark;
    }

    private static bool TryFootnote(BlockReader reader, ReadOnlySpan<char> line)
    {
        BlockText source = reader.Source;
        int close = line.IndexOf(']');
        if (close < 3 || close + 1 >= line.Length || line[close + 1] != ':' || !AttributeList.IsName(line[2..close]))
        {
            return TryLink(reader, line);
        }

        string name = line[2..close].ToString();
        int first = source.At + Lines.Spaces(source.Line(source.At)) + close + 2;
        int end = BlockReader.CodeEnd(source, source.EndOfLine(source.At));
        System.Text.StringBuilder text = new();
        for (int at = first; at < end; at = source.EndOfLine(at))
        {
            ReadOnlySpan<char> one = source.Line(at);
            one = at == first ? one.TrimStart() : one.StartsWith("\t") ? one[1..] : one.StartsWith("    ") ? one[4..] : one;
            text.Append(one).Append('\n');
        }

        Footnote note = new(null!) { Label = name };
        BlockReader.Fill(note, BlockReader.Read(reader.Document, text.ToString(), reader.Depth + 1));
        reader.Document.Footnotes[name] = note;
        Mark(reader, EndMarkKind.Definition, end);
        return true;
    }

    private static bool TryLink(BlockReader reader, ReadOnlySpan<char> line)
    {
        BlockText source = reader.Source;
        int close = line.IndexOf(']');
        if (close < 2 || close + 1 >= line.Length || line[close + 1] != ':')
        {
            return false;
        }

        ReadOnlySpan<char> target = line[(close + 2)..].Trim(" \t");
        string url;
        ReadOnlySpan<char> behind;
        int angle = target.StartsWith("<") ? target.IndexOf('>') : -1;
        if (angle > 0)
        {
            url = target[1..angle].ToString();
            behind = target[(angle + 1)..].TrimStart(" \t");
        }
        else
        {
            int title = TitleStart(target);
            url = target[..title].TrimEnd().ToString();
            behind = target[title..];
        }

        int end = source.EndOfLine(source.At);
        string? text = null;
        if (!behind.IsEmpty)
        {
            text = Title(behind);
            if (text is null)
            {
                return false;
            }
        }
        else if (end < source.Text.Length && Title(source.Line(end).Trim(" \t")) is string next)
        {
            text = next;
            end = source.EndOfLine(end);
        }

        if (url.Length == 0 && angle < 0)
        {
            return false;
        }

        string name = KramdownDocument.LinkName(line[1..close].ToString());
        EndMark mark = Mark(reader, EndMarkKind.Definition, end);
        reader.Document.Links[name] = new LinkTarget(KramdownTag.Decode(url), text, mark);
        return true;
    }

    /// <summary>Where white space and a quote begin a title, else the end.</summary>
    private static int TitleStart(ReadOnlySpan<char> target)
    {
        for (int i = 1; i < target.Length; i++)
        {
            if (target[i] is '"' or '\'' && target[i - 1] is ' ' or '\t')
            {
                return i;
            }
        }

        return target.Length;
    }

    private static string? Title(ReadOnlySpan<char> quoted) =>
        quoted.Length > 2 && quoted[0] is '"' or '\'' && quoted[^1] == quoted[0] ? KramdownTag.Decode(quoted[1..^1].ToString()) : null;

    private static bool TryAbbreviation(BlockReader reader, ReadOnlySpan<char> line)
    {
        int close = line.IndexOf("]:");
        if (close < 3)
        {
            return false;
        }

        string label = line[2..close].ToString();
        reader.Document.Abbreviations[label] =
            new Abbreviation(null!) { Label = label, Text = new StringSlice(KramdownTag.Decode(line[(close + 2)..].Trim().ToString())) };
        Mark(reader, EndMarkKind.Definition, reader.Source.EndOfLine(reader.Source.At));
        return true;
    }
}
