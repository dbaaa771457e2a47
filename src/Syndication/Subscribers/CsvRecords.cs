using System.Collections.Immutable;
using System.Text;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line it begins on, counted from 1.</param>
/// <param name="Fields">Without their quotation marks.</param>
/// <param name="Wrong">What is wrong with it, or null. The fields are then of no use.</param>
internal sealed record CsvRecord(int Line, ImmutableArray<string> Fields, string? Wrong = null);

/// <summary>
/// Reads CSV (RFC 4180) record by record. What separates fields is what the first line has of comma, semicolon and tab. A record that
/// is wrong costs only its own line: reading goes on with the next one.
/// </summary>
internal sealed class CsvRecords(TextReader text)
{
    /// <summary>How many lines one record may have: a quotation mark that is never closed must not swallow the rest of the file.</summary>
    private const int MostLines = 20;

    private readonly LinkedList<string> _ahead = [];
    private int _line;
    private char? _separator;

    /// <summary>All records; empty lines are none.</summary>
    /// <exception cref="DataFormatException">The text is not in the encoding it was opened with.</exception>
    public IEnumerable<CsvRecord> Read()
    {
        while (Next() is string first)
        {
            int line = _line;
            _separator ??= first.Contains(',', StringComparison.Ordinal) ? ',' : first.FirstOrDefault(c => c is ';' or '\t', ',');
            if (first.Length > 0)
            {
                yield return Record(first, line, _separator.Value);
            }
        }
    }

    private CsvRecord Record(string first, int line, char separator)
    {
        List<string> lines = [first];
        while (true)
        {
            (ImmutableArray<string> fields, string? wrong, bool isOpen) = Split(string.Join('\n', lines), separator);
            if (!isOpen && (wrong is null || lines.Count == 1))
            {
                return new CsvRecord(line, fields, wrong);
            }

            if (!isOpen || lines.Count == MostLines || Next() is not string more)
            {
                for (int i = lines.Count - 1; i > 0; i--)
                {
                    _ahead.AddFirst(lines[i]);
                    _line--;
                }

                return new CsvRecord(line, [], "a quotation mark is opened and not closed");
            }

            lines.Add(more);
        }
    }

    /// <summary>The fields of a record; open when it ends within quotation marks.</summary>
    private static (ImmutableArray<string> Fields, string? Wrong, bool IsOpen) Split(string record, char separator)
    {
        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>();
        StringBuilder field = new();
        int i = 0;
        while (true)
        {
            field.Clear();
            if (i < record.Length && record[i] == '"')
            {
                i++;
                while (i < record.Length && (record[i] != '"' || (i + 1 < record.Length && record[i + 1] == '"')))
                {
                    i += record[i] == '"' ? 1 : 0;
                    field.Append(record[i++]);
                }

                if (i == record.Length)
                {
                    return ([], null, true);
                }

                i++;
                if (i < record.Length && record[i] != separator)
                {
                    return ([], "there is text after a closing quotation mark", false);
                }
            }
            else
            {
                while (i < record.Length && record[i] != separator)
                {
                    field.Append(record[i++]);
                }
            }

            fields.Add(field.ToString());
            if (i >= record.Length)
            {
                return (fields.ToImmutable(), null, false);
            }

            i++;
        }
    }

    private string? Next()
    {
        string? line;
        if (_ahead.First is LinkedListNode<string> ahead)
        {
            _ahead.RemoveFirst();
            line = ahead.Value;
        }
        else
        {
            try
            {
                line = text.ReadLine();
            }
            catch (DecoderFallbackException)
            {
                throw new DataFormatException(_line + 1, "from about here it is not text in UTF-8");
            }
        }

        _line += line is null ? 0 : 1;
        return line;
    }
}
