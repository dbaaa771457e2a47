using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Reads $$ … $$ within a text as mathematics; a single dollar sign is money.</summary>
internal sealed class DollarMathInlineParser : InlineParser
{
    public DollarMathInlineParser()
    {
        OpeningCharacters = ['$'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> text = slice.AsSpan();
        if (text.Length < 5 || text[1] != '$')
        {
            return false;
        }

        int end = text[2..].IndexOf("$$");
        if (end <= 0)
        {
            return false;
        }

        processor.Inline = new MathInline
        {
            Delimiter = '$',
            DelimiterCount = 2,
            Content = new StringSlice(slice.Text, slice.Start + 2, slice.Start + 1 + end),
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start, out int line, out int column), slice.Start + end + 3),
            Line = line,
            Column = column,
        };
        slice.Start += end + 4;
        return true;
    }
}
