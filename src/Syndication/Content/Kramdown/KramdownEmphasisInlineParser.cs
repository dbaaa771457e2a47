using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads * and _ as kramdown does: white space alone decides whether a mark opens or closes, whatever punctuation or script
/// stands beside it, and an underscore between letters is none.
/// </summary>
internal sealed class KramdownEmphasisInlineParser : EmphasisInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        char mark = slice.CurrentChar;
        if (mark is not ('*' or '_'))
        {
            return base.Match(processor, ref slice);
        }

        char before = slice.PeekCharExtra(-1);
        if (before == mark && slice.PeekCharExtra(-2) != '\\')
        {
            return false;
        }

        int start = slice.Start;
        while (slice.CurrentChar == mark)
        {
            slice.SkipChar();
        }

        int count = slice.Start - start;
        char after = slice.CurrentChar;
        bool within = mark == '_' && char.IsLetter(before) && char.IsLetter(after);
        bool opens = !within && after != '\0' && !char.IsWhiteSpace(after);
        bool closes = !within && before != '\0' && !char.IsWhiteSpace(before) && !(mark == '_' && char.IsLetter(after));
        if (!opens && !closes)
        {
            slice.Start = start;
            return false;
        }

        EmphasisDescriptor descriptor = EmphasisDescriptors.Find(d => d.Character == mark)!;
        processor.Inline = new EmphasisDelimiterInline(this, descriptor)
        {
            Content = new StringSlice(slice.Text, start, slice.Start - 1),
            DelimiterCount = count,
            Type = (opens ? DelimiterType.Open : DelimiterType.Undefined) | (closes ? DelimiterType.Close : DelimiterType.Undefined),
            Span = new SourceSpan(processor.GetSourcePosition(start, out int line, out int column), processor.GetSourcePosition(slice.Start - 1)),
            Line = line,
            Column = column,
        };
        return true;
    }
}
