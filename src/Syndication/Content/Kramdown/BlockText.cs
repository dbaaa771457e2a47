namespace Syndication.Content.Kramdown;

/// <summary>
/// Text whose blocks are being read, and the place that has been reached. Every line ends in a line feed. Remembers which
/// marks are not found any more: looking for their ends must not become quadratic.
/// </summary>
internal sealed class BlockText(string text, bool isWholeBody)
{
    private readonly Dictionary<string, int> _vain = new(StringComparer.Ordinal);

    public string Text { get; } = text;

    /// <summary>Where the next line begins; kramdown takes every place it has reached for the beginning of a line.</summary>
    public int At { get; set; }

    public bool IsAtEnd => At >= Text.Length;

    /// <summary>True when places in this text are places in the post's body.</summary>
    public bool IsWholeBody { get; } = isWholeBody;

    /// <summary>The place behind the line that begins here.</summary>
    public int EndOfLine(int at)
    {
        int feed = Text.IndexOf('\n', at);
        return feed < 0 ? Text.Length : feed + 1;
    }

    /// <summary>The rest of the line, without its line feed.</summary>
    public ReadOnlySpan<char> Line(int at) => Lines.First(Text.AsSpan(at));

    /// <summary>The place of a mark, or -1.</summary>
    public int Find(string mark, int from)
    {
        if (IsInVain(mark, from))
        {
            return -1;
        }

        int at = from > Text.Length ? -1 : Text.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            RememberInVain(mark, from);
        }

        return at;
    }

    /// <summary>True when the same search was in vain before, from here or from an earlier place.</summary>
    public bool IsInVain(string search, int from) => _vain.TryGetValue(search, out int vain) && from >= vain;

    public void RememberInVain(string search, int from) => _vain[search] = from;

    /// <summary>The place behind all blank lines from here; the same place where there is none.</summary>
    public int BehindBlankLines(int at)
    {
        while (at < Text.Length && Lines.IsBlank(Line(at)))
        {
            at = EndOfLine(at);
        }

        return at;
    }

    /// <summary>An attribute list alone on its lines, and no definition of one, begins here.</summary>
    public bool IsAttributeList(int at, int mostSpaces = 3)
    {
        ReadOnlySpan<char> line = Line(at);
        return line.TrimStart(' ').StartsWith("{:") && Lines.AttributeListAfter(Text.AsSpan(at, Math.Min(AttributeList.Longest, Text.Length - at)), mostSpaces) > 0;
    }

    public bool EndsLaziness(int at) => Lines.EndsLaziness(Line(at)) || IsAttributeList(at);

    public bool EndsParagraph(int at, bool anyBlock) => Lines.EndsParagraph(Line(at), anyBlock) || IsAttributeList(at);

    /// <summary>Passes over white space up to the end of the line, when nothing else is there.</summary>
    public void SkipBlankRest()
    {
        if (!IsAtEnd && Lines.IsBlank(Line(At)))
        {
            At = EndOfLine(At);
        }
    }
}
