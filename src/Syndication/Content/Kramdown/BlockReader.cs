using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads the blocks of one text, or of one HTML element in it, into a list: with marks where blank lines and definitions
/// stood. What a line may begin is tried in kramdown's order.
/// </summary>
internal sealed partial class BlockReader(KramdownDocument document, BlockText source, int depth, string? element = null)
{
    /// <summary>Deepest nesting of quotes, lists and elements; deeper text is one paragraph.</summary>
    private const int Deepest = 50;

    private AttributeList? _next;

    public KramdownDocument Document { get; } = document;

    public BlockText Source { get; } = source;

    public int Depth { get; } = depth;

    /// <summary>The element whose blocks these are, or null.</summary>
    public string? Element { get; } = element;

    public List<Block> Children { get; } = [];

    /// <summary>Where a blank line, ^ or the beginning stands before this place.</summary>
    public bool IsAfterBoundary =>
        Children.Count == 0 || Children[^1] is BlankMark or EndMark { Kind: EndMarkKind.Caret } || _next is not null;

    /// <summary>Reads the blocks of a text of its own.</summary>
    public static List<Block> Read(KramdownDocument document, string text, int depth)
    {
        BlockReader reader = new(document, new BlockText(text, isWholeBody: false), depth);
        reader.ReadAll();
        return reader.Children;
    }

    /// <summary>Puts blocks into a container, marks left out.</summary>
    public static void Fill(ContainerBlock container, IEnumerable<Block> children)
    {
        foreach (Block child in children)
        {
            if (child is not (BlankMark or EndMark))
            {
                container.Add(child);
            }
        }
    }

    /// <summary>True when the element's closing tag was found.</summary>
    public bool ReadAll()
    {
        if (Depth > Deepest)
        {
            AddParagraph(Source.Text[Source.At..]);
            Source.At = Source.Text.Length;
            return false;
        }

        while (!Source.IsAtEnd)
        {
            if (ReadOne())
            {
                return true;
            }
        }

        return false;
    }

    public bool IsBeforeBoundary(int at)
    {
        if (at >= Source.Text.Length)
        {
            return true;
        }

        ReadOnlySpan<char> line = Source.Line(at);
        return Lines.IsBlank(line) || Lines.IsEndOfBlock(line) || Source.IsAttributeList(at);
    }

    public void Add(Block block, int start)
    {
        if (Source.IsWholeBody)
        {
            block.Span = new SourceSpan(start, Math.Max(start, Source.At - 1));
        }

        TakeNext(block);
        Children.Add(block);
    }

    /// <summary>Gives a block the attribute list that stood before it.</summary>
    public void TakeNext(Block block)
    {
        if (_next is not null)
        {
            Document.Give(block, _next);
            if (block is TextParagraph paragraph)
            {
                paragraph.HasAttributes = true;
            }

            _next = null;
        }
    }

    /// <summary>An attribute list alone on its line: it belongs to the block before, or else to the next.</summary>
    public void GiveAttributes(ReadOnlySpan<char> text)
    {
        AttributeList list = AttributeList.Read(text);
        Block? last = Children.Count > 0 ? Children[^1] : null;
        if (last is null or BlankMark or EndMark { TakesAttributes: false })
        {
            _next = _next is null ? list : _next.With(list);
            return;
        }

        if (last is EndMark mark)
        {
            mark.Attributes.Add(list);
        }
        else
        {
            Document.Give(last, list);
            if (last is TextParagraph paragraph)
            {
                paragraph.HasAttributes = true;
            }
        }

        if (Source.IsAtEnd || !Source.IsAttributeList(Source.At))
        {
            Add(new EndMark { Kind = EndMarkKind.AttributeList }, Source.At);
        }
    }

    /// <summary>True when the closing tag of the element was read.</summary>
    private bool ReadOne()
    {
        ReadOnlySpan<char> line = Source.Line(Source.At);
        if (Lines.IsBlank(line))
        {
            ReadBlank();
            return false;
        }

        if (Lines.IsIndented(line))
        {
            ReadCode();
            return false;
        }

        int spaces = Lines.Spaces(line);
        char first = line[Math.Min(spaces, line.Length - 1)];
        bool closed = false;
        bool read = first switch
        {
            '~' or '`' => TryFence(line),
            '>' => ReadQuote(),
            '#' => TryHeading(line),
            '*' or '-' or '_' or '+' => TryRule(line) || ListReader.TryRead(this),
            >= '0' and <= '9' => ListReader.TryRead(this),
            ':' => DefinitionListReader.TryRead(this),
            '<' => HtmlReader.TryRead(this, out closed),
            _ => false,
        };
        if (!read && !TryUnderlined(line) && !(first is '$' or '\\' && TryMath()) && !TableReader.TryRead(this)
            && !(first is '[' or '*' or '{' or '^' && DefinitionReader.TryRead(this)))
        {
            ReadParagraph();
        }

        return closed;
    }

    private void ReadBlank()
    {
        int start = Source.At;
        Source.At = Source.BehindBlankLines(start);
        if (Children.Count > 0 && Children[^1] is BlankMark before)
        {
            before.IsOneEmptyLine = false;
        }
        else
        {
            Add(new BlankMark { IsOneEmptyLine = Source.At == start + 1 }, start);
        }
    }

    private bool ReadQuote()
    {
        int start = Source.At;
        System.Text.StringBuilder text = new();
        int at = start;
        do
        {
            ReadOnlySpan<char> line = Source.Line(at);
            if (Lines.IsQuote(line))
            {
                line = line[(Lines.Spaces(line) + 1)..];
                line = line.StartsWith(" ") ? line[1..] : line;
            }

            text.Append(line).Append('\n');
            at = Source.EndOfLine(at);
        }
        while (at < Source.Text.Length && !Source.EndsLaziness(at));

        Source.At = at;
        QuoteBlock quote = new(null!);
        Add(quote, start);
        Fill(quote, Read(Document, text.ToString(), Depth + 1));
        return true;
    }

    private bool TryHeading(ReadOnlySpan<char> line)
    {
        int level = Lines.HeadingLevel(line, Document.Options.IsGfm);
        if (level == 0 || !Document.Options.EndsParagraphs && !IsAfterBoundary)
        {
            return false;
        }

        ReadOnlySpan<char> text = Lines.HeadingText(line[level..], out string? id).TrimStart(" \t");
        ReadOnlySpan<char> bare = text.TrimEnd('#');
        if (bare.Length < text.Length && (bare.IsEmpty || bare[^1] is ' ' or '\t'))
        {
            text = bare.TrimEnd();
        }

        return AddHeading(level, text, id, Source.EndOfLine(Source.At));
    }

    private bool TryUnderlined(ReadOnlySpan<char> line)
    {
        int second = Source.EndOfLine(Source.At);
        if (second >= Source.Text.Length || Source.Text[second] is not ('-' or '=') || Lines.Spaces(line) > 3 || !IsAfterBoundary)
        {
            return false;
        }

        ReadOnlySpan<char> under = Source.Line(second);
        if (!Lines.IsBlank(under.TrimStart("-=")))
        {
            return false;
        }

        ReadOnlySpan<char> text = Lines.HeadingText(line, out string? id).TrimStart(' ');
        return AddHeading(under[0] == '-' ? 2 : 1, text, id, Source.EndOfLine(second));
    }

    private bool AddHeading(int level, ReadOnlySpan<char> text, string? id, int end)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        HeadingBlock heading = new(null!) { Level = Math.Clamp(level + Document.Options.HeaderOffset, 1, 6), HeaderChar = '#' };
        KramdownParser.SetWritten(heading, text.ToString());
        int start = Source.At;
        Source.At = end;
        Add(heading, start);
        if (id is not null)
        {
            Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(heading).Id = id;
        }

        return true;
    }

    private bool TryRule(ReadOnlySpan<char> line)
    {
        if (!Lines.IsRule(line))
        {
            return false;
        }

        int start = Source.At;
        Source.At = Source.EndOfLine(start);
        Add(new ThematicBreakBlock(null!), start);
        return true;
    }

    private void ReadParagraph()
    {
        int start = Source.At;
        int end = start;
        do
        {
            end = Source.EndOfLine(end);
        }
        while (end < Source.Text.Length && !Source.EndsParagraph(end, Document.Options.EndsParagraphs));

        Source.At = end;
        string text = Source.Text[start..end].TrimEnd();
        if (Children.Count > 0 && Children[^1] is TextParagraph last)
        {
            bool breaks = start >= 3 && Source.Text.AsSpan(start - 3, 3) is "  \n";
            last.Written.Append(breaks ? "  \n" : "\n").Append(text);
        }
        else
        {
            AddParagraph(text, start);
        }
    }

    private void AddParagraph(string text, int start = 0)
    {
        TextParagraph paragraph = new();
        paragraph.Written.Append(text.TrimStart());
        Add(paragraph, start);
    }
}
