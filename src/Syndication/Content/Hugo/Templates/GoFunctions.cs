using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>A function of Hugo's templates; what is piped to it comes last.</summary>
internal delegate object? GoFunction(GoEvaluator run, object?[] given);

/// <summary>The functions that templates may call, under both their names, with how many values each needs.</summary>
internal static class GoFunctions
{
    public static FrozenDictionary<string, (int Least, GoFunction Run)> All { get; } =
        Logic().Concat(GoTextFunctions.All()).Concat(GoListFunctions.All()).Concat(GoSiteFunctions.All())
            .SelectMany(f => f.Names.Split(' ').Select(name => KeyValuePair.Create(name, (f.Least, f.Run))))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="GoFault">It is no pattern.</exception>
    public static Regex Pattern(string pattern) => GoPattern.Read(pattern, out _) ?? throw new GoFault($"the pattern {pattern} is not understood");

    private static IEnumerable<(string Names, int Least, GoFunction Run)> Logic() =>
    [
        ("eq compare.Eq", 2, (_, v) => v[1..].Any(other => GoValues.Equals(v[0], other))),
        ("ne compare.Ne", 2, (_, v) => !v[1..].Any(other => GoValues.Equals(v[0], other))),
        ("lt compare.Lt", 2, (_, v) => GoValues.Compare(v[0], v[1]) < 0),
        ("le compare.Le", 2, (_, v) => GoValues.Compare(v[0], v[1]) <= 0),
        ("gt compare.Gt", 2, (_, v) => GoValues.Compare(v[0], v[1]) > 0),
        ("ge compare.Ge", 2, (_, v) => GoValues.Compare(v[0], v[1]) >= 0),
        ("and", 1, (_, v) => v.FirstOrDefault(value => !GoValues.IsTrue(value), v[^1])),
        ("or", 1, (_, v) => v.FirstOrDefault(GoValues.IsTrue, v[^1])),
        ("not", 1, (_, v) => !GoValues.IsTrue(v[0])),
        ("cond compare.Conditional", 3, (_, v) => GoValues.IsTrue(v[0]) ? v[1] : v[2]),
        ("default compare.Default", 1, (_, v) => v.Length > 1 && (v[1] is bool || GoValues.IsTrue(v[1])) ? v[1] : v[0]),
        ("isset collections.IsSet", 2, (_, v) => v[0] switch
        {
            DataMap map => map.ContainsKey(GoValues.Text(v[1])),
            IReadOnlyList<object?> list => GoValues.Whole(v[1]) < list.Count,
            _ => false,
        }),
        ("add math.Add", 2, (_, v) => v[1..].Aggregate(v[0], (sum, next) => Reckoned(sum, next, (a, b) => a + b, (a, b) => a + b))),
        ("sub math.Sub", 2, (_, v) => v[1..].Aggregate(v[0], (sum, next) => Reckoned(sum, next, (a, b) => a - b, (a, b) => a - b))),
        ("mul math.Mul", 2, (_, v) => v[1..].Aggregate(v[0], (sum, next) => Reckoned(sum, next, (a, b) => a * b, (a, b) => a * b))),
        ("div math.Div", 2, (_, v) => Reckoned(v[0], Divisor(v[1]), (a, b) => a / b, (a, b) => a / b)),
        ("mod math.Mod", 2, (_, v) => (long)GoValues.Whole(v[0]) % GoValues.Whole(Divisor(v[1]))),
        ("modBool math.ModBool", 2, (_, v) => GoValues.Whole(v[0]) % GoValues.Whole(Divisor(v[1])) == 0),
        ("math.Round", 1, (_, v) => Math.Round(Number(v[0]), MidpointRounding.AwayFromZero)),
        ("math.Floor", 1, (_, v) => Math.Floor(Number(v[0]))),
        ("math.Ceil", 1, (_, v) => Math.Ceiling(Number(v[0]))),
        ("math.Max", 1, (_, v) => v.Max(Number)),
        ("math.Min", 1, (_, v) => v.Min(Number)),
        ("int cast.ToInt", 1, (_, v) => v[0] is bool flag ? flag ? 1L : 0L : (long)GoValues.Whole(v[0])),
        ("float cast.ToFloat", 1, (_, v) => Number(v[0])),
        ("string cast.ToString", 1, (_, v) => GoValues.Text(v[0])),
    ];

    private static double Number(object? value) => GoValues.Number(value) ?? throw new GoFault("a number is expected");

    private static object? Divisor(object? value) => Number(value) == 0 || value is double and > -1 and < 1 ? throw new GoFault("a division by zero") : value;

    private static object? Reckoned(object? one, object? other, Func<long, long, long> whole, Func<double, double, double> number) => (one, other) switch
    {
        (string a, string b) => a + b,
        (long a, long b) when !(a == long.MinValue && b == -1) => whole(a, b),
        _ => number(Number(one), Number(other)),
    };
}
