using Markdig.Extensions.DefinitionLists;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Reads definition lists: the paragraph before the first colon holds the terms, each on a line.</summary>
internal static class DefinitionListReader
{
    public static bool TryRead(BlockReader reader)
    {
        BlockText source = reader.Source;
        List<Block> before = reader.Children;
        bool afterBlank = before.Count >= 2 && before[^1] is BlankMark { IsOneEmptyLine: true } && before[^2] is TextParagraph;
        if (Lines.DefinitionMarker(source.Line(source.At)) == 0 || before.Count == 0 || before[^1] is not TextParagraph && !afterBlank)
        {
            return false;
        }

        int start = source.At;
        if (afterBlank)
        {
            before.RemoveAt(before.Count - 1);
        }

        TextParagraph paragraph = (TextParagraph)before[^1];
        before.RemoveAt(before.Count - 1);
        List<DefinitionItem> definitions = [];
        List<Block> terms = Terms(reader, paragraph);
        BlankMark? last = null;
        foreach ((ItemText text, bool asParagraph) in Collect(source, afterBlank))
        {
            DefinitionItem item = new(null!);
            BlockReader.Fill(item, terms);
            terms = [];
            DefinitionBody body = new();
            item.Add(body);
            definitions.Add(item);
            if (text.Attributes is AttributeList attributes)
            {
                reader.Document.Give(body, attributes);
            }

            List<Block> children = BlockReader.Read(reader.Document, text.Parts[0].ToString(), reader.Depth + 1);
            if (children.Count > 0)
            {
                last = children[^1] as BlankMark;
                children.RemoveRange(children.Count - (last is null ? 0 : 1), last is null ? 0 : 1);
            }

            if (children.Count > 0 && children[0] is TextParagraph first && !asParagraph)
            {
                first.MakeBare(children.Count > 1);
            }

            BlockReader.Fill(body, children);
        }

        Add(reader, paragraph, definitions, start);
        if (last is not null)
        {
            before.Add(last);
        }

        return true;
    }

    private static void Add(BlockReader reader, TextParagraph paragraph, List<DefinitionItem> definitions, int start)
    {
        List<Block> before = reader.Children;
        int at = before.Count > 0 && before[^1] is BlankMark ? before.Count - 2 : before.Count - 1;
        if (at >= 0 && before[at] is DefinitionList earlier)
        {
            before.RemoveRange(at + 1, before.Count - at - 1);
            BlockReader.Fill(earlier, definitions);
            return;
        }

        DefinitionList list = new(null!);
        reader.Document.Move(paragraph, list);
        BlockReader.Fill(list, definitions);
        reader.Add(list, paragraph.Span.Length > 0 ? paragraph.Span.Start : start);
    }

    private static List<Block> Terms(BlockReader reader, TextParagraph paragraph)
    {
        List<Block> terms = [];
        foreach (string line in paragraph.Written.ToString().Split('\n'))
        {
            DefinitionTerm term = new(null!);
            ItemText text = new(line, 0);
            if (text.Attributes is AttributeList attributes)
            {
                reader.Document.Give(term, attributes);
            }

            KramdownParser.SetWritten(term, text.Attributes is null ? line : text.First.TrimEnd('\n'));
            terms.Add(term);
        }

        return terms;
    }

    private static List<(ItemText Text, bool AsParagraph)> Collect(BlockText source, bool afterBlank)
    {
        List<(ItemText Text, bool AsParagraph)> items = [];
        bool asParagraph = afterBlank;
        bool lastIsBlank = false;
        int mostSpaces = 3;
        while (!source.IsAtEnd)
        {
            ReadOnlySpan<char> line = source.Line(source.At);
            int marker = Lines.DefinitionMarker(line, mostSpaces);
            if (marker > 0)
            {
                ItemText item = new(line, marker);
                items.Add((item, asParagraph));
                mostSpaces = Math.Clamp(item.Indentation, 1, 4) - 1;
            }
            else if (Lines.IsEndOfBlock(line))
            {
                break;
            }
            else if (Lines.IsBlank(line))
            {
                int end = source.BehindBlankLines(source.At);
                items[^1].Text.Append(source.Text.AsSpan(source.At, end - source.At));
                source.At = end;
                asParagraph = true;
                lastIsBlank = true;
                continue;
            }
            else if (items[^1].Text.Takes(line, lastIsBlank))
            {
                items[^1].Text.ContinueDefinition(line);
            }
            else
            {
                break;
            }

            asParagraph = false;
            lastIsBlank = false;
            source.At = source.EndOfLine(source.At);
        }

        return items;
    }
}

/// <summary>What one definition says.</summary>
internal sealed class DefinitionBody() : ContainerBlock(null);
