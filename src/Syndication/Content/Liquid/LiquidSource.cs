using System.Globalization;
using System.Text;

namespace Syndication.Content.Liquid;

/// <summary>Something in a Liquid source that is left out, and the line it stands on, counted from the source's first as 0.</summary>
internal readonly record struct LiquidFault(int Line, string What);

/// <summary>
/// Makes Liquid as people write it parseable: tags that are not known are left out with a fault, blocks are balanced, and tags
/// of Jekyll get their line before their words. Pure, and linear in the source.
/// </summary>
internal sealed class LiquidSource
{
    private const int DeepestBlock = 100;
    private const int LongestTag = 4_000;
    private const int MaxFaults = 20;

    /// <summary>After so many pieces that cannot be read, all that follow are taken for text: the body is no Liquid.</summary>
    private const int MaxUnreadable = 300;


    private static readonly string[] Blocks = ["if", "unless", "case", "for", "tablerow", "capture", "highlight"];
    private static readonly string[] Branches = ["else", "elsif", "when"];
    private static readonly string[] Plain = ["assign", "increment", "decrement", "cycle", "break", "continue", "echo"];

    /// <summary>Tags whose words Fluid hands over unread, after the number of their line.</summary>
    public static readonly string[] Jekyll = ["include", "include_cached", "include_relative", "link", "post_url"];

    private readonly string _text;
    private readonly Func<string, bool> _isReadable;
    private readonly StringBuilder _prepared;
    private readonly List<LiquidFault> _faults = [];
    private readonly List<(string Name, bool IsKept)> _open = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private int _unreadable;
    private int _line;
    private int _lineAt;

    private LiquidSource(string text, Func<string, bool> isReadable)
    {
        _text = text;
        _isReadable = piece =>
        {
            bool readable = _unreadable < MaxUnreadable && IsModest(piece) && isReadable(piece);
            _unreadable += readable ? 0 : 1;
            return readable;
        };
        _prepared = new StringBuilder(text.Length + 64);
    }

    /// <param name="text">The source.</param>
    /// <param name="isReadable">Whether the template parser can read this piece by itself: an output, or a tag with its end tag.</param>
    public static (string Prepared, IReadOnlyList<LiquidFault> Faults) Prepare(string text, Func<string, bool> isReadable)
    {
        LiquidSource source = new(text, isReadable);
        source.Run();
        return (source._prepared.ToString(), source._faults);
    }

    private void Run()
    {
        int at = 0;
        while (true)
        {
            int brace = NextDelimiter(at);
            if (brace < 0)
            {
                break;
            }

            _prepared.Append(_text, at, brace - at);
            at = _text[brace + 1] == '%' ? Tag(brace) : Output(brace);
        }

        _prepared.Append(_text, at, _text.Length - at);
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].IsKept)
            {
                Fault(_text.Length, $"the tag {{% {_open[i].Name} %}} is never ended");
                _prepared.Append(CultureInfo.InvariantCulture, $"{{% end{_open[i].Name} %}}");
            }
        }
    }

    private int NextDelimiter(int from)
    {
        for (int at = _text.IndexOf('{', from); at >= 0 && at + 1 < _text.Length; at = _text.IndexOf('{', at + 1))
        {
            if (_text[at + 1] is '{' or '%')
            {
                return at;
            }
        }

        return -1;
    }

    private int Output(int brace)
    {
        int end = Find("}}", brace + 2);
        string piece = end < 0 ? "" : Literally(_text[brace..(end + 2)]);
        if (end >= 0 && _isReadable(piece))
        {
            _prepared.Append(piece);
            return end + 2;
        }

        if (end >= 0)
        {
            Fault(brace, "the Liquid output " + Shortened(piece) + " cannot be read and is shown as it is");
        }

        return Literal(brace);
    }

    private int Tag(int brace)
    {
        int end = Find("%}", brace + 2);
        if (end < 0)
        {
            return Literal(brace);
        }

        int after = end + 2;
        string words = _text[(brace + 2)..end].Trim('-', ' ', '\t', '\n', '\r');
        int cut = words.AsSpan().IndexOfAny(" \t\n\r");
        string name = cut < 0 ? words : words[..cut];
        string rest = cut < 0 ? "" : words[cut..].Trim();
        string piece = Literally(_text[brace..after]);
        if (name is "raw" or "comment")
        {
            return Opaque(name, brace, after);
        }

        if (name.StartsWith("end", StringComparison.Ordinal))
        {
            End(name[3..], piece, brace);
        }
        else if (Jekyll.Contains(name))
        {
            _prepared.Append(WithLine(name, rest, piece, brace));
        }
        else if (name == "highlight")
        {
            Open(name, WithLine(name, rest, piece, brace), brace, isReadable: true);
        }
        else if (Blocks.Contains(name))
        {
            bool readable = _isReadable(piece + (name == "case" ? "{% when 1 %}" : "") + $"{{% end{name} %}}");
            Open(name, piece, brace, readable);
        }
        else if (Branches.Contains(name))
        {
            Branch(name, piece, brace);
        }
        else if (!Plain.Contains(name))
        {
            Fault(brace, $"the Liquid tag {Shortened(name)} is not known and is left out");
        }
        else if (_isReadable(piece))
        {
            _prepared.Append(piece);
        }
        else
        {
            Fault(brace, "the Liquid tag " + Shortened(piece) + " cannot be read and is left out");
        }

        return after;
    }

    /// <summary>A tag with the number of its line before its words; it takes white space around it as it was written to.</summary>
    private string WithLine(string name, string rest, string piece, int brace) => string.Create(
        CultureInfo.InvariantCulture, $"{{%{Dash(piece[2])} {name} {LineOf(brace)} {rest} {Dash(piece[^3])}%}}");

    private static string Dash(char mark) => mark == '-' ? "-" : "";

    private void Open(string name, string piece, int brace, bool isReadable)
    {
        bool kept = isReadable && _open.Count < DeepestBlock;
        if (kept)
        {
            _prepared.Append(piece);
        }
        else
        {
            Fault(brace, "the Liquid tag " + Shortened(piece) + " cannot be read; what is in it is shown");
        }

        _open.Add((name, kept));
    }

    private void Branch(string name, string piece, int brace)
    {
        (string block, bool kept) = _open.Count == 0 ? ("", true) : _open[^1];
        bool belongs = name == "when" ? block == "case" : name == "elsif" ? block is "if" or "unless" : block is "if" or "unless" or "case" or "for";
        string test = name switch
        {
            "when" => "{% case 1 %}" + piece + "{% endcase %}",
            "elsif" => "{% if 1 %}" + piece + "{% endif %}",
            _ => "{% if 1 %}{% else %}{% endif %}",
        };
        if (!kept)
        {
            return;
        }

        if (belongs && _isReadable(test))
        {
            _prepared.Append(piece);
        }
        else
        {
            Fault(brace, "the Liquid tag " + Shortened(piece) + " does not belong here and is left out");
        }
    }

    private void End(string name, string piece, int brace)
    {
        int opener = _open.FindLastIndex(o => o.Name == name);
        if (opener < 0)
        {
            if (Blocks.Contains(name))
            {
                Fault(brace, $"the Liquid tag {{% end{name} %}} ends nothing and is left out");
            }

            return;
        }

        for (int i = _open.Count - 1; i > opener; i--)
        {
            if (_open[i].IsKept)
            {
                Fault(brace, $"the tag {{% {_open[i].Name} %}} is never ended");
                _prepared.Append(CultureInfo.InvariantCulture, $"{{% end{_open[i].Name} %}}");
            }
        }

        if (_open[opener].IsKept)
        {
            _prepared.Append(piece);
        }

        _open.RemoveRange(opener, _open.Count - opener);
    }

    /// <summary>A block whose inside is not Liquid: raw stays, a comment goes.</summary>
    private int Opaque(string name, int brace, int after)
    {
        for (int at = Find("{%", after); at >= 0; at = Find("{%", at + 2))
        {
            int end = Find("%}", at + 2);
            if (end < 0)
            {
                break;
            }

            if (_text.AsSpan(at + 2, end - at - 2).Trim("- \t\n\r").SequenceEqual("end" + name))
            {
                if (name == "raw")
                {
                    ReadOnlySpan<char> inside = _text.AsSpan(after, at - after);
                    AppendLiteral(inside);
                }
                else if (_text[brace + 2] == '-' || _text[end - 1] == '-')
                {
                    _prepared.Append(CultureInfo.InvariantCulture, $"{{%{Dash(_text[brace + 2])} comment %}}{{% endcomment {Dash(_text[end - 1])}%}}");
                }

                return end + 2;
            }
        }

        Fault(brace, $"the tag {{% {name} %}} is never ended");
        return after;
    }

    private int Literal(int brace)
    {
        AppendLiteral(_text.AsSpan(brace, 2));
        return brace + 2;
    }

    /// <summary>Text that is to come out of the template as it is.</summary>
    private void AppendLiteral(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int at = text.IndexOf('{');
            if (at < 0 || at + 1 >= text.Length)
            {
                _prepared.Append(text);
                return;
            }

            _prepared.Append(text[..at]);
            string braces = text.Slice(at, 2).ToString();
            _prepared.Append(braces is "{{" or "{%" ? $"{{{{ '{braces}' }}}}" : braces);
            text = text[(at + 2)..];
        }
    }

    private int Find(string mark, int from)
    {
        if (_missing.Contains(mark))
        {
            return -1;
        }

        int at = _text.IndexOf(mark, from, StringComparison.Ordinal);
        if (at < 0)
        {
            _missing.Add(mark);
        }

        return at;
    }

    private void Fault(int at, string what)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(new LiquidFault(LineOf(at), what));
        }
    }

    private int LineOf(int at)
    {
        if (at >= _lineAt)
        {
            _line += _text.AsSpan(_lineAt, at - _lineAt).Count('\n');
            _lineAt = at;
        }

        return _line;
    }

    /// <summary>A backslash in a text of Liquid is a backslash.</summary>
    private static string Literally(string piece) => piece.Replace("\\", "\\\\", StringComparison.Ordinal);

    /// <summary>Deep or long expressions could exhaust the stack of the parser.</summary>
    private static bool IsModest(string piece) => piece.Length <= LongestTag && piece.AsSpan().Count('[') + piece.AsSpan().Count('(') <= 50;

    private static string Shortened(string piece) => piece.Length <= 60 ? piece : piece[..60] + "…";
}
