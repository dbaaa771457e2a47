using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Reads kramdown's typographic symbols and smart quotes: ellipsis, guillemets, quotes. They become the characters themselves; dashes are made when the tree is whole.</summary>
internal sealed class TypographyInlineParser : InlineParser
{
    public TypographyInlineParser()
    {
        OpeningCharacters = ['\'', '"', '.', '<', '>'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> text = slice.AsSpan();
        int length = 0;
        string? symbol = text[0] is '\'' or '"'
            ? SmartQuotes.Of(Before(processor, slice), text, out length)
            : Symbol(text, out length);
        if (symbol is null)
        {
            return false;
        }

        if (symbol == "\u00BB" && Before(processor, slice) == ' ')
        {
            ((LiteralInline)processor.Inline!).Content.End--;
            symbol = "\u00A0\u00BB";
        }

        processor.Inline = new LiteralInline
        {
            Content = new StringSlice(symbol),
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start, out int line, out int column), slice.Start + length - 1),
            Line = line,
            Column = column,
            IsClosed = true,
        };
        slice.Start += length;
        return true;
    }

    private static string? Symbol(ReadOnlySpan<char> text, out int length)
    {
        string? symbol;
        (symbol, length) = text switch
        {
            ['.', '.', '.', ..] => ("\u2026", 3),
            ['<', '<', ' ', ..] => ("\u00AB\u00A0", 3),
            ['<', '<', ..] => ("\u00AB", 2),
            ['>', '>', ..] => ("\u00BB", 2),
            _ => ((string?)null, 0),
        };
        return symbol;
    }

    /// <summary>The character before, where it is plain text; kramdown's rules see none behind a span or at the beginning.</summary>
    private static char Before(InlineProcessor processor, StringSlice slice)
    {
        if (processor.Inline is LiteralInline { IsClosed: false } literal && ReferenceEquals(literal.Content.Text, slice.Text))
        {
            bool behindDash = slice.PeekCharExtra(-1) == '-' && slice.PeekCharExtra(-2) == '-';
            return literal.Content.End == slice.Start - 1 && !behindDash ? slice.PeekCharExtra(-1) : '\0';
        }

        return processor.Inline is LineBreakInline ? '\n' : '\0';
    }
}
