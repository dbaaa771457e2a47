using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Hugo;

/// <summary>Reads quotes, ellipsis and guillemets as Goldmark's typographer does, which Hugo has on unless told otherwise.</summary>
internal sealed class GoldmarkTypographyInlineParser : InlineParser
{
    public GoldmarkTypographyInlineParser()
    {
        OpeningCharacters = ['\'', '"', '.', '<', '>'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> text = slice.AsSpan();
        (string? symbol, int length) = text switch
        {
            ['.', '.', '.', ..] => ("\u2026", 3),
            ['<', '<', ..] => ("\u00AB", 2),
            ['>', '>', ..] => ("\u00BB", 2),
            ['\'' or '"', ..] => (Quote(processor, slice.PeekCharExtra(-1), text), 1),
            _ => (null, 0),
        };
        if (symbol is null)
        {
            return false;
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

    private string? Quote(InlineProcessor processor, char before, ReadOnlySpan<char> text)
    {
        Open open = Opened(processor);
        char next = At(text, 1);
        bool spaceBefore = before == '\0' || char.IsWhiteSpace(before);
        bool spaceAfter = next == '\0' || char.IsWhiteSpace(next);
        bool canOpen = !spaceAfter && (!IsPunctuation(next) || spaceBefore || IsPunctuation(before));
        bool canClose = !spaceBefore && (!IsPunctuation(before) || spaceAfter || IsPunctuation(next));
        bool opens = canOpen && !canClose;
        bool closes = canClose && (!canOpen || IsPunctuation(next) && (text.Length == 2 || EndsWord(At(text, 2))));
        if (text[0] == '"')
        {
            if (opens)
            {
                open.Doubles++;
                return "\u201C";
            }

            if (!closes || open.Doubles == 0 || next == '"' && char.IsDigit(before))
            {
                return null;
            }

            open.Doubles--;
            return "\u201D";
        }

        bool decade = opens && char.IsAsciiDigit(next) && char.IsAsciiDigit(At(text, 2)) && At(text, 3) == 's' && EndsWord(At(text, 4));
        if (decade || char.IsLetterOrDigit(before) && char.IsLetter(next))
        {
            return "\u2019";
        }

        if (opens)
        {
            bool contraction = next is 'm' or 't' or 's' or 'd' && EndsWord(At(text, 2))
                || text[1..] is ['v', 'e', ..] or ['l', 'l', ..] or ['r', 'e', ..] && EndsWord(At(text, 3));
            open.Singles += contraction ? 0 : 1;
            return contraction ? "\u2019" : "\u2018";
        }

        if (closes && open.Singles > 0)
        {
            open.Singles--;
            return "\u2019";
        }

        return canClose && char.IsLetter(before) && EndsWord(next) ? "\u2019" : null;
    }

    private Open Opened(InlineProcessor processor)
    {
        if (processor.ParserStates[Index] is not Open open || open.Block != processor.Block)
        {
            open = new Open(processor.Block);
            processor.ParserStates[Index] = open;
        }

        return open;
    }

    private static bool EndsWord(char c) => c == '\0' || char.IsWhiteSpace(c) || IsPunctuation(c);

    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsSymbol(c);

    private static char At(ReadOnlySpan<char> text, int at) => at < text.Length ? text[at] : '\0';

    private sealed class Open(LeafBlock? block)
    {
        public LeafBlock? Block { get; } = block;

        public int Singles { get; set; }

        public int Doubles { get; set; }
    }
}
