using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Hugo;

/// <summary>Reads quotes, ellipsis and guillemets as Goldmark's typographer does, which Hugo has on unless told otherwise.</summary>
internal sealed class GoldmarkTypographyInlineParser : InlineParser
{
    /// <summary>Characters behind a quote that may decide what it is.</summary>
    private const int Farthest = 32;

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
        // Goldmark looks no further than to the end of the line, whose line feed still counts; and nothing far away matters.
        ReadOnlySpan<char> near = text[..Math.Min(text.Length, Farthest)];
        int end = near.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? near : near[..(end + 1)];
        int run = 1;
        while (run < line.Length && line[run] == line[0])
        {
            run++;
        }

        char after = At(line, run);
        bool opening = !IsSpace(after) && (!IsPunctuation(after) || IsSpace(before) || IsPunctuation(before));
        bool closing = !IsSpace(before) && (!IsPunctuation(before) || IsSpace(after) || IsPunctuation(after));
        bool opens = opening && !closing;
        bool closes = closing && (!opening || char.IsPunctuation(At(line, 1)) && EndsWord(At(line, 2)));
        Open open = Opened(processor);
        return line[0] == '"' ? Double(open, opens, closes, before, line) : Single(open, opens, closes, before, line);
    }

    private static string? Double(Open open, bool opens, bool closes, char before, ReadOnlySpan<char> line)
    {
        if (opens)
        {
            open.Doubles++;
            return "\u201C";
        }

        if (!closes || open.Doubles == 0 || At(line, 1) == '"' && char.IsDigit(before))
        {
            return null;
        }

        open.Doubles--;
        return "\u201D";
    }

    private static string? Single(Open open, bool opens, bool closes, char before, ReadOnlySpan<char> line)
    {
        char next = At(line, 1);
        bool decade = opens && char.IsAsciiDigit(next) && char.IsAsciiDigit(At(line, 2)) && At(line, 3) == 's' && EndsWord(At(line, 4));
        bool shortened = next is 't' or 'e' or 'n' or 'l' && (IsSpace(before) || char.IsPunctuation(before));
        if (decade || shortened || char.IsLetterOrDigit(before) && char.IsLetter(next))
        {
            return "\u2019";
        }

        if (opens)
        {
            bool contraction = next is 'm' or 't' or 's' or 'd' && EndsWord(At(line, 2))
                || line[1..] is ['v', 'e', ..] or ['l', 'l', ..] or ['r', 'e', ..] && EndsWord(At(line, 3));
            open.Singles += contraction ? 0 : 1;
            return contraction ? "\u2019" : "\u2018";
        }

        // Smiths', doin': whatever stands here, as long as the line goes on with something other than a digit.
        if (line.Length > 2 && !char.IsDigit(next))
        {
            return "\u2019";
        }

        if (!closes || open.Singles == 0)
        {
            return null;
        }

        open.Singles--;
        return "\u2019";
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

    private static bool EndsWord(char c) => IsSpace(c) || IsPunctuation(c);

    private static bool IsSpace(char c) => c == '\0' || char.IsWhiteSpace(c);

    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsAscii(c) && char.IsSymbol(c);

    private static char At(ReadOnlySpan<char> text, int at) => at < text.Length ? text[at] : '\0';

    private sealed class Open(LeafBlock? block)
    {
        public LeafBlock? Block { get; } = block;

        public int Singles { get; set; }

        public int Doubles { get; set; }
    }
}
