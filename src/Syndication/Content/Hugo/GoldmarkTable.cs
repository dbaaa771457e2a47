using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>
/// Finds a table in the lines of a paragraph, as Goldmark does it: a line of dashes below a line with no more cells; what stands
/// above stays a paragraph, all below is rows. A bar ends a cell wherever it stands, unless a backslash is before it.
/// </summary>
internal static class GoldmarkTable
{
    /// <summary>Cells that short rows are filled up with, at most; no table of a person has as many.</summary>
    private const int MostFilledIn = 100_000;

    /// <summary>The table, or null; its lines are taken from the paragraph's.</summary>
    public static Table? Take(ref StringLineGroup lines)
    {
        for (int i = 1; i < lines.Count; i++)
        {
            List<TableColumnAlign?>? columns = Delimiters(lines.Lines[i].Slice.AsSpan());
            if (columns is null)
            {
                continue;
            }

            List<StringSlice> header = Cells(lines.Lines[i - 1].Slice);
            if (header.Count > columns.Count)
            {
                return null;
            }

            Table table = Of(lines, i, header, columns);
            StringLineGroup above = new(Math.Max(1, i - 1));
            for (int j = 0; j < i - 1; j++)
            {
                above.Add(lines.Lines[j]);
            }

            lines = above;
            return table;
        }

        return null;
    }

    private static Table Of(StringLineGroup lines, int delimiter, List<StringSlice> header, List<TableColumnAlign?> columns)
    {
        Table table = new() { IsOpen = false, Line = lines.Lines[delimiter - 1].Line };
        table.Span = new SourceSpan(lines.Lines[delimiter - 1].Slice.Start, lines.Lines[lines.Count - 1].Slice.End);
        table.ColumnDefinitions.AddRange(columns.Select(align => new TableColumnDefinition { Alignment = align }));
        table.Add(Row(header, columns.Count, isHeader: true));
        int filled = 0;
        for (int i = delimiter + 1; i < lines.Count; i++)
        {
            List<StringSlice> cells = Cells(lines.Lines[i].Slice);
            int missing = Math.Clamp(columns.Count - cells.Count, 0, MostFilledIn - filled);
            filled += missing;
            table.Add(Row(cells, Math.Min(columns.Count, cells.Count + missing), isHeader: false));
        }

        return table;
    }

    private static TableRow Row(List<StringSlice> cells, int count, bool isHeader)
    {
        TableRow row = new() { IsHeader = isHeader, IsOpen = false };
        for (int i = 0; i < count; i++)
        {
            TableCell cell = new() { ColumnIndex = i, IsOpen = false };
            if (i < cells.Count && !cells[i].IsEmpty)
            {
                ParagraphBlock text = new() { IsOpen = false, Span = new SourceSpan(cells[i].Start, cells[i].End) };
                StringSlice content = cells[i];
                text.AppendLine(ref content, 0, 0, content.Start, trackTrivia: false);
                cell.Add(text);
            }

            row.Add(cell);
        }

        return row;
    }

    private static List<StringSlice> Cells(StringSlice line)
    {
        line.Trim();
        string text = line.Text;
        int at = line.Start;
        int end = line.End + 1;
        at += at < end && text[at] == '|' ? 1 : 0;
        end -= end > at && text[end - 1] == '|' ? 1 : 0;
        List<StringSlice> cells = [];
        while (at < end)
        {
            int close = at;
            bool isEscaped = false;
            while (close < end && (text[close] != '|' || close > 0 && text[close - 1] == '\\'))
            {
                isEscaped |= text[close] == '|';
                close++;
            }

            StringSlice cell = new(text, at, close - 1);
            cell.Trim();

            // Within code, too, an escaped bar is a bar.
            cells.Add(isEscaped ? new StringSlice(cell.ToString().Replace("\\|", "|", StringComparison.Ordinal)) : cell);
            at = close + 1;
        }

        return cells;
    }

    /// <summary>What the line below a head says of each column; null where it is no such line.</summary>
    private static List<TableColumnAlign?>? Delimiters(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace() || line.ContainsAnyExcept("-|: \t"))
        {
            return null;
        }

        ReadOnlySpan<char> row = line.Trim();
        row = row.StartsWith('|') ? row[1..] : row;
        row = row.EndsWith('|') ? row[..^1] : row;
        List<TableColumnAlign?> columns = [];
        foreach (Range range in row.Split('|'))
        {
            ReadOnlySpan<char> column = row[range].Trim();
            ReadOnlySpan<char> dashes = column.Trim(':');
            if (dashes.IsEmpty || dashes.ContainsAnyExcept('-') || column.Length - dashes.Length > 2
                || column.StartsWith("::") || column.EndsWith("::"))
            {
                return null;
            }

            columns.Add((column[0], column[^1]) switch
            {
                (':', ':') => TableColumnAlign.Center,
                (':', _) => TableColumnAlign.Left,
                (_, ':') => TableColumnAlign.Right,
                _ => null,
            });
        }

        return columns;
    }
}
