using System.Globalization;
using Tomlyn;
using Tomlyn.Model;

namespace Syndication.Site;

/// <summary>Reads one TOML document; its dates become strings in RFC 3339 form, without an offset where they are local.</summary>
internal static class TomlReader
{
    private const int MaxDepth = 50;

    /// <param name="text">One TOML document.</param>
    /// <param name="firstLine">The line of the file at which <paramref name="text"/> begins, counted from 1.</param>
    /// <param name="ignoreCase">Whether keys have no case.</param>
    /// <exception cref="DataFormatException">It is not TOML.</exception>
    public static DataMap Read(string text, int firstLine, bool ignoreCase)
    {
        try
        {
            TomlTable table = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
            return Map(table, KeyLines(text, firstLine), ignoreCase, 0);
        }
        catch (TomlException e)
        {
            int? line = e.Line is int found && found > 0 ? firstLine + found - 1 : null;
            throw new DataFormatException(line, "the TOML cannot be read: " + Message(e.Message));
        }
    }

    private static string Message(string message)
    {
        // Tomlyn's messages begin with their own position, which counts from the text and not from the file.
        int end = message.IndexOf(" : ", StringComparison.Ordinal);
        string plain = end > 0 && message.StartsWith('(') ? message[(end + 3)..] : message;
        return plain.Split('\n')[0].Trim().TrimEnd('.');
    }

    /// <summary>Lines of keys by their path, as far as a line alone tells it: the model has no positions.</summary>
    private static Dictionary<string, int> KeyLines(string text, int firstLine)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        string table = "";
        int number = firstLine;
        foreach (ReadOnlySpan<char> untrimmed in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = untrimmed.Trim();
            int equals = line.IndexOf('=');
            if (line.StartsWith('[') && line.IndexOf(']') is int end and > 1 && equals < 0)
            {
                table = Plain(line[1..end]) + ".";
                lines.TryAdd(table[..^1], number);
            }
            else if (equals > 0)
            {
                lines.TryAdd(table + Plain(line[..equals]), number);
            }

            number++;
        }

        return lines;
    }

    private static string Plain(ReadOnlySpan<char> key) =>
        string.Join('.', key.Trim('[').ToString().Split('.').Select(k => k.Trim().Trim('"', '\'').Trim()));

    private static DataMap Map(TomlTable table, Dictionary<string, int> lines, bool ignoreCase, int depth, string prefix = "") =>
        new(ignoreCase, table.Select(e => (
            e.Key, Value(e.Value, lines, ignoreCase, depth + 1, prefix + e.Key), lines.GetValueOrDefault(prefix + e.Key))));

    private static object? Value(object? value, Dictionary<string, int> lines, bool ignoreCase, int depth, string path) => value switch
    {
        _ when depth > MaxDepth => throw new DataFormatException(null, $"the TOML is nested more than {MaxDepth} levels deep"),
        TomlTable table => Map(table, lines, ignoreCase, depth, path + "."),
        TomlTableArray tables => tables.Select(t => (object?)Map(t, [], ignoreCase, depth)).ToList(),
        TomlArray items => items.Select(i => Value(i, [], ignoreCase, depth + 1, "")).ToList(),
        TomlDateTime date => date.ToString(),
        bool or string or long or double => value,
        null => null,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
