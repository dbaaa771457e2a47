using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>What a body defines, wherever it stands: known once all blocks are read, used while spans are.</summary>
internal sealed class KramdownDocument(KramdownOptions options)
{
    private readonly List<(MarkdownObject Target, AttributeList List)> _given = [];

    public KramdownOptions Options { get; } = options;

    public Dictionary<string, LinkTarget> Links { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Footnote> Footnotes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Abbreviation> Abbreviations { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, AttributeList> AttributeLists { get; } = new(StringComparer.Ordinal);

    /// <summary>Spans read so far that led nowhere are read again as text; this many characters may be.</summary>
    public long Effort { get; set; }

    /// <summary>An attribute list belongs to this; applied when all definitions are known.</summary>
    public void Give(MarkdownObject target, AttributeList list) => _given.Add((target, list));

    /// <summary>What was given to one belongs to the other, which takes its place.</summary>
    public void Move(MarkdownObject from, MarkdownObject to)
    {
        for (int i = _given.Count - 1; i >= 0 && i >= _given.Count - 10; i--)
        {
            if (_given[i].Target == from)
            {
                _given[i] = (to, _given[i].List);
            }
        }
    }

    public void ApplyAttributes()
    {
        foreach ((MarkdownObject target, AttributeList list) in _given)
        {
            AttributeApplication.Give(target, list, AttributeLists);
        }
    }

    /// <summary>The name of a link's definition: letters' case and the kind of white space do not count.</summary>
    public static string LinkName(string written)
    {
        return string.Join(' ', written.Split([' ', '\t', '\n', '\r', '\f', '\v']) is { Length: > 1 } parts
            ? parts.Where((p, i) => p.Length > 0 || i == 0 || i == parts.Length - 1)
            : [written]).ToLowerInvariant();
    }
}

/// <summary>Where a link's definition leads.</summary>
internal sealed record LinkTarget(string Url, string? Title, EndMark Mark);
