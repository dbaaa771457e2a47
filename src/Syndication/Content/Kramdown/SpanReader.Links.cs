using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Links and images.</summary>
internal sealed partial class SpanReader
{
    private bool ReadLink(string opening)
    {
        int start = _at;
        int body = start + opening.Length;
        bool isImage = opening[0] == '!';
        bool nested = !isImage && (IsWithin(SpanKind.Link) || IsWithin(SpanKind.Image));
        if (nested || _document.Effort > _mostEffort || Find("]", body) < 0)
        {
            Symbol(opening, opening.Length);
            return true;
        }

        LinkInline link = new() { IsImage = isImage, IsClosed = true };
        SpanLevel level = new(link, isImage ? SpanKind.Image : SpanKind.Link);
        int count = 1;
        bool Ends()
        {
            bool closes = _text[_at] == ']';
            if (!closes && _text[_at] != '[' && !Rest.StartsWith("!["))
            {
                return false;
            }

            count += closes ? -1 : 1;
            return count - level.Images == 0;
        }

        _at = _plainFrom = body;
        if (ReadInto(level, Ends))
        {
            string words = Unescaped(_text[body.._at]);
            int inner = _at - body;
            _at++;
            if (TryTarget(link, words))
            {
                if (isImage)
                {
                    link.Clear();
                    link.AppendChild(new LiteralInline(KramdownTag.Decode(words)));
                }

                Level.Add(link);
                return true;
            }

            _document.Effort += inner;
        }

        _at = body;
        Level.Append(opening);
        return true;
    }

    /// <summary>Reads where it leads: (url "title"), [name], or nothing, which means that its words are the name.</summary>
    private bool TryTarget(LinkInline link, string words)
    {
        int place = _at;
        while (place < _text.Length && char.IsWhiteSpace(_text[place]))
        {
            place++;
        }

        int close = place < _text.Length && _text[place] == '[' ? Find("]", place) : -1;
        if (close > 0 || _at >= _text.Length || _text[_at] != '(')
        {
            string name = close > place + 1 ? _text[(place + 1)..close] : words;
            if (!_document.Links.TryGetValue(KramdownDocument.LinkName(name), out LinkTarget? target))
            {
                return false;
            }

            (link.Url, link.Title) = (target.Url, target.Title);
            target.Mark.Attributes.ForEach(list => _document.Give(link, list));
            _at = close > 0 ? close + 1 : _at;
            return true;
        }

        string url;
        if (Rest.StartsWith("(<") && Rest.IndexOf('>') is int angle and > 0 && !Rest[..angle].Contains('\n'))
        {
            url = Rest[2..angle].ToString();
            _at += angle + 1;
            if (_at < _text.Length && _text[_at] == ')')
            {
                _at++;
                link.Url = KramdownTag.Decode(url);
                return true;
            }
        }
        else if (ReadUrl(out url))
        {
            link.Url = KramdownTag.Decode(url);
            return true;
        }

        if (!TryTitle(out string title))
        {
            return false;
        }

        (link.Url, link.Title) = (KramdownTag.Decode(url), KramdownTag.Decode(title));
        return true;
    }

    /// <summary>True when the closing bracket was reached; false before a title, or where there is none.</summary>
    private bool ReadUrl(out string url)
    {
        int start = _at;
        int depth = 0;
        url = "";
        for (int i = start; i < _text.Length; i++)
        {
            char c = _text[i];
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            bool beforeTitle = char.IsWhiteSpace(c) && i + 1 < _text.Length && _text[i + 1] is '\'' or '"';
            if (depth == 0 || beforeTitle)
            {
                url = _text[(start + 1)..i].Trim();
                _at = i + 1;
                return depth == 0;
            }
        }

        _document.Effort += _text.Length - start;
        return false;
    }

    private bool TryTitle(out string title)
    {
        title = "";
        int start = _at;
        while (start < _text.Length && char.IsWhiteSpace(_text[start]))
        {
            start++;
        }

        if (start >= _text.Length || _text[start] is not ('"' or '\''))
        {
            return false;
        }

        for (int end = start + 2; end < _text.Length; end++)
        {
            if (_text[end] != _text[start])
            {
                continue;
            }

            int close = end + 1;
            while (close < _text.Length && char.IsWhiteSpace(_text[close]))
            {
                close++;
            }

            if (close < _text.Length && _text[close] == ')')
            {
                title = _text[(start + 1)..end];
                _at = close + 1;
                return true;
            }
        }

        _document.Effort += _text.Length - start;
        return false;
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        System.Text.StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] != '~' && Escapable.Contains(text[i + 1], StringComparison.Ordinal) ? 1 : 0;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
