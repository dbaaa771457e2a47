using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>What one mark says: symbols, quotes, entities, line ends, mathematics, addresses, footnotes.</summary>
internal sealed partial class SpanReader
{
    private void Symbol(string text, int length)
    {
        Level.Append(text);
        _at += length;
    }

    private bool TryAutolink()
    {
        int end = Find(">", _at);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<char> inner = _text.AsSpan(_at + 1, end - _at - 1);
        int colon = inner.IndexOf(':');
        bool isAddress = colon > 0 && inner[..colon] is "mailto" or "http" or "https" or "ftp" or "ftps" && inner.Length > colon + 1 && !inner.Contains('\n');
        if (!isAddress && !IsMail(inner))
        {
            return false;
        }

        string url = KramdownTag.Decode(inner.ToString());
        LinkInline link = new() { Url = isAddress ? url : "mailto:" + url, IsClosed = true };
        link.AppendChild(new LiteralInline(url.StartsWith("mailto:", StringComparison.Ordinal) ? url[7..] : url));
        Level.Add(link);
        _at = end + 1;
        return true;
    }

    private static bool IsMail(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return false;
        }

        foreach (char c in text[..at])
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        foreach (char c in text[(at + 1)..])
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFootnote()
    {
        ReadOnlySpan<char> rest = Rest;
        int close = rest.StartsWith("[^") ? rest.IndexOf(']') : -1;
        if (close < 3 || !AttributeList.IsName(rest[2..close]) || !_document.Footnotes.TryGetValue(rest[2..close].ToString(), out Footnote? note))
        {
            return false;
        }

        Level.Add(new FootnoteLink(note));
        _at += close + 1;
        return true;
    }

    private bool ReadQuote()
    {
        char before = _at > _plainFrom ? _text[_at - 1] : '\0';
        string quotes = SmartQuotes.Of(before, Rest, out int length);
        Symbol(_document.Options.Symbols.Of(quotes), length);
        return true;
    }

    private bool TryMath()
    {
        int end = Rest.StartsWith("$$") ? Find("$$", _at + 2) : -1;
        if (end < 0)
        {
            return false;
        }

        Level.Add(new MathInline { Delimiter = '$', DelimiterCount = 2, Content = new StringSlice(_text[(_at + 2)..end].Trim()) });
        _at = end + 2;
        return true;
    }

    private bool TryEntity()
    {
        ReadOnlySpan<char> rest = Rest;
        int end = rest[..Math.Min(rest.Length, 40)].IndexOf(';');
        if (end < 2)
        {
            return false;
        }

        string written = rest[..(end + 1)].ToString();
        string meant = System.Net.WebUtility.HtmlDecode(written);
        if (meant == written)
        {
            return false;
        }

        Symbol(meant, end + 1);
        return true;
    }

    private bool TrySymbol()
    {
        (string? symbol, int length) = Rest switch
        {
            ['-', '-', '-', ..] => ("\u2014", 3),
            ['-', '-', ..] => ("\u2013", 2),
            ['.', '.', '.', ..] => ("\u2026", 3),
            ['\\', '<', '<', ..] => ("<<", 3),
            ['\\', '>', '>', ..] => (">>", 3),
            ['<', '<', ' ', ..] => ("\u00AB\u00A0", 3),
            ['<', '<', ..] => ("\u00AB", 2),
            ['>', '>', ..] => ("\u00BB", 2),
            _ => ((string?)null, 0),
        };
        if (symbol is null)
        {
            return false;
        }

        if (symbol == "\u00BB" && _at > _plainFrom && _text[_at - 1] == ' ' && Level.TextEndsWith(" "))
        {
            Level.RemoveLast(1);
            symbol = "\u00A0\u00BB";
        }

        Symbol(_document.Options.Symbols.Of(symbol), length);
        return true;
    }

    private bool ReadLineEnd()
    {
        bool spaces = Level.TextEndsWith("  ");
        bool backslash = _document.Options.IsGfm && Level.TextEndsWith("\\");
        bool inHtml = _inHtml || IsWithin(SpanKind.Html);
        bool wraps = _document.Options.HardWrap && !inHtml;
        bool breaks = wraps || spaces || backslash && !inHtml;
        if (breaks && !wraps)
        {
            Level.RemoveLast(spaces ? 2 : 1);
        }

        if (_at < _text.Length - 1)
        {
            Level.Add(new LineBreakInline { IsHard = breaks });
        }

        _plainFrom = breaks ? _at : _plainFrom;
        _at++;
        return true;
    }

    private bool TryBreak()
    {
        if (!Rest.StartsWith("\\\\\n"))
        {
            return false;
        }

        Level.Add(new LineBreakInline { IsHard = true });
        _at += 3;
        return true;
    }

    private bool TryEscaped()
    {
        if (_at + 1 >= _text.Length || !Escapable.Contains(_text[_at + 1], StringComparison.Ordinal)
            || _text[_at + 1] == '~' && !_document.Options.IsGfm)
        {
            return false;
        }

        Level.Append(_text[_at + 1]);
        _at += 2;
        return true;
    }
}
