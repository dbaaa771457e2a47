using System.Text;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Functions over lists and mappings.</summary>
internal static class GoListFunctions
{
    private const int LongestSequence = 2_000;

    public static IEnumerable<(string Names, int Least, GoFunction Run)> All() =>
    [
        ("len", 1, (_, v) => v[0] switch
        {
            IReadOnlyList<object?> list => (long)list.Count,
            DataMap map => map.Count,
            null => throw new GoFault("len of nothing"),
            _ => Encoding.UTF8.GetByteCount(GoValues.Text(v[0])),
        }),
        ("slice collections.Slice", 0, (_, v) => v),
        ("dict collections.Dictionary", 0, (_, v) => Map(v)),
        ("index collections.Index", 1, (_, v) => v[1..].Aggregate(v[0], GoValues.Index)),
        ("first collections.First", 2, (_, v) => List(v[1]).Take(GoValues.Whole(v[0])).ToArray()),
        ("last collections.Last", 2, (_, v) => List(v[1]).TakeLast(GoValues.Whole(v[0])).ToArray()),
        ("after collections.After", 2, (_, v) => List(v[1]).Skip(GoValues.Whole(v[0])).ToArray()),
        ("append collections.Append", 2, (_, v) => Appended(List(v[^1]), v[..^1])),
        ("uniq collections.Uniq", 1, (_, v) => List(v[0]).DistinctBy(GoValues.Print).ToArray()),
        ("sort collections.Sort", 1, (_, v) => v.Length > 1 ? throw new GoFault("sort by a key is not known here") : List(v[0]).Order(Comparer<object?>.Create(GoValues.Compare)).ToArray()),
        ("collections.Reverse", 1, (_, v) => List(v[0]).Reverse().ToArray()),
        ("merge collections.Merge", 1, (_, v) => Merged(v)),
        ("in collections.In", 2, (_, v) => v[0] is string or GoHtml
            ? GoValues.Text(v[0]).Contains(GoValues.Text(v[1]), StringComparison.Ordinal)
            : List(v[0]).Any(item => GoValues.Equals(item, v[1]))),
        ("delimit collections.Delimit", 2, (_, v) => Delimited(List(v[0]), GoValues.Text(v[1]), v.Length > 2 ? GoValues.Text(v[2]) : null)),
        ("seq collections.Seq", 1, (_, v) => Sequence([.. v.Select(GoValues.Whole)])),
    ];

    private static IReadOnlyList<object?> List(object? value) => value switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        DataMap map => [.. map.Keys.Order(StringComparer.Ordinal).Select(map.Get)],
        _ => throw new GoFault("a list is expected"),
    };

    private static DataMap Map(object?[] pairs) => pairs.Length % 2 == 0
        ? new DataMap(false, Enumerable.Range(0, pairs.Length / 2).Select(i => (GoValues.Text(pairs[2 * i]), pairs[(2 * i) + 1], 0)))
        : throw new GoFault("dict has a key without a value");

    private static DataMap Merged(object?[] maps) => new(
        true,
        maps.SelectMany(map => map as DataMap ?? throw new GoFault("a mapping is expected")).Select(e => (e.Key, e.Value, 0)));

    private static object?[] Appended(IReadOnlyList<object?> list, object?[] more) =>
        [.. list, .. more is [IReadOnlyList<object?> others] ? others : more];

    private static string Delimited(IReadOnlyList<object?> list, string by, string? last)
    {
        string[] texts = [.. list.Select(GoValues.Text)];
        if ((long)texts.Length * by.Length > GoScope.LongestValue)
        {
            throw new GoFault("makes a value that is too long") { IsLimit = true };
        }

        return last is null || texts.Length < 2 ? string.Join(by, texts) : string.Join(by, texts[..^1]) + last + texts[^1];
    }

    /// <summary>From 1, or from the first number, up to the last, in steps of the one between them.</summary>
    private static object?[] Sequence(int[] numbers)
    {
        long first = numbers.Length > 1 ? numbers[0] : numbers[0] < 0 ? -1 : 1;
        long last = numbers[^1];
        long step = numbers.Length > 2 ? numbers[1] : last < first ? -1 : 1;
        if (numbers.Length == 1 && last == 0)
        {
            return [];
        }

        long count = step == 0 ? 0 : ((last - first) / step) + 1;
        return count > LongestSequence
            ? throw new GoFault($"seq gives more than {LongestSequence} numbers") { IsLimit = true }
            : [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(i => (object?)(first + (i * step)))];
    }
}
