using System.Text;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>A paragraph, whose spans are read when all definitions are known.</summary>
internal sealed class TextParagraph() : ParagraphBlock(null)
{
    /// <summary>Its text as written; empty once its spans are read.</summary>
    public StringBuilder Written { get; } = new();

    /// <summary>True where no p element is written around it.</summary>
    public bool IsBare { get; set; }

    /// <summary>True when an attribute list was given to it.</summary>
    public bool HasAttributes { get; set; }

    /// <summary>Whether it begins with a box, and whether that is ticked.</summary>
    public bool? Box { get; set; }

    /// <summary>Leaves the p element away.</summary>
    /// <param name="linesFollow">Whether a block follows without a blank line.</param>
    public void MakeBare(bool linesFollow)
    {
        IsBare = true;
        Written.Append(linesFollow ? "\n" : "");
    }
}

/// <summary>Blank lines: never part of the tree, but what stands before and behind them is told apart by them.</summary>
internal sealed class BlankMark() : LeafBlock(null)
{
    /// <summary>True for one line without any character.</summary>
    public bool IsOneEmptyLine { get; set; }
}

/// <summary>The place of something that is read and not shown: ^, a definition, an attribute list.</summary>
internal sealed class EndMark() : LeafBlock(null)
{
    public required EndMarkKind Kind { get; init; }

    /// <summary>Attributes for what it defines.</summary>
    public List<AttributeList> Attributes { get; } = [];

    public bool TakesAttributes => Kind == EndMarkKind.Definition;
}

internal enum EndMarkKind
{
    Caret,
    Definition,
    AttributeList,
    Extension,
}

/// <summary>An HTML element with blocks or spans of Markdown in it.</summary>
internal sealed class HtmlElementBlock() : ContainerBlock(null)
{
    public required string Opening { get; init; }

    public required string Closing { get; init; }
}
