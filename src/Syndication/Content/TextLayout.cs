using System.Text;

namespace Syndication.Content;

/// <summary>
/// Lays out plain text: white space collapses, blocks are set apart by blank lines, and what is nested carries its prefix on
/// each line. Who writes says what comes; when a line ends is decided here.
/// </summary>
/// <param name="isOneLine">Nested text carries no prefix: the text is to become one line, in which a prefix would say nothing.</param>
internal sealed class TextLayout(bool isOneLine = false)
{
    private readonly StringBuilder _text = new();
    private readonly List<Level> _levels = [];
    private int _breaks;
    private bool _space;
    private bool _fresh = true;

    /// <summary>A paragraph in a list whose items stand close together starts a line, not a paragraph.</summary>
    private int _close;

    public override string ToString() => _text.ToString();

    /// <summary>What comes next is a block of its own.</summary>
    public void Block() => Break(_close > 0 ? 1 : 2);

    /// <summary>What comes next starts a line.</summary>
    public void Line() => Break(1);

    /// <summary>Nested text: the first of its lines begins with one prefix, the others with another.</summary>
    public void Enter(string first, string rest)
    {
        _levels.Add(isOneLine ? new Level("", "") : new Level(first, rest));
        _fresh = true;
    }

    public void Leave()
    {
        _levels.RemoveAt(_levels.Count - 1);
        _fresh = false;
    }

    public void EnterList(bool close)
    {
        Block();
        _close += close ? 1 : 0;
    }

    public void LeaveList(bool close)
    {
        _close -= close ? 1 : 0;
        Block();
    }

    /// <summary>Running text: white space of any length becomes one space.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int white = text.IndexOfAny(" \t\n\r");
            if (white == 0)
            {
                _space = true;
                text = text.TrimStart(" \t\n\r");
                continue;
            }

            ReadOnlySpan<char> word = white < 0 ? text : text[..white];
            Start();
            _text.Append(word);
            text = text[word.Length..];
        }
    }

    /// <summary>Text whose spaces and line ends stay.</summary>
    public void WriteVerbatim(ReadOnlySpan<char> text)
    {
        foreach (Range range in text.Split('\n'))
        {
            ReadOnlySpan<char> line = text[range].TrimEnd();
            if (line.IsEmpty)
            {
                _breaks++;
                continue;
            }

            Start();
            _text.Append(line);
            _breaks = 1;
        }
    }

    private void Break(int count)
    {
        if (!_fresh)
        {
            _breaks = Math.Max(_breaks, count);
            _space = false;
        }
    }

    private void Start()
    {
        if (_text.Length == 0)
        {
            _breaks = 0;
            Prefix();
        }
        else if (_breaks > 0 || _levels.Count > 0 && !_levels[^1].IsBegun)
        {
            for (int i = 1; i < Math.Min(_breaks, 3); i++)
            {
                _text.Append('\n');
            }

            _text.Append('\n');
            _breaks = 0;
            Prefix();
        }
        else if (_space)
        {
            _text.Append(' ');
        }

        _space = false;
        _fresh = false;
    }

    private void Prefix()
    {
        foreach (Level level in _levels)
        {
            _text.Append(level.IsBegun ? level.Rest : level.First);
            level.IsBegun = true;
        }
    }

    private sealed class Level(string first, string rest)
    {
        public string First { get; } = first;

        public string Rest { get; } = rest;

        public bool IsBegun { get; set; }
    }
}
