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
            throw new DataFormatException(line, "the TOML cannot be read: " + Plain(e.Message));
        }
    }

    private static string Plain(string message)
    {
        // Tomlyn's messages begin with their own position, which counts from the text and not from the file.
        int end = message.IndexOf(" : ", StringComparison.Ordinal);
        string plain = end > 0 && message.StartsWith('(') ? message[(end + 3)..] : message;
        return plain.Split('\n')[0].Trim().TrimEnd('.');
    }

    /// <summary>Lines of top-level keys: the model has no positions, and only those are ever named to a person.</summary>
    private static Dictionary<string, int> KeyLines(string text, int firstLine)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        int number = firstLine;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int equals = line.IndexOf('=');
            if (equals > 0)
            {
                lines.TryAdd(line[..equals].Trim().Trim('"').ToString(), number);
            }

            number++;
        }

        return lines;
    }

    private static DataMap Map(TomlTable table, Dictionary<string, int> lines, bool ignoreCase, int depth) =>
        new(ignoreCase, table.Select(e => (e.Key, Value(e.Value, ignoreCase, depth + 1), lines.GetValueOrDefault(e.Key))));

    private static object? Value(object? value, bool ignoreCase, int depth) => value switch
    {
        _ when depth > MaxDepth => throw new DataFormatException(null, $"the TOML is nested more than {MaxDepth} levels deep"),
        TomlTable table => Map(table, [], ignoreCase, depth),
        TomlTableArray tables => tables.Select(t => (object?)Map(t, [], ignoreCase, depth)).ToList(),
        TomlArray items => items.Select(i => Value(i, ignoreCase, depth + 1)).ToList(),
        TomlDateTime date => date.ToString(),
        bool or string or long or double => value,
        null => null,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
