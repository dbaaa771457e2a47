using System.Buffers;
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
    private readonly bool _symbolsOnly;
    private int _at;

    /// <summary>Where the plain text began that goes up to the current place.</summary>
    private int _plainFrom;

    /// <param name="document">What the body defines.</param>
    /// <param name="text">The text to be read.</param>
    /// <param name="inHtml">Whether it stands in an HTML element, where a backslash breaks no line.</param>
    /// <param name="symbolsOnly">Whether marks that make links, emphasis and the like are text.</param>
    private SpanReader(KramdownDocument document, string text, bool inHtml, bool symbolsOnly)
    {
        _inHtml = inHtml;
        _symbolsOnly = symbolsOnly;
        _document = document;
        _text = text;
        _mostEffort = document.Effort + Patience + 20L * text.Length;
    }

    private SpanLevel Level => _open[^1];

    public static ContainerInline Read(KramdownDocument document, string text, bool inHtml = false, bool symbolsOnly = false)
    {
        ContainerInline inlines = [];
        new SpanReader(document, text, inHtml, symbolsOnly).ReadInto(new SpanLevel(inlines, SpanKind.Text), null);
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
            if (!(raw ? TryHtml(raw: true) : _symbolsOnly ? TryPolish() : TrySpan()))
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
            '~' => _document.Options.IsGfm && TryStrike(),
            _ => false,
        };
    }

    private bool TryPolish() => _text[_at] switch
    {
        '<' => TryHtml(raw: false) || TrySymbol(),
        '\'' or '"' => ReadQuote(),
        '&' => TryEntity(),
        '-' or '.' or '>' or '\\' => TrySymbol(),
        _ => false,
    };

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
}
