using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syndication.Benchmarks;

/// <summary>What was measured, of the product and of the peer in the same run.</summary>
internal sealed class Figures(string benchmark, string peer)
{
    private readonly JsonObject _head = new() { ["benchmark"] = benchmark };
    private readonly List<(string Name, double Own, double? Peer)> _rows = [];

    /// <summary>Says what was measured on.</summary>
    public void Describe(string name, JsonNode value) => _head[name] = value;

    public void Add(string name, double own, double? peer = null) => _rows.Add((name, own, peer));

    /// <summary>
    /// One JSON line to standard output, with each figure, the peer's, and the ratio of the first to the second; and the same as a
    /// table to standard error.
    /// </summary>
    public void Print()
    {
        JsonObject peers = [];
        JsonObject ratios = [];
        Console.Error.WriteLine(string.Join("  ", _head.Select(h => $"{h.Key} {h.Value}")));
        Console.Error.WriteLine($"  {"",-26}{"syndication",12}{peer,12}{"ratio",8}");
        foreach ((string name, double own, double? other) in _rows)
        {
            _head[name] = Rounded(own);
            double? ratio = other > 0 ? own / other : null;
            if (other is double value)
            {
                peers[name] = Rounded(value);
            }

            if (ratio is double part)
            {
                ratios[name] = Rounded(part);
            }

            Console.Error.WriteLine($"  {name,-26}{Text(own),12}{Text(other),12}{Text(ratio),8}");
        }

        if (peers.Count > 0)
        {
            _head[peer] = peers;
            _head["ratios"] = ratios;
        }

        Console.WriteLine(_head.ToJsonString(JsonSerializerOptions.Default));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double Rounded(double value) => Math.Round(value, value < 10 ? 3 : 1);

    private static string Text(double? value) => value is double number ? Rounded(number).ToString(CultureInfo.InvariantCulture) : "";
}
