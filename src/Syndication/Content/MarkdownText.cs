using System.Globalization;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content;

/// <summary>A Markdown tree as plain text. Raw HTML in it is left out: whoever renders has it cleaned and laid out by itself.</summary>
/// <param name="layout">Where the text goes.</param>
/// <param name="showTargets">Whether a link's address follows its text.</param>
internal sealed class MarkdownText(TextLayout layout, bool showTargets)
{
    public void Write(Block block)
    {
        switch (block)
        {
            case CodeBlock code:
                Verbatim(code);
                break;
            case ListBlock list:
                Write(list);
                break;
            case QuoteBlock quote:
                layout.Block();
                layout.Enter("> ", "> ");
                WriteAll(quote);
                layout.Leave();
                layout.Block();
                break;
            case Table table:
                Write(table);
                break;
            case FootnoteGroup notes:
                Write(notes);
                break;
            case DefinitionList definitions:
                Write(definitions);
                break;
            case ThematicBreakBlock:
                layout.Block();
                layout.Write("* * *");
                layout.Block();
                break;
            case HtmlBlock or LinkReferenceDefinitionGroup or LinkReferenceDefinition or Abbreviation:
                break;
            case LeafBlock leaf:
                layout.Block();
                Write(leaf.Inline);
                layout.Block();
                break;
            case ContainerBlock container:
                WriteAll(container);
                break;
            default:
                break;
        }
    }

    private void WriteAll(ContainerBlock container)
    {
        foreach (Block child in container)
        {
            Write(child);
        }
    }

    private void Verbatim(CodeBlock code)
    {
        bool math = code is MathBlock;
        layout.Block();
        if (!math)
        {
            layout.Enter("    ", "    ");
        }

        layout.WriteVerbatim(code.Lines.ToString());
        if (!math)
        {
            layout.Leave();
        }

        layout.Block();
    }

    private void Write(ListBlock list)
    {
        int number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out int start) ? start : 1;
        layout.EnterList(!list.IsLoose);
        foreach (Block item in list)
        {
            string bullet = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            layout.Block();
            layout.Enter(bullet, new string(' ', bullet.Length));
            Write(item);
            layout.Leave();
        }

        layout.LeaveList(!list.IsLoose);
    }

    private void Write(Table table)
    {
        layout.Block();
        foreach (TableRow row in table.OfType<TableRow>())
        {
            layout.Line();
            bool first = true;
            foreach (TableCell cell in row.OfType<TableCell>())
            {
                if (!first)
                {
                    layout.Write(" | ");
                }

                first = false;
                foreach (LeafBlock leaf in cell.Descendants<LeafBlock>())
                {
                    Write(leaf.Inline);
                    layout.Write(" ");
                }
            }
        }

        layout.Block();
    }

    private void Write(FootnoteGroup notes)
    {
        foreach (Footnote note in notes.OfType<Footnote>())
        {
            string bullet = string.Create(CultureInfo.InvariantCulture, $"[{note.Order}] ");
            layout.Block();
            layout.Enter(bullet, new string(' ', bullet.Length));
            WriteAll(note);
            layout.Leave();
        }

        layout.Block();
    }

    private void Write(DefinitionList definitions)
    {
        layout.Block();
        foreach (DefinitionItem item in definitions.OfType<DefinitionItem>())
        {
            foreach (Block child in item)
            {
                if (child is DefinitionTerm term)
                {
                    layout.Block();
                    Write(term.Inline);
                    layout.Line();
                }
                else
                {
                    layout.Line();
                    layout.Enter("  ", "  ");
                    Write(child);
                    layout.Leave();
                    layout.Line();
                }
            }
        }

        layout.Block();
    }

    private void Write(ContainerInline? inlines)
    {
        for (Inline? inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            Write(inline);
        }
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                layout.Write(literal.Content.AsSpan());
                break;
            case CodeInline code:
                layout.Write(code.Content);
                break;
            case LineBreakInline { IsHard: true }:
                layout.Line();
                break;
            case LineBreakInline:
                layout.Write(" ");
                break;
            case LinkInline { IsImage: true } image:
                layout.Write("[");
                Write((ContainerInline)image);
                layout.Write("]");
                break;
            case LinkInline link:
                Write(link);
                break;
            case AutolinkInline auto:
                layout.Write(auto.Url);
                break;
            case HtmlEntityInline entity:
                layout.Write(entity.Transcoded.AsSpan());
                break;
            case FootnoteLink { IsBackLink: false } note:
                layout.Write(string.Create(CultureInfo.InvariantCulture, $"[{note.Footnote.Order}]"));
                break;
            case TaskList task:
                layout.Write(task.Checked ? "[x]" : "[ ]");
                break;
            case MathInline math:
                layout.Write(math.Content.AsSpan());
                break;
            case AbbreviationInline abbreviation:
                layout.Write(abbreviation.Abbreviation.Label);
                break;
            case HtmlInline:
                break;
            case ContainerInline container:
                Write(container);
                break;
            default:
                break;
        }
    }

    private void Write(LinkInline link)
    {
        Write((ContainerInline)link);
        string url = link.Url ?? "";
        bool isItsText = link.FirstChild is LiteralInline only && only.NextSibling is null
            && url.AsSpan().EndsWith(only.Content.AsSpan(), StringComparison.Ordinal);
        if (showTargets && url.Length > 0 && !isItsText)
        {
            layout.Write(" (");
            layout.Write(url);
            layout.Write(")");
        }
    }
}
