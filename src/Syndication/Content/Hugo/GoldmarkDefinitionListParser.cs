using Markdig.Extensions.DefinitionLists;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>What is said of the terms before it: all that is indented as far as its first line's text.</summary>
internal sealed class GoldmarkDefinition(BlockParser parser) : DefinitionItem(parser)
{
    /// <summary>Columns from the colon to the text.</summary>
    public required int Offset { get; init; }

    /// <summary>No blank line stands before the colon: then its first paragraph is bare text.</summary>
    public required bool IsTight { get; init; }
}

/// <summary>Reads definition lists as Goldmark does: a paragraph of terms, each on a line, then descriptions that begin with a colon and a space.</summary>
internal sealed class GoldmarkDefinitionListParser : BlockParser
{
    /// <summary>Behind so many spaces the text is indented code, and begins one space behind the colon.</summary>
    private const int Code = 8;

    public GoldmarkDefinitionListParser()
    {
        OpeningCharacters = [':'];
    }

    public override bool CanInterrupt(BlockProcessor processor, Block block) => true;

    public override BlockState TryOpen(BlockProcessor processor)
    {
        int spaces = SpacesAfterColon(processor);
        if (processor.Indent > 0 || spaces == 0 || processor.CurrentContainer is not ContainerBlock parent)
        {
            return BlockState.None;
        }

        Block? ended = null;
        while (!parent.IsOpen && parent.Parent is ContainerBlock outer)
        {
            ended = parent;
            parent = outer;
        }

        Block? last = parent.LastChild;
        ParagraphBlock? terms = last as ParagraphBlock;
        DefinitionList? list = last as DefinitionList ?? (parent.Count > 1 && terms is not null ? parent[^2] as DefinitionList : null);
        if (list is null && terms is null)
        {
            return BlockState.None;
        }

        GoldmarkDefinition definition = Definition(processor, spaces, terms?.Span.Start ?? processor.Start);
        if (terms is not null)
        {
            processor.Close(terms);
            if (parent.LastChild != terms)
            {
                // It was all definitions of links, or a table.
                return BlockState.None;
            }

            parent.Remove(terms);
            AddTerms(definition, terms);
        }

        if (list is null)
        {
            list = new DefinitionList(this) { Line = definition.Line, Column = definition.Column, Span = definition.Span, IsOpen = false };
            parent.Add(list);
        }

        if (ended is not null)
        {
            processor.Close(ended);
        }

        Open(processor, list, definition);
        return BlockState.Continue;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        GoldmarkDefinition definition = (GoldmarkDefinition)block;
        if (processor.IsBlankLine)
        {
            return BlockState.ContinueDiscard;
        }

        int spaces = processor is { Indent: 0, CurrentChar: ':' } ? SpacesAfterColon(processor) : 0;
        if (spaces > 0)
        {
            DefinitionList list = (DefinitionList)definition.Parent!;
            processor.Close(definition);
            Open(processor, list, Definition(processor, spaces, processor.Start));
            return BlockState.Continue;
        }

        if (processor.Indent < definition.Offset)
        {
            return BlockState.None;
        }

        processor.GoToColumn(processor.ColumnBeforeIndent + definition.Offset);
        block.UpdateSpanEnd(processor.Line.End);
        ((DefinitionList)definition.Parent!).UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }

    private GoldmarkDefinition Definition(BlockProcessor processor, int spaces, int start) => new(this)
    {
        Offset = 1 + (spaces >= Code ? 5 : spaces),
        IsTight = !IsBlankBefore(processor),
        Line = processor.LineIndex,
        Column = processor.Column,
        Span = new SourceSpan(start, processor.Line.End),
    };

    private static void Open(BlockProcessor processor, DefinitionList list, GoldmarkDefinition definition)
    {
        list.Span.End = processor.Line.End;
        list.Add(definition);
        processor.GoToColumn(processor.Column + definition.Offset);
        processor.Open(definition);
    }

    private void AddTerms(GoldmarkDefinition definition, ParagraphBlock terms)
    {
        for (int i = 0; i < terms.Lines.Count; i++)
        {
            Markdig.Helpers.StringLine line = terms.Lines.Lines[i];
            line.Slice.TrimEnd();
            DefinitionTerm term = new(this) { Line = line.Line, Column = line.Column, Span = new SourceSpan(line.Slice.Start, line.Slice.End), IsOpen = false };
            term.AppendLine(ref line.Slice, line.Column, line.Line, line.Position, trackTrivia: false);
            definition.Add(term);
        }
    }

    private static int SpacesAfterColon(BlockProcessor processor)
    {
        int columns = 0;
        for (int at = 1; processor.PeekChar(at) is ' ' or '\t'; at++)
        {
            columns += processor.PeekChar(at) == '\t' ? 4 - ((processor.Column + 1 + columns) % 4) : 1;
        }

        return columns;
    }

    private static bool IsBlankBefore(BlockProcessor processor)
    {
        ReadOnlySpan<char> before = processor.Line.Text.AsSpan(0, processor.Start);
        before = before[..Math.Max(0, before.LastIndexOf('\n'))];
        return before[(before.LastIndexOf('\n') + 1)..].Trim(" \t>").IsEmpty;
    }
}
