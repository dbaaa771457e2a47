using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Syndication.Site;

/// <summary>
/// A mapping read from YAML, TOML or JSON. Values are null, string, bool, long, double, a list (IReadOnlyList of such values)
/// or another DataMap. Dates stay the strings they were written as: what they mean is decided by the generator's rules.
/// Keys keep the order of the file. Immutable once read.
/// </summary>
internal sealed class DataMap : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, (object? Value, int Line)> _entries;

    /// <param name="ignoreCase">True for Hugo, whose keys have no case.</param>
    /// <param name="entries">Key, value, and the line of the key counted from 1 (0 where unknown). A later key wins.</param>
    public DataMap(bool ignoreCase, IEnumerable<(string Key, object? Value, int Line)> entries)
    {
        _entries = new(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach ((string key, object? value, int line) in entries)
        {
            _entries[key] = (value, line);
        }
    }

    public static DataMap Empty { get; } = new(false, []);

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<object?> Values => _entries.Values.Select(e => e.Value);

    public object? this[string key] => _entries[key].Value;

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        bool found = _entries.TryGetValue(key, out (object? Value, int Line) entry);
        value = entry.Value;
        return found;
    }

    /// <summary>The value, or null where the key is missing.</summary>
    public object? Get(string key) => _entries.TryGetValue(key, out (object? Value, int Line) entry) ? entry.Value : null;

    /// <summary>The texts of a value that is a list of some, or one.</summary>
    public static IEnumerable<string> TextsOf(object? value) => value switch
    {
        string one => [one],
        IReadOnlyList<object?> list => list.OfType<string>(),
        _ => [],
    };

    /// <summary>The line of the key in its file, counted from 1; null where it is unknown.</summary>
    public int? LineOf(string key) => _entries.TryGetValue(key, out (object? Value, int Line) entry) && entry.Line > 0 ? entry.Line : null;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        _entries.Select(e => KeyValuePair.Create(e.Key, e.Value.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
