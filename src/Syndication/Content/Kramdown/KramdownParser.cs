using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads a body as kramdown 2.4 with GFM input does, into Markdig's tree: its rules for lists, HTML, tables and emphasis are so
/// far from CommonMark's that they cannot be had by extending Markdig's parsers. First all blocks are read, then, as all
/// definitions are known, the spans in them. In time linear in the text.
/// </summary>
internal static class KramdownParser
{
    private static readonly object Written = new();

    public static MarkdownDocument Parse(string markdown, KramdownOptions options, out KramdownOptions effective)
    {
        effective = options with { };
        KramdownDocument document = new(effective);
        BlockReader reader = new(document, new BlockText(Adapted(markdown), isWholeBody: true), depth: 0);
        reader.ReadAll();
        MarkdownDocument tree = [];
        BlockReader.Fill(tree, reader.Children);
        ReadSpans(tree, document);
        AddFootnotes(tree, document);
        document.ApplyAttributes();
        if (document.Abbreviations.Count > 0)
        {
            AbbreviationMarks.Insert(tree, [.. document.Abbreviations.Values]);
        }

        return tree;
    }

    /// <summary>Reads nothing but quotes, dashes and other symbols, entities, and HTML.</summary>
    public static ContainerInline Polish(string text, KramdownOptions options) =>
        SpanReader.Read(new KramdownDocument(options), text, inHtml: false, symbolsOnly: true);

    /// <summary>Keeps the text of a block other than a paragraph until its spans are read.</summary>
    public static void SetWritten(LeafBlock block, string text) => block.SetData(Written, text);

    private static string Adapted(string markdown)
    {
        string text = markdown.Contains('\r', StringComparison.Ordinal)
            ? markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : markdown;
        return text.EndsWith('\n') ? text : text + "\n";
    }

    private static void ReadSpans(ContainerBlock container, KramdownDocument document, bool inHtml = false)
    {
        foreach (Block block in container)
        {
            switch (block)
            {
                case TextParagraph paragraph:
                    paragraph.Inline = SpanReader.Read(document, paragraph.Written.ToString(), inHtml);
                    paragraph.Written.Clear();
                    if (paragraph.Box is bool ticked)
                    {
                        Inline box = new Markdig.Extensions.TaskLists.TaskList { Checked = ticked };
                        if (paragraph.Inline.FirstChild is Inline first)
                        {
                            first.InsertBefore(box);
                        }
                        else
                        {
                            paragraph.Inline.AppendChild(box);
                        }
                    }

                    break;
                case LeafBlock leaf when leaf.GetData(Written) is string text:
                    leaf.Inline = SpanReader.Read(document, text, inHtml);
                    leaf.RemoveData(Written);
                    break;
                case ContainerBlock inner:
                    ReadSpans(inner, document, inHtml || inner is HtmlElementBlock);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The footnotes that are referred to, numbered as the text comes to them; those in footnotes follow.</summary>
    private static void AddFootnotes(MarkdownDocument tree, KramdownDocument document)
    {
        if (document.Footnotes.Count == 0)
        {
            return;
        }

        FootnoteGroup group = new(null!);
        HashSet<Footnote> known = [];
        Number(tree, group, known, document.Options);
        for (int i = 0; i < group.Count; i++)
        {
            Footnote note = (Footnote)group[i];
            ReadSpans(note, document);
            Number(note, group, known, document.Options);
        }

        foreach (Footnote note in group.OfType<Footnote>())
        {
            AddBacklinks(note, document.Options);
        }

        if (group.Count > 0)
        {
            tree.Add(group);
        }
    }

    private static void Number(ContainerBlock within, FootnoteGroup group, HashSet<Footnote> known, KramdownOptions options)
    {
        foreach (FootnoteLink link in within.Descendants().OfType<FootnoteLink>())
        {
            if (known.Add(link.Footnote))
            {
                link.Footnote.Order = options.FootnoteStart + group.Count;
                link.Footnote.Label = options.FootnotePrefix + link.Footnote.Label;
                group.Add(link.Footnote);
            }

            link.Footnote.Links.Add(link);
        }
    }

    private static void AddBacklinks(Footnote note, KramdownOptions options)
    {
        if (options.FootnoteBacklink.Length == 0)
        {
            return;
        }

        // In the last paragraph, wherever it is, where the note ends with a text; else in a paragraph of its own.
        LeafBlock? last = note.LastChild as TextParagraph;
        if (last is null)
        {
            last = new TextParagraph { Inline = [] };
            note.Add(last);
        }

        int uses = note.Links.Count;
        for (int i = 0; i < uses; i++)
        {
            FootnoteLink link = new(note) { IsBackLink = true, Index = i };
            note.Links.Add(link);
            last.Inline!.AppendChild(link);
        }
    }
}
