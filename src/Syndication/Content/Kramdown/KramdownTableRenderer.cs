using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Syndication.Content.Kramdown;

/// <summary>Tables with their head, bodies and foot.</summary>
internal sealed class KramdownTableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine();
        renderer.Write("<table").WriteAttributes(table).WriteLine('>');
        string? open = null;
        int number = 0;
        foreach (TableRow row in table.OfType<TableRow>())
        {
            (string tag, int section) = TableRows.SectionOf(row);
            if (section != number)
            {
                renderer.WriteLine(open is null ? $"<{tag}>" : $"</{open}>\n<{tag}>");
                (open, number) = (tag, section);
            }

            Write(renderer, table, row);
        }

        renderer.WriteLine(open is null ? "</table>" : $"</{open}>\n</table>");
    }

    private static void Write(HtmlRenderer renderer, Table table, TableRow row)
    {
        renderer.WriteLine("<tr>");
        string name = row.IsHeader ? "th" : "td";
        for (int i = 0; i < row.Count; i++)
        {
            renderer.Write('<').Write(name);
            if (i < table.ColumnDefinitions.Count && table.ColumnDefinitions[i].Alignment is TableColumnAlign alignment)
            {
                renderer.Write($" style=\"text-align: {alignment.ToString().ToLower(CultureInfo.InvariantCulture)};\"");
            }

            renderer.WriteAttributes(row[i]).Write('>');
            renderer.WriteChildren((TableCell)row[i]);
            renderer.WriteLine($"</{name}>");
        }

        renderer.WriteLine("</tr>");
    }
}
