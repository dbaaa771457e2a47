using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads lists. What belongs to an item is told by the column of its content; any line that follows without a blank line does too.
/// Whether an item's first text is a paragraph is decided for each item.
/// </summary>
internal static class ListReader
{
    public static bool TryRead(BlockReader reader)
    {
        BlockText source = reader.Source;
        if (Lines.ListMarker(source.Line(source.At), out bool ordered) == 0)
        {
            return false;
        }

        int start = source.At;
        ListBlock list = new(null!) { IsOrdered = ordered, BulletType = ordered ? '1' : source.Line(start).TrimStart(' ')[0] };
        List<ItemText> items = Collect(reader, ordered, out bool ended);
        reader.Add(list, start);
        List<(ListItemBlock Block, List<Block> Children)> read = [];
        BlankMark? last = null;
        for (int i = 0; i < items.Count; i++)
        {
            List<Block> children = [];
            foreach (StringBuilder part in items[i].Parts)
            {
                // Each part continues the list of blocks that the one before has begun.
                BlockReader inner = new(reader.Document, new BlockText(part.ToString(), isWholeBody: false), reader.Depth + 1);
                inner.Children.AddRange(children);
                inner.ReadAll();
                children = inner.Children;
            }

            ListItemBlock item = new(null!);
            if (items[i].Attributes is AttributeList attributes)
            {
                reader.Document.Give(item, attributes);
            }

            read.Add((item, children));
            last = Decide(read, isLast: i == items.Count - 1, ended, last);
        }

        foreach ((ListItemBlock item, List<Block> children) in read)
        {
            BlockReader.Fill(item, children);
            list.Add(item);
        }

        list.IsLoose = list.Any(item => item is ListItemBlock { Count: > 0 } some && some[0] is TextParagraph { IsBare: false });
        if (reader.Document.Options.IsGfm)
        {
            MarkTasks(list);
        }
        if (last is not null && !ended)
        {
            reader.Children.Add(last);
        }

        return true;
    }

    private static List<ItemText> Collect(BlockReader reader, bool ordered, out bool ended)
    {
        BlockText source = reader.Source;
        List<ItemText> items = [];
        ended = false;
        bool nested = false;
        bool lastIsBlank = false;
        int mostSpaces = 3;
        while (!source.IsAtEnd)
        {
            ReadOnlySpan<char> line = source.Line(source.At);
            if (lastIsBlank && Lines.IsRule(line))
            {
                break;
            }

            if (Lines.IsEndOfBlock(line))
            {
                source.At = source.EndOfLine(source.At);
                ended = true;
                break;
            }

            int marker = Lines.ListMarker(line, out bool isOrdered, mostSpaces);
            if (marker > 0 && isOrdered == ordered)
            {
                ItemText item = new(line, marker);
                items.Add(item);
                mostSpaces = Math.Clamp(item.Indentation, 1, 4) - 1;
                nested = Lines.ListMarker(Lines.First(item.First), out _) > 0;
                lastIsBlank = false;
            }
            else if (Lines.IsBlank(line))
            {
                int end = source.BehindBlankLines(source.At);
                items[^1].Append(source.Text.AsSpan(source.At, end - source.At));
                source.At = end;
                nested = true;
                lastIsBlank = true;
                continue;
            }
            else if (items.Count > 0 && items[^1].Takes(line, lastIsBlank))
            {
                items[^1].Continue(line, ref nested);
                lastIsBlank = false;
            }
            else
            {
                break;
            }

            source.At = source.EndOfLine(source.At);
        }

        return items;
    }

    /// <summary>Decides on the paragraph of the item read last; takes the blank line from its end and answers it.</summary>
    private static BlankMark? Decide(List<(ListItemBlock Block, List<Block> Children)> read, bool isLast, bool ended, BlankMark? before)
    {
        List<Block> children = read[^1].Children;
        if (children.Count == 0)
        {
            return before;
        }

        TextParagraph? first = children[0] as TextParagraph;
        if (first is { HasAttributes: true } && children.Count >= 2 && children[1] is EndMark)
        {
            children.RemoveAt(1);
        }

        bool followed = children.Count >= 2 && children[1] is BlankMark && !(isLast && children.Count == 2 && !ended);
        bool likeOthers = !isLast || read.Count == 1
            || read.Take(read.Count - 1).Any(o => o.Children.Count == 0 || o.Children[0] is not TextParagraph { IsBare: false });
        if (first is not null && !followed && likeOthers)
        {
            first.MakeBare(children.Count > 1 && children[1] is not BlankMark);
        }

        if (children[^1] is BlankMark blank)
        {
            children.RemoveAt(children.Count - 1);
            return blank;
        }

        return null;
    }

    /// <summary>Boxes at the beginning of items: [ ] and [x].</summary>
    private static void MarkTasks(ListBlock list)
    {
        bool isTaskList = false;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            if (item.Count == 0 || item[0] is not TextParagraph first)
            {
                continue;
            }

            string text = first.Written.ToString().TrimStart();
            if (text.Length > 4 && text[0] == '[' && text[1] is ' ' or 'x' or 'X' && text[2] == ']' && char.IsWhiteSpace(text[3]))
            {
                first.Box = text[1] != ' ';
                first.Written.Clear().Append(text.AsSpan(3).TrimStart());
                isTaskList = true;
            }

            if (isTaskList)
            {
                item.GetAttributes().AddClass("task-list-item");
            }
        }

        if (isTaskList)
        {
            list.GetAttributes().AddClass("task-list");
        }
    }
}
