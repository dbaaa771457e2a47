using System.Globalization;
using System.Text;

namespace Syndication.Content.Hugo.Templates;

internal enum GoTokenKind
{
    Text,
    Open,
    Close,
    Literal,
    Name,
    Field,
    Dot,
    Variable,
    Sign,
}

/// <summary>A token of a Go template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, name or sign; of a field without its dot.</param>
/// <param name="Value">Of a literal.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="IsAdjacent">Nothing stands between it and the token before.</param>
internal readonly record struct GoToken(GoTokenKind Kind, string Text, object? Value, int Line, bool IsAdjacent);

/// <summary>Takes a Go template apart, in time linear in the text.</summary>
internal sealed class GoLexer(string source)
{
    private readonly List<GoToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _counted;

    /// <exception cref="GoFault">It is no template.</exception>
    public static List<GoToken> Read(string source)
    {
        GoLexer lexer = new(source);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        bool trims = false;
        while (true)
        {
            int open = source.IndexOf("{{", _at, StringComparison.Ordinal);
            int end = open < 0 ? source.Length : open;
            bool trimsBefore = open >= 0 && open + 3 < source.Length && source[open + 2] == '-' && char.IsWhiteSpace(source[open + 3]);
            string text = source[_at..end];
            text = trims ? text.TrimStart() : text;
            text = trimsBefore ? text.TrimEnd() : text;
            if (text.Length > 0)
            {
                Add(GoTokenKind.Text, text);
            }

            if (open < 0)
            {
                return;
            }

            _at = open + (trimsBefore ? 3 : 2);
            trims = Action();
        }
    }

    /// <summary>Reads up to the end of an action; true where the space behind it does not count.</summary>
    private bool Action()
    {
        int inside = _at;
        while (inside < source.Length && char.IsWhiteSpace(source[inside]))
        {
            inside++;
        }

        if (source.AsSpan(inside).StartsWith("/*"))
        {
            int end = source.IndexOf("*/", inside, StringComparison.Ordinal);
            _at = end < 0 ? throw Fault("a comment never ends") : end + 2;
            return IsClose(out int closes, out bool trims) ? Closed(closes, trims) : throw Fault("a comment does not end its action");
        }

        Add(GoTokenKind.Open, "{{");
        while (true)
        {
            int before = _at;
            if (IsClose(out int length, out bool trims))
            {
                Add(GoTokenKind.Close, "}}");
                return Closed(length, trims);
            }

            while (_at < source.Length && char.IsWhiteSpace(source[_at]))
            {
                _at++;
            }

            if (_at >= source.Length)
            {
                throw Fault("an action never ends");
            }

            if (!IsClose(out _, out _))
            {
                Token(isAdjacent: before == _at);
            }
        }
    }

    private bool IsClose(out int length, out bool trims)
    {
        int at = _at;
        while (at < source.Length && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        trims = at > _at && source.AsSpan(at).StartsWith("-}}");
        bool isClose = trims || source.AsSpan(at).StartsWith("}}");
        length = at - _at + (trims ? 3 : 2);
        return isClose;
    }

    private bool Closed(int length, bool trims)
    {
        _at += length;
        return trims;
    }

    private void Token(bool isAdjacent)
    {
        char c = source[_at];
        char next = _at + 1 < source.Length ? source[_at + 1] : '\0';
        if (c is '"' or '`')
        {
            Add(GoTokenKind.Literal, "", Quoted(c), isAdjacent);
        }
        else if (char.IsAsciiDigit(c) || c is '-' or '+' && char.IsAsciiDigit(next))
        {
            Add(GoTokenKind.Literal, "", Number(), isAdjacent);
        }
        else if (c == '$')
        {
            _at++;
            Add(GoTokenKind.Variable, "$" + Word(), null, isAdjacent);
        }
        else if (c == '.' && (char.IsLetter(next) || next == '_'))
        {
            _at++;
            Add(GoTokenKind.Field, Word(), null, isAdjacent);
        }
        else if (char.IsLetter(c) || c == '_')
        {
            Add(GoTokenKind.Name, Word(), null, isAdjacent);
        }
        else
        {
            string sign = c == ':' && next == '=' ? ":=" : c is '(' or ')' or '|' or '=' or ',' or '.' ? c.ToString() : throw Fault($"the sign {c} is not expected");
            _at += sign.Length;
            Add(c == '.' ? GoTokenKind.Dot : GoTokenKind.Sign, sign, null, isAdjacent);
        }
    }

    private string Word()
    {
        int start = _at;
        while (_at < source.Length && (char.IsLetterOrDigit(source[_at]) || source[_at] == '_'))
        {
            _at++;
        }

        return source[start.._at];
    }

    private object Number()
    {
        int start = _at++;
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] is '.' or '_'))
        {
            _at++;
        }

        string text = source[start.._at];
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? (object)whole
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : throw Fault($"{text} is no number");
    }

    private string Quoted(char quote)
    {
        StringBuilder text = new();
        for (_at++; _at < source.Length && source[_at] != quote; _at++)
        {
            if (quote == '"' && source[_at] == '\\' && _at + 1 < source.Length)
            {
                _at++;
                text.Append(Escape());
            }
            else if (quote == '"' && source[_at] == '\n')
            {
                break;
            }
            else
            {
                text.Append(source[_at]);
            }
        }

        return _at < source.Length && source[_at++] == quote ? text.ToString() : throw Fault("a quoted text never ends");
    }

    private string Escape()
    {
        int digits = source[_at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && _at + digits < source.Length
            && int.TryParse(source.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code))
        {
            _at += digits;
            return new Rune(code).ToString();
        }

        return source[_at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", char other => other.ToString() };
    }

    private void Add(GoTokenKind kind, string text, object? value = null, bool isAdjacent = false) =>
        _tokens.Add(new GoToken(kind, text, value, Line(), isAdjacent));

    private int Line()
    {
        // A text counts where it begins: up to there nothing was counted twice.
        _line += source.AsSpan(_counted, _at - _counted).Count('\n');
        _counted = _at;
        return _line;
    }

    private GoFault Fault(string what) => new(what) { Line = Line() };
}
