using System.Buffers;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads the spans of one text from its beginning to its end. A span that is not closed is text after all, and what was in it is
/// read again; how often is limited for the whole body.
/// </summary>
internal sealed partial class SpanReader
{
    /// <summary>Characters that may be read again, besides twenty times the text's length.</summary>
    private const int Patience = 200_000;

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`<[]!'\"$&-.>\\{~\n");

    private static readonly SearchValues<char> RawMarks = SearchValues.Create("<");

    private const string Escapable = "\\.*_+`<>()[]{}#!:|\"'$=-~";

    /// <summary>A search for the end of struck text, which not every pair of tildes is.</summary>
    private const string StruckEnd = "a~~";

    private readonly KramdownDocument _document;
    private readonly string _text;
    private readonly List<SpanLevel> _open = [];
    private readonly Dictionary<string, int> _vain = new(StringComparer.Ordinal);
    private readonly long _mostEffort;
    private readonly bool _inHtml;
    private int _at;

    /// <summary>Where the plain text began that goes up to the current place.</summary>
    private int _plainFrom;

    /// <param name="document">What the body defines.</param>
    /// <param name="text">The text to be read.</param>
    /// <param name="inHtml">Whether it stands in an HTML element, where a backslash breaks no line.</param>
    private SpanReader(KramdownDocument document, string text, bool inHtml)
    {
        _inHtml = inHtml;
        _document = document;
        _text = text;
        _mostEffort = document.Effort + Patience + 20L * text.Length;
    }

    private SpanLevel Level => _open[^1];

    public static ContainerInline Read(KramdownDocument document, string text, bool inHtml = false)
    {
        ContainerInline inlines = [];
        new SpanReader(document, text, inHtml).ReadInto(new SpanLevel(inlines, SpanKind.Text), null);
        return inlines;
    }

    /// <summary>Reads until the stop says so; false when the text ended before.</summary>
    private bool ReadInto(SpanLevel level, Func<bool>? stop, bool raw = false)
    {
        _open.Add(level);
        bool found = false;
        int start = _at;
        while (_at < _text.Length)
        {
            int next = _text.AsSpan(_at).IndexOfAny(raw ? RawMarks : Marks);
            next = next < 0 ? _text.Length : _at + next;
            level.Append(_text.AsSpan(_at, next - _at));
            _at = next;
            if (_at >= _text.Length)
            {
                break;
            }

            if (stop is not null && stop())
            {
                found = true;
                break;
            }

            int before = _at;
            if (!(raw ? TryHtml(raw: true) : TrySpan()))
            {
                level.Append(_text[_at]);
                _at++;
            }
            else if (_text[_at - 1] != '\n' || _at != before + 1)
            {
                _plainFrom = _at;
            }
        }

        level.Flush();
        _document.Effort += stop is null || found ? 0 : _at - start;
        _open.RemoveAt(_open.Count - 1);
        return found;
    }

    private bool TrySpan()
    {
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        return _text[_at] switch
        {
            '*' or '_' => ReadEmphasis(),
            '`' => ReadCode(),
            '<' => TryAutolink() || TryHtml(raw: false) || TrySymbol(),
            '[' => TryFootnote() || next is not ('^' or '\0') && ReadLink("["),
            '!' => next == '[' && _at + 2 < _text.Length && _text[_at + 2] != '^' && ReadLink("!["),
            '\'' or '"' => ReadQuote(),
            '$' => TryMath(),
            '{' => next == ':' && ReadExtension(),
            '&' => TryEntity(),
            '-' or '.' or '>' => TrySymbol(),
            '\n' => ReadLineEnd(),
            '\\' => TrySymbol() || TryBreak() || TryEscaped(),
            '~' => TryStrike(),
            _ => false,
        };
    }

    private ReadOnlySpan<char> Rest => _text.AsSpan(_at);

    private int Find(string mark, int from)
    {
        if (from > _text.Length || _vain.TryGetValue(mark, out int vain) && from >= vain)
        {
            return -1;
        }

        int at = _text.IndexOf(mark, from, StringComparison.Ordinal);
        if (at < 0)
        {
            _vain[mark] = from;
        }

        return at;
    }

    private void Symbol(string text, int length)
    {
        Level.Append(text);
        _at += length;
    }

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
        Symbol(quotes, length);
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

        Symbol(symbol, length);
        return true;
    }

    private bool ReadLineEnd()
    {
        bool spaces = Level.TextEndsWith("  ");
        bool backslash = Level.TextEndsWith("\\");
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
        if (_at + 1 >= _text.Length || !Escapable.Contains(_text[_at + 1], StringComparison.Ordinal))
        {
            return false;
        }

        Level.Append(_text[_at + 1]);
        _at += 2;
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
            new SpanReader(_document, _text[(_at + 2)..end], _inHtml).ReadInto(new SpanLevel(struck, SpanKind.Text), null);
            Level.Add(struck);
            _at = end + 2;
            return true;
        }

        _vain[StruckEnd] = _at;
        return false;
    }
}
