using System.Collections.Immutable;
using System.Globalization;

namespace Syndication.Site;

/// <summary>
/// Typed reading of a generator's configuration, laid in layers of which a later one wins. A value that cannot be what its key
/// stands for becomes a problem with its file and line, and is then as good as not said.
/// </summary>
/// <param name="layers">From the weakest to the strongest.</param>
/// <param name="problems">Gets what is found wrong.</param>
/// <param name="prefix">The keys above, each with a dot.</param>
internal sealed class ConfigurationValues(ImmutableArray<ConfigurationLayer> layers, List<Problem> problems, string prefix = "")
{
    /// <summary>The value as it stands in the file; null where it is missing or nothing.</summary>
    public object? Raw(string key) => Where(key)?.Map.Get(key);

    /// <summary>Text on one line, or a number as text; null where it is missing or blank.</summary>
    public string? Text(string key)
    {
        string? text = Verbatim(key);
        return string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Text exactly as written, even when empty.</summary>
    public string? Verbatim(string key) => Raw(key) switch
    {
        null => null,
        string text => text,
        long or double => Convert.ToString(Raw(key), CultureInfo.InvariantCulture),
        _ => Wrong<string>(key, "text"),
    };

    public bool? Flag(string key) => Raw(key) switch
    {
        null => null,
        bool flag => flag,
        _ => Nothing<bool>(key, "true or false"),
    };

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public int? Whole(string key, int least) => Raw(key) switch
    {
        null => null,
        long number when number >= least && number <= int.MaxValue => (int)number,
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least => number,
        _ => Nothing<int>(key, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}")),
    };

    /// <summary>The values below a key; none where it is missing.</summary>
    public ConfigurationValues Below(string key)
    {
        if (Raw(key) is not null and not DataMap)
        {
            Wrong<DataMap>(key, "keys and values");
        }

        IEnumerable<ConfigurationLayer> below = layers
            .Where(l => l.Map.Get(key) is DataMap)
            .Select(l => l with { Map = (DataMap)l.Map.Get(key)! });
        return new ConfigurationValues([.. below], problems, $"{prefix}{key}.");
    }

    /// <summary>The mappings of a list under a key, as the strongest layer has it.</summary>
    public ImmutableArray<ConfigurationValues> Each(string key) =>
        Where(key) is ConfigurationLayer layer && layer.Map.Get(key) is IReadOnlyList<object?> list
            ? [.. list.OfType<DataMap>().Select(map => new ConfigurationValues([layer with { Map = map }], problems, $"{prefix}{key}."))]
            : [];

    /// <summary>The texts of a list under a key, or the one text.</summary>
    public ImmutableArray<string> Texts(string key) => [.. DataMap.TextsOf(Raw(key))];

    /// <summary>The keys that any layer has here, each once.</summary>
    public IEnumerable<string> Keys => layers.SelectMany(l => l.Map.Keys).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The language tag under a key; an underscore, as locales have it, counts as a hyphen.</summary>
    public string? Language(string key)
    {
        string? tag = Text(key)?.Replace('_', '-');
        return tag is null || LanguageTag.IsWellFormed(tag) ? tag : Wrong<string>(key, LanguageTag.Expected);
    }

    /// <summary>The time zone under a key. An unknown one is an error: every date of the site hangs on it.</summary>
    public TimeZoneInfo? Zone(string key)
    {
        string? name = Text(key);
        return name is null ? null
            : TimeZones.Find(name) ?? Wrong<TimeZoneInfo>(key, TimeZones.Expected(name), Severity.Error);
    }

    /// <summary>Records a value that cannot be used, and says nothing in its stead.</summary>
    /// <param name="key">The key; where no file has it, the first file is named.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="severity">What it costs.</param>
    /// <param name="found">The value, where the key stands for it by default.</param>
    public T? Wrong<T>(string key, string expected, Severity severity = Severity.Warning, object? found = null)
        where T : class
    {
        ConfigurationLayer? layer = Where(key);
        string what = $"{prefix}{key} is {Shown(layer?.Map.Get(key) ?? found)}";
        problems.Add(new Problem(severity, (layer ?? layers.FirstOrDefault())?.Source ?? "", layer?.Map.LineOf(key), what, expected));
        return null;
    }

    private static string Shown(object? value) => value switch
    {
        null => "nothing",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        DataMap => "a mapping",
        IReadOnlyList<object?> => "a list",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private T? Nothing<T>(string key, string expected)
        where T : struct
    {
        Wrong<object>(key, expected);
        return null;
    }

    private ConfigurationLayer? Where(string key) => layers.LastOrDefault(l => l.Map.Get(key) is not null);
}
