using System.Text;
using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>Liquid's own filters of texts as its Ruby original has them, for whatever value they are given.</summary>
internal static class RubyTexts
{
    private const int LongestResult = 4_000_000;

    /// <summary>Filters that are right for texts; what they are given is made one as Ruby does it.</summary>
    private static readonly string[] OfTexts =
    [
        "append", "prepend", "upcase", "downcase", "strip", "lstrip", "rstrip", "strip_newlines", "escape", "escape_once", "url_encode", "url_decode",
        "remove", "remove_first", "remove_last", "replace_first", "replace_last", "truncate",
    ];

    /// <summary>What strip_html takes with all that is in it.</summary>
    private static readonly (string Open, string Close)[] Hidden = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")];

    public static void AddTo(FilterCollection filters)
    {
        foreach (string name in OfTexts)
        {
            if (filters.TryGetValue(name, out FilterDelegate? filter))
            {
                filters.AddFilter(name, (input, arguments, context) => filter(Worded(input), Worded(arguments), context));
            }
        }

        if (filters.TryGetValue("slice", out FilterDelegate? slice))
        {
            filters.AddFilter("slice", (input, arguments, context) => slice(input is ArrayValue ? input : Worded(input), arguments, context));
        }

        filters.AddFilter("replace", (input, arguments, _) => new StringValue(Replaced(
            ValueText.Text(input), ValueText.Text(arguments.At(0)), ValueText.Text(arguments.At(1)))));
        filters.AddFilter("split", (input, arguments, _) =>
            new ArrayValue([.. Split(ValueText.Text(input), ValueText.Text(arguments.At(0))).Select(part => (FluidValue)new StringValue(part))]));
        filters.AddFilter("newline_to_br", (input, _, _) => new StringValue(Replaced(
            ValueText.Text(input).Replace("\r\n", "\n", StringComparison.Ordinal), "\n", "<br />\n")));
        filters.AddFilter("strip_html", (input, _, _) => new StringValue(WithoutTags(ValueText.Text(input))));
        filters.AddFilter("truncatewords", (input, arguments, _) => new StringValue(FirstWords(
            ValueText.Text(input),
            arguments.Count == 0 ? 15 : (int)Math.Clamp(RubyNumber.Read(arguments.At(0)), 1, int.MaxValue),
            arguments.Count < 2 ? "..." : ValueText.Text(arguments.At(1)))));
    }

    private static FluidValue Worded(FluidValue value) =>
        value is ArrayValue or DictionaryValue || value is NumberValue && value.ToNumberValue().Scale > 0 ? new StringValue(ValueText.Text(value)) : value;

    private static FilterArguments Worded(FilterArguments arguments) =>
        arguments.Count == 0 ? arguments : new FilterArguments([.. arguments.Values.Select(Worded)]);

    /// <summary>Ruby's split: by white space for a space, into characters for nothing; without the empty parts at the end.</summary>
    private static IEnumerable<string> Split(string text, string separator)
    {
        if (separator == " ")
        {
            return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }

        if (separator.Length == 0)
        {
            return text.EnumerateRunes().Select(rune => rune.ToString());
        }

        string[] parts = text.Split(separator);
        return parts.Take(Array.FindLastIndex(parts, part => part.Length > 0) + 1);
    }

    private static string FirstWords(string text, int count, string ending)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count ? text : string.Join(' ', words.Take(count)) + ending;
    }

    /// <summary>The text without comments, scripts and styles, and without what stands between pointed brackets.</summary>
    private static string WithoutTags(string text)
    {
        StringBuilder result = new(text.Length);
        HashSet<string> missing = [];
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            result.Append(text, at, open - at);
            string close = Hidden.FirstOrDefault(h => text.AsSpan(open).StartsWith(h.Open, StringComparison.Ordinal)).Close ?? ">";
            int end = EndOf(text, close, open, missing);
            end = end < 0 ? EndOf(text, ">", open, missing) : end;
            if (end < 0)
            {
                at = open;
                break;
            }

            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Where the mark ends that comes next, or -1. One that is in vain is not looked for again.</summary>
    private static int EndOf(string text, string mark, int from, HashSet<string> missing)
    {
        int at = missing.Contains(mark) ? -1 : text.IndexOf(mark, from, StringComparison.Ordinal);
        if (at < 0)
        {
            missing.Add(mark);
        }

        return at < 0 ? -1 : at + mark.Length;
    }

    /// <summary>Liquid's replace, which could otherwise square the size of its input.</summary>
    private static string Replaced(string text, string what, string with)
    {
        if (what.Length == 0)
        {
            return text;
        }

        StringBuilder result = new(text.Length);
        int from = 0;
        for (int at = text.IndexOf(what, StringComparison.Ordinal); at >= 0; at = text.IndexOf(what, from, StringComparison.Ordinal))
        {
            result.Append(text, from, at - from).Append(with);
            from = at + what.Length;
            if (result.Length > LongestResult)
            {
                throw new LiquidLimitException("the filter replace grows the text beyond every reason");
            }
        }

        return result.Append(text, from, text.Length - from).ToString();
    }
}
