using System.Collections.Frozen;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>A block element of raw HTML with all that is in it, blank lines too.</summary>
internal sealed class KramdownHtmlBlock(BlockParser parser) : HtmlBlock(parser)
{
    /// <summary>The place in the source behind its end; 0 = it is never closed and ends at the first blank line.</summary>
    public int Closes { get; init; }
}

/// <summary>
/// Reads raw HTML as kramdown does: a block element goes to its closing tag. (CommonMark ends it at a blank line.) Elements of
/// running text begin a paragraph.
/// </summary>
internal sealed class KramdownHtmlBlockParser : BlockParser
{
    private static readonly FrozenSet<string> Spans = FrozenSet.Create(
        "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd", "label",
        "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var");

    public KramdownHtmlBlockParser()
    {
        OpeningCharacters = ['<'];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent)
        {
            return BlockState.None;
        }

        string text = processor.Line.Text;
        int start = processor.Start;
        int closes;
        if (text.AsSpan(start).StartsWith("<!--"))
        {
            int end = VainSearches.Find(processor.Document, text, "-->", start);
            closes = end < 0 ? 0 : end + 3;
        }
        else
        {
            TagScanner scanner = new(text, start);
            char next = processor.PeekChar(1);
            if (!char.IsAsciiLetter(next) || !scanner.Next(out Tag tag) || tag.Start != start || Spans.Contains(tag.Name))
            {
                return BlockState.None;
            }

            closes = tag.IsEmpty ? tag.End : End(processor.Document, ref scanner, tag);
        }

        processor.NewBlocks.Push(new KramdownHtmlBlock(this)
        {
            Column = processor.Column,
            Span = new SourceSpan(start, processor.Line.End),
            Type = text.AsSpan(start).StartsWith("<!--") ? HtmlBlockType.Comment : HtmlBlockType.InterruptingBlock,
            Closes = closes,
        });
        return closes != 0 && closes - 1 <= processor.Line.End ? BlockState.Break : BlockState.Continue;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        KramdownHtmlBlock html = (KramdownHtmlBlock)block;
        if (html.Closes == 0)
        {
            return processor.IsBlankLine ? BlockState.BreakDiscard : Continued(processor, html, BlockState.Continue);
        }

        return Continued(processor, html, html.Closes - 1 <= processor.Line.End ? BlockState.Break : BlockState.Continue);
    }

    private static BlockState Continued(BlockProcessor processor, HtmlBlock html, BlockState state)
    {
        processor.GoToColumn(processor.ColumnBeforeIndent);
        html.Span.End = processor.Line.End;
        return state;
    }

    private static int End(MarkdownDocument document, ref TagScanner scanner, Tag opening)
    {
        if (!VainSearches.AreAllowed(document))
        {
            return 0;
        }

        int depth = 1;
        while (scanner.Next(out Tag tag))
        {
            if (tag.Name == opening.Name && !tag.IsEmpty)
            {
                depth += tag.IsClosing ? -1 : 1;
                if (depth == 0)
                {
                    return tag.End;
                }
            }
        }

        VainSearches.Count(document);
        return 0;
    }
}
