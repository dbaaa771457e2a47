using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Gives the attribute lists of a parsed document to what they belong to, and takes them out of the tree.</summary>
internal static class AttributeApplication
{
    /// <summary>Class on a list whose place the table of contents takes.</summary>
    public const string ContentsMark = "toc";

    /// <summary>The same for the footnotes.</summary>
    public const string FootnotesMark = "footnotes";

    /// <summary>Reference on an image that, alone in its paragraph, becomes a figure with its words below it.</summary>
    public const string StandaloneMark = "standalone";

    public static void Apply(IReadOnlyList<AttributeListBlock> blocks, IReadOnlyList<AttributeListInline> inlines)
    {
        Dictionary<string, AttributeList> defined = new(StringComparer.Ordinal);
        foreach (AttributeListBlock block in blocks.Where(b => b.Defines is not null))
        {
            defined[block.Defines!] = block.Attributes;
        }

        foreach (AttributeListBlock block in blocks)
        {
            if (block.Defines is null && Target(block) is Block target)
            {
                Give(target, block.Attributes, defined);
            }
        }

        foreach (AttributeListBlock block in blocks)
        {
            block.Parent?.Remove(block);
        }

        foreach (AttributeListInline inline in inlines)
        {
            if (Target(inline) is MarkdownObject target)
            {
                Give(target, inline.Attributes, defined);
            }

            inline.Remove();
        }
    }

    private static Block? Target(AttributeListBlock block)
    {
        int step = block.BelongsToNext ? 1 : -1;
        ContainerBlock parent = block.Parent!;
        int at = parent.IndexOf(block) + step;
        while (at >= 0 && at < parent.Count && parent[at] is AttributeListBlock or LinkReferenceDefinitionGroup)
        {
            at += step;
        }

        return at >= 0 && at < parent.Count ? parent[at] : null;
    }

    /// <summary>The span before it; at the beginning of a block, the block or the list item.</summary>
    private static MarkdownObject? Target(AttributeListInline inline)
    {
        Inline? before = inline.PreviousSibling;
        while (before is LiteralInline literal && literal.Content.AsSpan().IsWhiteSpace())
        {
            before = before.PreviousSibling;
        }

        if (before is not null)
        {
            return before is LiteralInline or LineBreakInline ? null : before;
        }

        if (inline.Parent?.ParentBlock is not LeafBlock leaf)
        {
            return inline.Parent;
        }

        if (leaf.Inline?.FirstChild == inline && inline.NextSibling is LiteralInline next)
        {
            next.Content.TrimStart();
        }

        return leaf.Parent is ListItemBlock item && item[0] == leaf ? item : leaf;
    }

    /// <summary>Gives a list, and those it refers to, to one object.</summary>
    public static void Give(MarkdownObject target, AttributeList list, Dictionary<string, AttributeList> defined, int depth = 0)
    {
        HtmlAttributes attributes = target.GetAttributes();
        foreach (string name in list.References)
        {
            if (defined.TryGetValue(name, out AttributeList? referenced) && depth < 5)
            {
                Give(target, referenced, defined, depth + 1);
            }
            else if (name is ContentsMark or FootnotesMark && target is ListBlock || name == StandaloneMark && target is LinkInline { IsImage: true })
            {
                target.SetData(name switch { ContentsMark => ContentsMark, FootnotesMark => FootnotesMark, _ => StandaloneMark }, true);
            }
        }

        attributes.Id = list.Id ?? attributes.Id;
        foreach (string name in list.Classes)
        {
            attributes.AddClass(name);
        }

        foreach ((string name, string value) in list.Pairs)
        {
            Give(attributes, name.ToLowerInvariant(), value);
        }
    }

    private static void Give(HtmlAttributes attributes, string name, string value)
    {
        switch (name)
        {
            case "id":
                attributes.Id = value;
                break;
            case "class":
                foreach (string one in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    attributes.AddClass(one);
                }

                break;
            case "style":
                if (StyleFilter.Of(value) is { Length: > 0 } style)
                {
                    attributes.AddPropertyIfNotExist("style", style);
                }

                break;
            default:
                if (SafeMarkup.IsPlainAttribute(name))
                {
                    attributes.AddPropertyIfNotExist(name, value);
                }

                break;
        }
    }
}
