using System.Globalization;
using System.Text;
using Fluid;
using Fluid.Values;
using Syndication.Posts;

namespace Syndication.Content.Liquid;

/// <summary>The filters that Jekyll adds to Liquid's.</summary>
internal static class JekyllFilters
{
    public static void AddTo(FilterCollection filters, FluidParser parser)
    {
        JekyllLists.AddTo(filters, parser);
        RubyNumber.AddTo(filters);
        RubyTexts.AddTo(filters);
        Text(filters, "relative_url", (text, scope) => IsAbsolute(text) ? text : UrlText.Escape(Prefix(scope) + Rooted(text)));
        Text(filters, "absolute_url", (text, scope) =>
            IsAbsolute(text) ? text : scope.Site.Url.GetLeftPart(UriPartial.Authority) + UrlText.Escape(Prefix(scope) + Rooted(text)));
        Text(filters, "strip_index", (text, _) => text.EndsWith("/index.html", StringComparison.Ordinal) ? text[..^"index.html".Length] : text);
        Text(filters, "xml_escape", (text, _) => EscapedXml(text));
        Text(filters, "cgi_escape", (text, _) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal));
        Text(filters, "uri_escape", (text, _) => UrlText.Escape(text));
        Text(filters, "markdownify", (text, scope) => scope.Dialect.Html(text));
        Text(filters, "smartify", (text, scope) => scope.Dialect.Polished(text));
        Text(filters, "capitalize", (text, _) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant());
        Text(filters, "normalize_whitespace", (text, _) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Dates(filters, "date_to_string", (date, arguments) => Day(date, "MMM", arguments));
        Dates(filters, "date_to_long_string", (date, arguments) => Day(date, "MMMM", arguments));
        Dates(filters, "date_to_xmlschema", (date, _) => date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        Dates(filters, "date_to_rfc822", (date, _) => date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
            + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        filters.AddFilter("date", (input, arguments, context) => DateFormat.Apply(input, arguments.At(0).ToStringValue(), context));
        filters.AddFilter("number_of_words", (input, arguments, _) => NumberValue.Create(Words(input.ToStringValue(), arguments.At(0).ToStringValue())));
        filters.AddFilter("slugify", (input, arguments, _) => input.IsNil()
            ? NilValue.Instance
            : new StringValue(Slugified(input.ToStringValue(), arguments.At(0).ToStringValue())));
        filters.AddFilter("to_integer", (input, _, _) => NumberValue.Create(
            input is BooleanValue ? input.ToBooleanValue() ? 1 : 0 : decimal.Truncate(RubyNumber.Read(input))));
        filters.AddFilter("array_to_sentence_string", (input, arguments, context) => new StringValue(Sentence(
            [.. input.Enumerate(context).Select(ValueText.Text)], arguments.Count == 0 ? "and" : arguments.At(0).ToStringValue())));
    }

    private static void Text(FilterCollection filters, string name, Func<string, LiquidScope, string> change) =>
        filters.AddFilter(name, (input, _, context) => input.IsNil()
            ? NilValue.Instance
            : new StringValue(change(ValueText.Text(input), JekyllTags.ScopeOf(context))));

    private static void Dates(FilterCollection filters, string name, Func<DateTimeOffset, FilterArguments, string> format) =>
        filters.AddFilter(name, (input, arguments, context) => DateFormat.TryRead(input, context, out DateTimeOffset date)
            ? new StringValue(format(TimeZoneInfo.ConvertTime(date, context.TimeZone), arguments))
            : input);

    /// <summary>07 Nov 2008, or as an ordinal: 7th Nov 2008, and Nov 7th, 2008 in the American way.</summary>
    private static string Day(DateTimeOffset date, string month, FilterArguments arguments)
    {
        if (arguments.At(0).ToStringValue() != "ordinal")
        {
            return date.ToString($"dd {month} yyyy", CultureInfo.InvariantCulture);
        }

        string ending = date.Day is 11 or 12 or 13 ? "th" : (date.Day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        string name = date.ToString(month, CultureInfo.InvariantCulture);
        return arguments.At(1).ToStringValue() == "US"
            ? string.Create(CultureInfo.InvariantCulture, $"{name} {date.Day}{ending}, {date.Year}")
            : string.Create(CultureInfo.InvariantCulture, $"{date.Day}{ending} {name} {date.Year}");
    }

    /// <summary>Words between white space; in the modes cjk and auto each Chinese, Japanese or Korean character is one.</summary>
    private static int Words(string text, string mode)
    {
        int words = 0;
        bool within = false;
        foreach (char c in text)
        {
            bool alone = mode is "cjk" or "auto" && c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';
            bool letter = !alone && !char.IsWhiteSpace(c);
            words += alone || letter && !within ? 1 : 0;
            within = letter;
        }

        return words;
    }

    private static string Slugified(string text, string mode) => mode switch
    {
        "raw" => string.Join('-', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant(),
        "pretty" => Slug.PrettyOf(text).ToLowerInvariant(),
        "ascii" => Slug.Of(string.Concat(text.Select(c => char.IsAscii(c) ? c : ' '))),
        "latin" => Slug.Of(string.Concat(text.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(c => char.IsAscii(c) ? c : ' '))),
        "" or "default" => Slug.Of(text),
        _ => text.ToLowerInvariant(),
    };

    /// <summary>As it stands in XML, in an attribute also.</summary>
    public static string EscapedXml(string text) => text.AsSpan().IndexOfAny("&<>\"'") < 0 ? text : text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&apos;", StringComparison.Ordinal);

    private static bool IsAbsolute(string url) => UrlText.Scheme(url) is not null;

    private static string Prefix(LiquidScope scope) => scope.Site.Url.AbsolutePath.TrimEnd('/');

    private static string Rooted(string path) => path.StartsWith('/') ? path : path.Length == 0 ? "" : "/" + path;

    private static string Sentence(string[] words, string connector) => words.Length switch
    {
        0 => "",
        1 => words[0],
        2 => $"{words[0]} {connector} {words[1]}",
        _ => $"{string.Join(", ", words[..^1])}, {connector} {words[^1]}",
    };
}
