using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Emphasis, code, struck text, and the extensions in braces.</summary>
internal sealed partial class SpanReader
{
    private bool ReadEmphasis()
    {
        char mark = _text[_at];
        int start = _at;
        int length = _at + 1 < _text.Length && _text[_at + 1] == mark ? 2 : 1;
        SpanKind kind = length == 2 ? SpanKind.Strong : SpanKind.Emphasis;
        _at += length;
        bool within = mark == '_' && start > 0
            && (char.IsLetter(_text[start - 1]) || _text[start - 1] == '-' && start > 1 && char.IsLetter(_text[start - 2]));
        bool isText = within || _at < _text.Length && char.IsWhiteSpace(_text[_at]) || IsWithin(kind);
        if (!isText && TryEmphasis(mark, length, kind))
        {
            return true;
        }

        if (!isText && length == 2 && Level.Kind != SpanKind.Emphasis && !IsWithin(SpanKind.Emphasis))
        {
            _at = start + 1;
            if (TryEmphasis(mark, 1, SpanKind.Emphasis))
            {
                return true;
            }
        }

        _at = start + length;
        Level.Append(_text.AsSpan(start, length));
        return true;
    }

    private bool TryEmphasis(char mark, int length, SpanKind kind)
    {
        int start = _at;
        string delimiter = new(mark, length);
        if (_document.Effort > _mostEffort || Find(delimiter, _at) < 0)
        {
            return false;
        }

        EmphasisInline emphasis = new() { DelimiterChar = mark, DelimiterCount = length };
        SpanLevel level = new(emphasis, kind);
        bool Ends()
        {
            if (!Rest.StartsWith(delimiter) || char.IsWhiteSpace(_text[_at - 1]) || level.IsEmpty)
            {
                return false;
            }

            char after = _at + length < _text.Length ? _text[_at + length] : '\0';
            bool isDouble = length == 1 && after == mark && !(_at + 2 < _text.Length && _text[_at + 2] == mark);
            return !isDouble && !(mark == '_' && char.IsLetterOrDigit(after));
        }

        _plainFrom = _at;
        if (!ReadInto(level, Ends))
        {
            _at = start;
            return false;
        }

        _at += length;
        Level.Add(emphasis);
        return true;
    }

    private bool IsWithin(SpanKind kind) => _open.Exists(l => l.Kind == kind);

    private bool ReadCode()
    {
        int length = Rest.IndexOfAnyExcept('`');
        length = length < 0 ? _text.Length - _at : length;
        int body = _at + length;
        bool spaced = length == 1 && (_at == 0 || char.IsWhiteSpace(_text[_at - 1])) && body < _text.Length && char.IsWhiteSpace(_text[body]);
        int end = spaced ? -1 : Find(new string('`', length), body);
        if (end < 0)
        {
            Level.Append(_text.AsSpan(_at, length));
            _at = body;
            return true;
        }

        string code = _text[body..end];
        if (length > 1)
        {
            code = code.StartsWith(' ') ? code[1..] : code;
            code = code.EndsWith(' ') ? code[..^1] : code;
        }

        Level.Add(new CodeInline(code) { Delimiter = '`', DelimiterCount = length });
        _at = end + length;
        return true;
    }

    private bool ReadExtension()
    {
        ReadOnlySpan<char> rest = Rest;
        int close = AttributeList.EndOfList(rest, 0);
        if (rest.Length > 2 && rest[2] == ':' && ExtensionTag.TryRead(rest, out ExtensionTag tag) && TryExtension(tag))
        {
            return true;
        }

        if (close > 2 && rest[2] is not (':' or '/') && Level.LastForAttributes is Inline last)
        {
            _document.Give(last, AttributeList.Read(rest[2..close]));
            _at += close + 1;
            return true;
        }

        return false;
    }

    private bool TryExtension(ExtensionTag tag)
    {
        int body = _at + tag.Length;
        int end = body;
        int stop = body;
        if (!tag.IsClosed)
        {
            stop = Find("{:/", body);
            while (stop >= 0 && _text.AsSpan(stop) is var s && !s.StartsWith("{:/}") && !s.StartsWith("{:/" + tag.Name + "}"))
            {
                stop = Find("{:/", stop + 3);
            }

            if (stop < 0)
            {
                return false;
            }

            end = _text.IndexOf('}', stop) + 1;
        }

        switch (tag.Name)
        {
            case "comment":
                Level.Flush();
                break;
            case "nomarkdown":
                if (tag.IsHtml && stop > body)
                {
                    Level.Add(new HtmlInline(_text[body..stop]));
                }

                break;
            case "options":
                tag.Apply(_document.Options);
                break;
            default:
                return false;
        }

        _at = end;
        return true;
    }

    private bool TryStrike()
    {
        ReadOnlySpan<char> rest = Rest;
        if (rest.Length < 5 || rest[1] != '~' || rest[2] == '~' || char.IsWhiteSpace(rest[2]))
        {
            return false;
        }

        if (_vain.TryGetValue(StruckEnd, out int vain) && _at >= vain)
        {
            return false;
        }

        for (int end = Find("~~", _at + 3); end >= 0; end = Find("~~", end + 1))
        {
            if (_text[end - 1] == '~' || char.IsWhiteSpace(_text[end - 1]))
            {
                continue;
            }

            EmphasisInline struck = new() { DelimiterChar = '~', DelimiterCount = 2 };
            new SpanReader(_document, _text[(_at + 2)..end], _inHtml, _symbolsOnly).ReadInto(new SpanLevel(struck, SpanKind.Text), null);
            Level.Add(struck);
            _at = end + 2;
            return true;
        }

        _vain[StruckEnd] = _at;
        return false;
    }
}
