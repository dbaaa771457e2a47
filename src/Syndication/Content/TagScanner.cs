namespace Syndication.Content;

/// <summary>One tag found in HTML.</summary>
internal readonly record struct Tag(int Start, int End, string Name, bool IsClosing, bool IsEmpty);

/// <summary>
/// Finds the tags of HTML one after another without building a tree, in time linear in the text: to see where elements end. Names are in lower case; comments and the inside of scripts are passed over.
/// </summary>
internal ref struct TagScanner(ReadOnlySpan<char> html, int from = 0)
{
    private readonly ReadOnlySpan<char> _html = html;

    public int Position { get; private set; } = from;

    public bool Next(out Tag tag)
    {
        while (Position < _html.Length)
        {
            int at = _html[Position..].IndexOf('<');
            if (at < 0)
            {
                break;
            }

            int start = Position + at;
            if (_html[start..].StartsWith("<!--"))
            {
                int end = _html[(start + 4)..].IndexOf("-->");
                Position = end < 0 ? _html.Length : start + 4 + end + 3;
                continue;
            }

            Position = start + 1;
            bool closing = Position < _html.Length && _html[Position] == '/';
            int name = Position + (closing ? 1 : 0);
            int after = name;
            while (after < _html.Length && (char.IsAsciiLetterOrDigit(_html[after]) || after > name && _html[after] is '-' or ':'))
            {
                after++;
            }

            if (after == name || !char.IsAsciiLetter(_html[name]) || _html[after - 1] == ':')
            {
                continue;
            }

            int close = EndOfTag(after);
            if (close < 0)
            {
                break;
            }

            Position = close + 1;
            string lower = _html[name..after].ToString().ToLowerInvariant();
            tag = new Tag(start, Position, lower, closing, _html[close - 1] == '/' || SafeMarkup.Void.Contains(lower));
            if (!closing && lower is "script" or "style" or "textarea" or "title")
            {
                PassOver(lower);
            }

            return true;
        }

        Position = _html.Length;
        tag = default;
        return false;
    }

    /// <summary>The closing bracket of a tag by the rules of HTML: a quote counts only where a value begins.</summary>
    private readonly int EndOfTag(int at)
    {
        bool named = false;
        for (; at < _html.Length; at++)
        {
            char c = _html[at];
            if (c == '>')
            {
                return at;
            }

            if (c == '=' && named)
            {
                at = EndOfValue(at + 1);
                named = false;
            }
            else if (c == '/')
            {
                named = false;
            }
            else if (!char.IsWhiteSpace(c))
            {
                named = true;
            }
        }

        return -1;
    }

    /// <summary>The last character of the attribute's value that begins here or after white space.</summary>
    private readonly int EndOfValue(int at)
    {
        while (at < _html.Length && char.IsWhiteSpace(_html[at]))
        {
            at++;
        }

        if (at < _html.Length && _html[at] is '"' or '\'')
        {
            int end = _html[(at + 1)..].IndexOf(_html[at]);
            return end < 0 ? _html.Length : at + 1 + end;
        }

        while (at < _html.Length && _html[at] != '>' && !char.IsWhiteSpace(_html[at]))
        {
            at++;
        }

        return at - 1;
    }

    private void PassOver(string name)
    {
        ReadOnlySpan<char> rest = _html[Position..];
        int end = rest.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        Position += end < 0 ? 0 : end;
    }
}
