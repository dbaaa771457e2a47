using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Values that a section or the site's configuration gives to the pages below, and to which of them. Immutable.</summary>
internal sealed class HugoCascade
{
    private readonly PathPattern? _path;
    private readonly bool _namesPage;
    private readonly PathPattern? _kind;
    private readonly PathPattern? _language;
    private readonly PathPattern? _environment;

    private HugoCascade(DataMap map)
    {
        DataMap target = (map.Get("_target") ?? map.Get("target")) as DataMap ?? DataMap.Empty;
        _path = Pattern(target.Get("path"));
        _namesPage = target.Get("path") is not (string and [.., '*' or '}']);
        _kind = Pattern(target.Get("kind"));
        _language = Pattern(target.Get("lang"));
        _environment = Pattern(target.Get("environment"));
        Values = WithParams(new DataMap(true, map
            .Where(e => !(e.Key.ToUpperInvariant() is "_TARGET" or "TARGET" && e.Value is DataMap))
            .Select(e => (e.Key, e.Value, 0))));
    }

    /// <summary>Without lines: they are another file's.</summary>
    public DataMap Values { get; }

    /// <summary>The value of a key cascade: one mapping or several, of which an earlier one wins.</summary>
    public static IEnumerable<HugoCascade> ReadAll(object? value) => value switch
    {
        DataMap one => [new HugoCascade(one)],
        IReadOnlyList<object?> list => list.OfType<DataMap>().Select(map => new HugoCascade(map)),
        _ => [],
    };

    /// <param name="place">The page. A path means its file, and since Hugo 0.123 the page itself, which has no ending.</param>
    /// <param name="kind">page, section or home.</param>
    /// <param name="language">In lower case.</param>
    public bool AppliesTo(HugoPath place, string kind, string language) =>
        Matches(_kind, kind) && Matches(_language, language) && Matches(_environment, "production")
        && (Matches(_path, "/" + place.File.ToLowerInvariant())
            || _namesPage && Matches(_path, $"/{string.Join('/', [.. place.Folders, place.Name])}".ToLowerInvariant()));

    /// <summary>Both together: a key of the second wins, whatever its value.</summary>
    public static DataMap Merge(DataMap under, DataMap over) => under.Count == 0 ? over : new DataMap(
        true, under.Select(e => (e.Key, e.Value, 0)).Concat(over.Select(e => (e.Key, e.Value, over.LineOf(e.Key) ?? 0))));

    /// <summary>Own keys of a page stand under params; older sites have them beside Hugo's.</summary>
    public static DataMap WithParams(DataMap map) => map.Get("params") is not DataMap own
        ? map
        : new DataMap(true, own.Select(e => (e.Key, e.Value, own.LineOf(e.Key) ?? 0))
            .Concat(map.Select(e => (e.Key, e.Value, map.LineOf(e.Key) ?? 0))));

    private static bool Matches(PathPattern? pattern, string text) => pattern is null || pattern.Matches(text);

    private static PathPattern? Pattern(object? value) =>
        value is string { Length: > 0 } text ? new PathPattern(text.ToLowerInvariant(), Wildcards.OfGo) : null;
}
