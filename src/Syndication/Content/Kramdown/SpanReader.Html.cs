using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>HTML within a text.</summary>
internal sealed partial class SpanReader
{
    /// <summary>Reads a tag, or takes what cannot be one for text. In raw text (that of code, say) there is nothing else to read.</summary>
    private bool TryHtml(bool raw)
    {
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (!char.IsLetter(next) && next is not ('_' or '/') && !Rest.StartsWith("<!--"))
        {
            return false;
        }

        if (next == '!')
        {
            int end = Find("-->", _at);
            Level.Flush();
            return end >= 0 ? Skip(end + 3) : AsText(1);
        }

        if (KramdownTag.TryReadClosing(_text, _at, out _, out int behind))
        {
            return AsText(behind - _at);
        }

        if (!KramdownTag.TryRead(_text, _at, out KramdownTag tag))
        {
            return AsText(1);
        }

        if (tag.IsBlock)
        {
            return AsText(tag.End - _at);
        }

        _at = tag.End;
        ReadElement(tag, raw);
        return true;
    }

    private void ReadElement(KramdownTag tag, bool raw)
    {
        string opening = tag.Opening.Replace('\n', ' ');
        if (tag.IsClosed || tag.IsVoid)
        {
            Level.Add(new HtmlInline(tag.IsClosed && !tag.IsVoid ? opening[..^3] + ">" + tag.Closing : opening));
            return;
        }

        bool reads = tag.Markdown switch
        {
            "span" => true,
            "1" => tag.Model != ContentModel.Raw,
            "0" => false,
            _ => tag.Model != ContentModel.Raw && !raw && _document.Options.ParseSpanHtml,
        };
        HtmlSpan element = new() { Opening = opening, Closing = tag.Closing };
        _plainFrom = _at;
        int end = 0;
        bool Ends() => _text[_at] == '<' && KramdownTag.TryReadClosing(_text, _at, out string name, out end) && name == tag.Name;
        SpanLevel level = new(element, SpanKind.Html);
        bool found = _open.Count < 100 && ReadInto(level, Ends, raw: !reads);
        if (!found && _at < _text.Length)
        {
            level.Append(Rest);
            level.Flush();
            _at = _text.Length;
        }

        _at = found ? end : _at;
        if (!reads)
        {
            MakeRaw(element);
        }

        Level.Add(element);
    }

    /// <summary>Text that was not read as Markdown: its entities are still to be read, by whoever reads HTML.</summary>
    private static void MakeRaw(ContainerInline element)
    {
        foreach (LiteralInline literal in element.OfType<LiteralInline>().ToList())
        {
            literal.ReplaceBy(new HtmlInline(KramdownTag.Escape(literal.Content.AsSpan())));
        }
    }

    private bool Skip(int to)
    {
        _at = to;
        return true;
    }

    private bool AsText(int length)
    {
        Level.Append(_text.AsSpan(_at, length));
        _at += length;
        return true;
    }
}
