using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>An attribute list on lines of its own, or the definition of one. Stays in the tree until it has been applied.</summary>
internal sealed class AttributeListBlock(BlockParser parser) : LeafBlock(parser)
{
    /// <summary>The name it defines, or null where it is to be applied here.</summary>
    public string? Defines { get; init; }

    public required AttributeList Attributes { get; init; }

    /// <summary>True when a blank line stands before it: then it belongs to the block that follows.</summary>
    public bool BelongsToNext { get; init; }

    /// <summary>Where its last line ends in the source.</summary>
    public required int Closes { get; init; }
}

/// <summary>An attribute list within a text. Stays in the tree until the spans around it are known.</summary>
internal sealed class AttributeListInline : LeafInline
{
    public required AttributeList Attributes { get; init; }
}

/// <summary>Reads {: … } and {:name: … } that stand on lines of their own; such a list may go over several lines.</summary>
internal sealed class AttributeListBlockParser : BlockParser
{
    /// <summary>Longest list over several lines, in characters.</summary>
    private const int Longest = 2_000;

    public AttributeListBlockParser()
    {
        OpeningCharacters = ['{'];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || processor.PeekChar(1) != ':' || processor.PeekChar(2) is ':' or '/')
        {
            return BlockState.None;
        }

        string text = processor.Line.Text;
        int start = processor.Start;
        ReadOnlySpan<char> window = text.AsSpan(start, Math.Min(Longest, text.Length - start));
        int close = AttributeList.EndOfList(window, 0);
        int blank = window.IndexOf("\n\n");
        if (close < 0 || blank >= 0 && blank < close || !RestIsBlank(window, close + 1))
        {
            return BlockState.None;
        }

        ReadOnlySpan<char> content = window[2..close];
        string? name = null;
        int colon = content.IndexOf(':');
        if (colon > 0 && AttributeList.IsName(content[..colon]))
        {
            name = content[..colon].ToString();
            content = content[(colon + 1)..];
        }

        processor.NewBlocks.Push(new AttributeListBlock(this)
        {
            Column = processor.Column,
            Span = new SourceSpan(start, start + close),
            Defines = name,
            Attributes = AttributeList.Read(content),
            BelongsToNext = LineBeforeIsBlank(text, processor.CurrentLineStartPosition),
            Closes = start + close,
        });
        return start + close <= processor.Line.End ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        ((AttributeListBlock)block).Closes <= processor.Line.End ? BlockState.BreakDiscard : BlockState.ContinueDiscard;

    private static bool RestIsBlank(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at >= text.Length || text[at] is '\n' or '\r';
    }

    private static bool LineBeforeIsBlank(string text, int lineStart)
    {
        for (int i = lineStart - 2; i >= 0 && text[i] != '\n'; i--)
        {
            if (text[i] is not (' ' or '\t' or '\r' or '>'))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Reads {: … } within a text, and drops {::comment} … {:/comment} there.</summary>
internal sealed class AttributeListInlineParser : InlineParser
{
    private const int Longest = 2_000;

    public AttributeListInlineParser()
    {
        OpeningCharacters = ['{'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() != ':')
        {
            return false;
        }

        ReadOnlySpan<char> text = slice.AsSpan();
        text = text[..Math.Min(Longest, text.Length)];
        int close = AttributeList.EndOfList(text, 0);
        if (close < 0)
        {
            return false;
        }

        int start = slice.Start;
        int end = close;
        AttributeList attributes = new();
        if (text[2..].StartsWith(":comment}"))
        {
            int stop = text.IndexOf("{:/");
            end = stop < 0 ? -1 : AttributeList.EndOfList(text, stop);
            if (end < 0)
            {
                return false;
            }
        }
        else if (close > 2 && text[2] is not (':' or '/'))
        {
            attributes = AttributeList.Read(text[2..close]);
            if (attributes.IsEmpty)
            {
                return false;
            }
        }

        processor.Inline = new AttributeListInline
        {
            Attributes = attributes,
            Span = new SourceSpan(processor.GetSourcePosition(start, out int line, out int column), processor.GetSourcePosition(start + end)),
            Line = line,
            Column = column,
        };
        slice.Start = start + end + 1;
        return true;
    }
}
