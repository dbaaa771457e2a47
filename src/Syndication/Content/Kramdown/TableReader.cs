using System.Buffers;
using System.Text;
using Markdig.Extensions.Tables;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Reads tables: every line has a bar that stands in no code. The first rule ends the head and aligns the columns, later ones
/// begin another body, a line of equals signs begins the foot.
/// </summary>
internal static class TableReader
{
    private static readonly SearchValues<char> Rule = SearchValues.Create("+|: \t-");

    private static readonly SearchValues<char> FootRule = SearchValues.Create("+|: \t=");

    public static bool TryRead(BlockReader reader)
    {
        BlockText source = reader.Source;
        ReadOnlySpan<char> first = source.Line(source.At);
        if (!reader.IsAfterBoundary || !HasBar(first))
        {
            return false;
        }

        int start = source.At;
        int end = start;
        while (end < source.Text.Length && HasBar(source.Line(end)))
        {
            end = source.EndOfLine(end);
        }

        if (!reader.IsBeforeBoundary(end) || !EachLineHasBar(source.Text[start..end]))
        {
            return false;
        }

        Rows rows = new(leadingBar: first.TrimStart().StartsWith("|"));
        for (int at = start; at < end; at = source.EndOfLine(at))
        {
            rows.Read(source.Line(at), isFirst: at == start);
        }

        if (rows.Build() is not Table table)
        {
            return false;
        }

        source.At = end;
        reader.Add(table, start);
        return true;
    }

    /// <summary>A bar at the beginning, or one that is not escaped.</summary>
    private static bool HasBar(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '|' && (i == 0 || line[i - 1] != '\\'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether each line has a bar outside of code and of HTML.</summary>
    private static bool EachLineHasBar(string text)
    {
        bool found = false;
        foreach ((string part, bool isCode) in CodeParts(text.TrimEnd('\n'), withHtml: true))
        {
            if (isCode && part[0] == '<')
            {
                continue;
            }

            string[] lines = part.Split('\n');
            if (isCode)
            {
                if (lines.Length > 2 || lines.Length == 2 && !found)
                {
                    return false;
                }

                found = lines.Length != 2 && found;
                continue;
            }

            for (int i = 0; i < lines.Length; i++)
            {
                found = found || HasBar(lines[i]);
                if (i == lines.Length - 1)
                {
                    break;
                }

                if (!found)
                {
                    return false;
                }

                found = false;
            }
        }

        return found;
    }

    /// <summary>A line of text, taken apart into code (with its delimiters) and what is none.</summary>
    public static List<(string Text, bool IsCode)> CodeParts(string text, bool withHtml)
    {
        List<(string Text, bool IsCode)> parts = [];
        int from = 0;
        int at = 0;
        while ((at = text.AsSpan(at).IndexOfAny('`', '<') is int next && next >= 0 ? at + next : -1) >= 0)
        {
            int end = CodeEnd(text, at, withHtml, out int passed);
            if (end < 0)
            {
                at = passed;
                continue;
            }

            parts.Add((text[from..at], false));
            parts.Add((text[at..end], true));
            from = at = end;
        }

        parts.Add((text[from..], false));
        return parts;
    }

    private static int CodeEnd(string text, int at, bool withHtml, out int passed)
    {
        passed = at + 1;
        if (text[at] == '<')
        {
            if (!text.AsSpan(at).StartsWith(withHtml ? "<" : "<code") || !KramdownTag.TryRead(text, at, out KramdownTag tag) || tag.IsBlock || tag.IsVoid || tag.IsClosed)
            {
                return -1;
            }

            int close = text.IndexOf(tag.Closing, tag.End, StringComparison.OrdinalIgnoreCase);
            return close >= 0 ? close + tag.Closing.Length : withHtml ? text.Length : -1;
        }

        int length = 1;
        while (at + length < text.Length && text[at + length] == '`')
        {
            length++;
        }

        passed = at + length;
        bool spaced = length == 1 && (at == 0 || char.IsWhiteSpace(text[at - 1])) && passed < text.Length && char.IsWhiteSpace(text[passed]);
        int end = spaced ? -1 : text.IndexOf(new string('`', length), passed, StringComparison.Ordinal);
        return end < 0 ? -1 : end + length;
    }

    /// <summary>The lines of a table, one after the other.</summary>
    private sealed class Rows(bool leadingBar)
    {
        private readonly Table _table = new(null);
        private readonly List<List<string>> _rows = [];
        private readonly List<TableColumnAlign?> _alignment = [];
        private bool _hasBody;
        private bool _hasFoot;
        private int _columns;

        public void Read(ReadOnlySpan<char> line, bool isFirst)
        {
            if (line.IndexOfAnyExcept(Rule) < 0 && line.Contains('-'))
            {
                if (isFirst || _rows.Count == 0)
                {
                    return;
                }

                bool endsHead = _alignment.Count == 0 && !_hasFoot;
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
            foreach (List<string> cells in _rows)
            {
                TableRow row = new() { IsHeader = isHead };
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
            foreach ((string part, bool isCode) in CodeParts(line.ToString(), withHtml: false))
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
}
