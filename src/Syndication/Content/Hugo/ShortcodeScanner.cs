using System.Globalization;
using System.Text;

namespace Syndication.Content.Hugo;

/// <summary>One shortcode's tag as found in a body.</summary>
internal sealed class ShortcodeTag
{
    /// <summary>The line of the body it stands on, counted from 0.</summary>
    public required int Line { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required string Name { get; init; }

    public bool IsClosing { get; init; }

    /// <summary>{{% … %}}: what it writes is read as Markdown; what {{&lt; … &gt;}} writes is HTML already.</summary>
    public bool WritesMarkdown { get; init; }

    /// <summary>Arguments by name; those without a name are "0", "1" and so on.</summary>
    public required Dictionary<string, string> Arguments { get; init; }

    /// <summary>Names of arguments that stand without quotes: they may be numbers, true or false.</summary>
    public required HashSet<string> Unquoted { get; init; }

    /// <summary>For {{&lt;/* … */&gt;}}: the tag as it is to be shown, not to be run.</summary>
    public string? Shown { get; init; }

    /// <summary>The place of its closing tag in the list, or -1 where it has none.</summary>
    public int Closer { get; set; } = -1;

    /// <summary>An argument as templates see it: text, and without quotes also bool, long or double.</summary>
    public object? Typed(string key)
    {
        string text = Arguments[key];
        return !Unquoted.Contains(key) ? text
            : text is "true" or "false" ? text == "true"
            : !text.All(c => char.IsAsciiDigit(c) || c is '-' or '.') ? text
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && text.Contains('.', StringComparison.Ordinal) ? number
            : text;
    }

    public string Argument(string name, int position = -1) =>
        Arguments.TryGetValue(name, out string? value) ? value
        : position >= 0 && Arguments.TryGetValue(position.ToString(CultureInfo.InvariantCulture), out value) ? value
        : "";
}

/// <summary>Finds the shortcodes of a Hugo body, {{&lt; … &gt;}} and {{% … %}}, and which of them belong together. Linear in the body.</summary>
internal static class ShortcodeScanner
{
    public static List<ShortcodeTag> Scan(string body)
    {
        List<ShortcodeTag> tags = [];
        int line = 0;
        int counted = 0;
        int at = body.IndexOf("{{", StringComparison.Ordinal);
        while (at >= 0)
        {
            line += body.AsSpan(counted, at - counted).Count('\n');
            counted = at;
            ShortcodeTag? tag = Read(body, at, line);
            if (tag is not null)
            {
                tags.Add(tag);
            }

            at = body.IndexOf("{{", tag?.End ?? at + 2, StringComparison.Ordinal);
        }

        Match(tags);
        return tags;
    }

    private static ShortcodeTag? Read(string body, int start, int line)
    {
        int at = start + 2;
        if (at >= body.Length || body[at] is not ('<' or '%'))
        {
            return null;
        }

        string close = body[at] == '<' ? ">}}" : "%}}";
        at++;
        if (body.AsSpan(at).StartsWith("/*"))
        {
            int end = body.AsSpan(at, Math.Min(body.Length - at, 10_000)).IndexOf("*/" + close);
            return end < 0 ? null : new ShortcodeTag
            {
                Line = line,
                Start = start,
                End = at + end + 5,
                Name = "",
                Arguments = [],
                Unquoted = [],
                Shown = string.Concat(body.AsSpan(start, 3), body.AsSpan(at + 2, end - 2), close),
            };
        }

        at = PassSpace(body, at);
        bool closing = at < body.Length && body[at] == '/';
        at = PassSpace(body, closing ? at + 1 : at);
        int nameEnd = at;
        while (nameEnd < body.Length && !char.IsWhiteSpace(body[nameEnd]) && body[nameEnd] is not ('>' or '%' or '"' or '{' or '}' or '='))
        {
            nameEnd++;
        }

        string name = body[at..nameEnd].TrimEnd('/');
        Dictionary<string, string> arguments = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> unquoted = new(StringComparer.OrdinalIgnoreCase);
        int after = name.Length == 0 ? -1 : Arguments(body, at + name.Length, close, arguments, unquoted);
        return after < 0 ? null : new ShortcodeTag
        {
            Line = line,
            Start = start,
            End = after,
            Name = name,
            IsClosing = closing,
            WritesMarkdown = close[0] == '%',
            Arguments = arguments,
            Unquoted = unquoted,
        };
    }

    /// <summary>Reads up to the end of the tag; -1 where it has none.</summary>
    private static int Arguments(string body, int at, string close, Dictionary<string, string> arguments, HashSet<string> unquoted)
    {
        int positions = 0;
        string? key = null;
        while (true)
        {
            at = PassSpace(body, at);
            if (at >= body.Length)
            {
                return -1;
            }

            if (string.CompareOrdinal(body, at, close, 0, close.Length) == 0)
            {
                return at + close.Length;
            }

            if (body[at] == '/' && string.CompareOrdinal(body, at + 1, close, 0, close.Length) == 0)
            {
                return at + 1 + close.Length;
            }

            int start = at;
            string? value = Value(body, ref at, close);
            if (value is null || at == start)
            {
                return -1;
            }

            if (at < body.Length && body[at] == '=' && key is null)
            {
                key = value;
                at++;
            }
            else
            {
                key ??= positions++.ToString(CultureInfo.InvariantCulture);
                arguments[key] = value;
                if (body[start] is not ('"' or '`'))
                {
                    unquoted.Add(key);
                }

                key = null;
            }
        }
    }

    private static string? Value(string body, ref int at, string close)
    {
        char first = body[at];
        StringBuilder value = new();
        if (first is '"' or '`')
        {
            for (at++; at < body.Length && body[at] != first; at++)
            {
                if (first == '"' && body[at] == '\\' && at + 1 < body.Length)
                {
                    at++;
                }

                value.Append(body[at]);
            }

            return at++ >= body.Length ? null : value.ToString();
        }

        while (at < body.Length && !char.IsWhiteSpace(body[at]) && body[at] is not ('=' or '"' or '`')
            && string.CompareOrdinal(body, at, close, 0, close.Length) != 0
            && !(body[at] == '/' && string.CompareOrdinal(body, at + 1, close, 0, close.Length) == 0))
        {
            value.Append(body[at++]);
        }

        return value.ToString();
    }

    private static int PassSpace(string body, int at)
    {
        while (at < body.Length && char.IsWhiteSpace(body[at]))
        {
            at++;
        }

        return at;
    }

    private static void Match(List<ShortcodeTag> tags)
    {
        Dictionary<string, Stack<ShortcodeTag>> open = new(StringComparer.Ordinal);
        for (int i = 0; i < tags.Count; i++)
        {
            ShortcodeTag tag = tags[i];
            if (!open.TryGetValue(tag.Name, out Stack<ShortcodeTag>? same))
            {
                open[tag.Name] = same = new Stack<ShortcodeTag>();
            }

            if (!tag.IsClosing)
            {
                same.Push(tag);
            }
            else if (same.TryPop(out ShortcodeTag? opener))
            {
                opener.Closer = i;
            }
        }
    }
}
