namespace Syndication.Content.Kramdown;

/// <summary>What a line is, seen by itself, by kramdown's rules (parser/kramdown/*.rb and the GFM parser's).</summary>
internal static class Lines
{
    public static ReadOnlySpan<char> First(ReadOnlySpan<char> text)
    {
        int feed = text.IndexOf('\n');
        return feed < 0 ? text : text[..feed];
    }

    public static bool IsBlank(ReadOnlySpan<char> line) => line.IsWhiteSpace();

    /// <summary>How many spaces it begins with.</summary>
    public static int Spaces(ReadOnlySpan<char> line)
    {
        int spaces = line.IndexOfAnyExcept(' ');
        return spaces < 0 ? line.Length : spaces;
    }

    /// <summary>Indented as code is: a tab or four spaces.</summary>
    public static bool IsIndented(ReadOnlySpan<char> line) => line.StartsWith("\t") || line.StartsWith("    ");

    public static bool IsEndOfBlock(ReadOnlySpan<char> line) => line.Length > 0 && line[0] == '^' && IsBlank(line[1..]);

    /// <summary>The place behind the attribute list that these lines begin with and that nothing follows on its line, or 0.</summary>
    public static int AttributeListAfter(ReadOnlySpan<char> text, int mostSpaces)
    {
        int spaces = Spaces(text);
        ReadOnlySpan<char> rest = text[spaces..];
        if (spaces > mostSpaces || !rest.StartsWith("{:") || rest.Length < 4 || rest[2] is ':' or '/')
        {
            return 0;
        }

        int close = AttributeList.EndOfList(rest, 0);
        return close > 2 && IsBlank(First(rest[(close + 1)..])) ? spaces + close + 1 : 0;
    }

    /// <summary>Begins with a tag of a block element, opening or closing.</summary>
    public static bool IsBlockTag(ReadOnlySpan<char> line, int mostSpaces = 3)
    {
        int spaces = Spaces(line);
        ReadOnlySpan<char> rest = line[spaces..];
        if (spaces > mostSpaces || rest.Length < 2 || rest[0] != '<')
        {
            return false;
        }

        bool closing = rest[1] == '/';
        rest = rest[(closing ? 2 : 1)..];
        int length = KramdownTag.NameLength(rest);
        if (length == 0 || KramdownTag.IsSpanWord(rest[..length]))
        {
            return false;
        }

        rest = rest[length..].TrimStart();
        return !closing || rest.Length > 0 && rest[0] == '>';
    }

    public static bool IsRule(ReadOnlySpan<char> line)
    {
        int spaces = Spaces(line);
        if (spaces > 3 || spaces == line.Length || line[spaces] is not ('*' or '-' or '_'))
        {
            return false;
        }

        char mark = line[spaces];
        int marks = 0;
        foreach (char c in line[spaces..])
        {
            if (c == mark)
            {
                marks++;
            }
            else if (c is not (' ' or '\t'))
            {
                return false;
            }
        }

        return marks >= 3;
    }

    /// <summary>The length of the list marker with the spaces before it, or 0; the marker is followed by white space or a bar.</summary>
    public static int ListMarker(ReadOnlySpan<char> line, out bool ordered, int mostSpaces = 3)
    {
        ordered = false;
        int at = Spaces(line);
        if (at > mostSpaces || at >= line.Length)
        {
            return 0;
        }

        if (line[at] is '*' or '+' or '-')
        {
            at++;
        }
        else
        {
            int digits = at;
            while (at < line.Length && char.IsAsciiDigit(line[at]))
            {
                at++;
            }

            if (at == digits || at >= line.Length || line[at] != '.')
            {
                return 0;
            }

            ordered = true;
            at++;
        }

        return at < line.Length && line[at] is ' ' or '\t' or '|' ? at : 0;
    }

    /// <summary>The length of a definition's marker with the spaces before it, or 0.</summary>
    public static int DefinitionMarker(ReadOnlySpan<char> line, int mostSpaces = 3)
    {
        int at = Spaces(line);
        return at <= mostSpaces && at + 1 < line.Length && line[at] == ':' && line[at + 1] is ' ' or '\t' or '|' ? at + 1 : 0;
    }

    public static bool IsQuote(ReadOnlySpan<char> line)
    {
        int spaces = Spaces(line);
        return spaces <= 3 && spaces < line.Length && line[spaces] == '>';
    }

    /// <summary>The level of a heading with number signs, or 0.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSpaced">Whether white space follows them, else more than six begin the text.</param>
    public static int HeadingLevel(ReadOnlySpan<char> line, bool isSpaced)
    {
        int level = line.IndexOfAnyExcept('#');
        return !isSpaced ? Math.Min(level, 6) : level is > 0 and <= 6 && line[level] is ' ' or '\t' ? level : 0;
    }

    /// <summary>Begins with three or more tildes or backticks.</summary>
    public static bool IsFence(ReadOnlySpan<char> line)
    {
        int spaces = Spaces(line);
        ReadOnlySpan<char> rest = line[spaces..];
        return spaces <= 3 && rest.Length >= 3 && rest[0] is '~' or '`' && rest[1] is '~' or '`' && rest[2] is '~' or '`';
    }

    /// <summary>A line that neither a paragraph nor a quote goes on over, an attribute list aside.</summary>
    public static bool EndsLaziness(ReadOnlySpan<char> line) =>
        IsBlank(line) || IsEndOfBlock(line) || IsBlockTag(line);

    /// <summary>A line that a paragraph does not go on over.</summary>
    /// <param name="line">The line.</param>
    /// <param name="anyBlock">Whether that is so of any block (GFM's quirk "paragraph_end", which is its default).</param>
    public static bool EndsParagraph(ReadOnlySpan<char> line, bool anyBlock) => EndsLaziness(line) || DefinitionMarker(line) > 0
        || anyBlock && (ListMarker(line, out _) > 0 || HeadingLevel(line, isSpaced: true) > 0 || IsQuote(line) || IsFence(line));

    /// <summary>The rest of a heading's line: its text, and the id given in braces at its end.</summary>
    public static ReadOnlySpan<char> HeadingText(ReadOnlySpan<char> text, out string? id)
    {
        id = null;
        text = text.TrimEnd();
        int brace = text.LastIndexOf("{#");
        if (brace > 0 && text[^1] == '}' && text[brace - 1] is ' ' or '\t' && IsId(text[(brace + 2)..^1]))
        {
            id = text[(brace + 2)..^1].ToString();
            text = text[..brace].TrimEnd();
        }

        return text;
    }

    private static bool IsId(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsLetter(name[0]) && name[0] is not ('_' or ':'))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or ':' or '-' or '.' or '\u00B7'))
            {
                return false;
            }
        }

        return true;
    }
}
