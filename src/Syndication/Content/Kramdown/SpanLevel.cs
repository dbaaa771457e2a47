using System.Text;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>A span that is being read: what is in it so far.</summary>
internal sealed class SpanLevel(ContainerInline inlines, SpanKind kind)
{
    private readonly StringBuilder _text = new();

    public ContainerInline Inlines { get; } = inlines;

    public SpanKind Kind { get; } = kind;

    /// <summary>How many images it has directly in it.</summary>
    public int Images { get; private set; }

    public bool IsEmpty => _text.Length == 0 && Inlines.FirstChild is null;

    /// <summary>The span that stands last, or null where text does.</summary>
    public Inline? Last => _text.Length > 0 ? null : Inlines.LastChild is LiteralInline or LineBreakInline ? null : Inlines.LastChild;

    /// <summary>The same, passing over white space: kramdown shows such a list, which no writer meant to be read.</summary>
    public Inline? LastForAttributes =>
        _text.Length < 20 && string.IsNullOrWhiteSpace(_text.ToString()) && Inlines.LastChild is not (null or LiteralInline or LineBreakInline) ? Inlines.LastChild : Last;

    public void Append(ReadOnlySpan<char> text) => _text.Append(text);

    public void Append(char c) => _text.Append(c);

    public bool TextEndsWith(string end) =>
        _text.Length >= end.Length && _text.ToString(_text.Length - end.Length, end.Length) == end;

    public void RemoveLast(int length) => _text.Length -= length;

    public void Add(Inline inline)
    {
        Flush();
        Inlines.AppendChild(inline);
        Images += inline is LinkInline { IsImage: true } ? 1 : 0;
    }

    public void Flush()
    {
        if (_text.Length > 0)
        {
            Inlines.AppendChild(new LiteralInline(_text.ToString()));
            _text.Clear();
        }
    }
}

internal enum SpanKind
{
    Text,
    Emphasis,
    Strong,
    Link,
    Image,
    Html,
}

/// <summary>An HTML element within a text, with spans in it.</summary>
internal sealed class HtmlSpan : ContainerInline
{
    public required string Opening { get; init; }

    public required string Closing { get; init; }
}
