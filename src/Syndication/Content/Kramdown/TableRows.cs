using System.Buffers;
using System.Text;
using Markdig.Extensions.Tables;

namespace Syndication.Content.Kramdown;

/// <summary>The lines of a table, one after the other.</summary>
internal sealed class TableRows(bool leadingBar)
{
    private static readonly SearchValues<char> Rule = SearchValues.Create("+|: \t-");

    private static readonly SearchValues<char> FootRule = SearchValues.Create("+|: \t=");

    private static readonly object Section = new();

    private readonly Table _table = new(null);
    private readonly List<List<string>> _rows = [];
    private readonly List<TableColumnAlign?> _alignment = [];
    private bool _hasBody;
    private bool _hasFoot;
    private int _columns;
    private int _sections;

    /// <summary>The part of the table that a row stands in, as its element and its number.</summary>
    public static (string Tag, int Number) SectionOf(TableRow row) => ((string, int))row.GetData(Section)!;

    public void Read(ReadOnlySpan<char> line, bool isFirst)
    {
        if (line.IndexOfAnyExcept(Rule) < 0 && line.Contains('-'))
        {
            if (isFirst || _rows.Count == 0 || _hasFoot)
            {
                return;
            }

            bool endsHead = _alignment.Count == 0;
            Close(isHead: endsHead);
            if (endsHead)
            {
                Align(line);
            }
        }
        else if (line.IndexOfAnyExcept(FootRule) < 0 && line.Contains('='))
        {
            Close(isHead: false);
            _hasFoot = true;
        }
        else
        {
            List<string> cells = Cells(line.TrimEnd(" \t"));
            _columns = Math.Max(_columns, cells.Count);
            _rows.Add(cells);
        }
    }

    /// <summary>The table, or null where it has a head alone.</summary>
    public Table? Build()
    {
        Close(isHead: false, isFoot: _hasFoot);
        if (!_hasBody)
        {
            return null;
        }

        for (int i = 0; i < _columns; i++)
        {
            _table.ColumnDefinitions.Add(new TableColumnDefinition { Alignment = i < _alignment.Count ? _alignment[i] : null });
        }

        foreach (TableRow row in _table.OfType<TableRow>())
        {
            while (row.Count < _columns)
            {
                row.Add(Cell("\u00A0"));
            }
        }

        return _table;
    }

    private void Close(bool isHead, bool isFoot = false)
    {
        _hasBody |= _rows.Count > 0 && !isHead && !isFoot;
        _sections++;
        foreach (List<string> cells in _rows)
        {
            TableRow row = new() { IsHeader = isHead };
            row.SetData(Section, (isHead ? "thead" : isFoot ? "tfoot" : "tbody", _sections));
            foreach (string text in cells)
            {
                row.Add(Cell(text));
            }

            _table.Add(row);
        }

        _rows.Clear();
    }

    private void Align(ReadOnlySpan<char> rule)
    {
        for (int i = 0; i < rule.Length; i++)
        {
            if (rule[i] != '-')
            {
                continue;
            }

            bool left = i > 0 && rule[i - 1] == ':';
            while (i < rule.Length && rule[i] == '-')
            {
                i++;
            }

            bool right = i < rule.Length && rule[i] == ':';
            _alignment.Add(left && right ? TableColumnAlign.Center : left ? TableColumnAlign.Left : right ? TableColumnAlign.Right : null);
        }
    }

    private static TableCell Cell(string text)
    {
        TextParagraph paragraph = new() { IsBare = true };
        paragraph.Written.Append(text.Length == 0 ? "\u00A0" : text);
        TableCell cell = new(null);
        cell.Add(paragraph);
        return cell;
    }

    private List<string> Cells(ReadOnlySpan<char> line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        foreach ((string part, bool isCode) in TableReader.CodeParts(line.ToString(), withHtml: false))
        {
            for (int i = 0; i < part.Length; i++)
            {
                if (isCode || part[i] != '|')
                {
                    cell.Append(part[i]);
                }
                else if (i > 0 && part[i - 1] == '\\')
                {
                    cell[^1] = '|';
                }
                else
                {
                    cells.Add(cell.ToString().Trim());
                    cell.Clear();
                }
            }
        }

        cells.Add(cell.ToString().Trim());
        if (leadingBar && cells[0].Length == 0)
        {
            cells.RemoveAt(0);
        }

        if (cells.Count > 0 && cells[^1].Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }

        return cells;
    }
}
