using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Fluid;
using Fluid.Filters;
using Fluid.Values;
using Syndication.Content.Kramdown;

namespace Syndication.Content.Liquid;

/// <summary>The filters that Jekyll adds to Liquid's.</summary>
internal static class JekyllFilters
{
    private const int LongestResult = 4_000_000;

    public static void AddTo(FilterCollection filters)
    {
        Text(filters, "relative_url", (text, scope) => IsAbsolute(text) ? text : Prefix(scope) + Rooted(text));
        Text(filters, "absolute_url", (text, scope) =>
            IsAbsolute(text) ? text : scope.Catalog.Site.Url.GetLeftPart(UriPartial.Authority) + Prefix(scope) + Rooted(text));
        Text(filters, "strip_index", (text, _) => text.EndsWith("/index.html", StringComparison.Ordinal) ? text[..^"index.html".Length] : text);
        Text(filters, "xml_escape", (text, _) => WebUtility.HtmlEncode(text));
        Text(filters, "cgi_escape", (text, _) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal));
        Text(filters, "uri_escape", (text, _) => UrlText.Escape(text));
        Text(filters, "slugify", (text, _) => HeadingIds.Form(text));
        Text(filters, "markdownify", (text, _) => text);
        Text(filters, "smartify", (text, _) => text);
        Text(filters, "normalize_whitespace", (text, _) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Dates(filters, "date_to_string", "dd MMM yyyy");
        Dates(filters, "date_to_long_string", "dd MMMM yyyy");
        Dates(filters, "date_to_xmlschema", "yyyy-MM-dd'T'HH:mm:sszzz");
        Dates(filters, "date_to_rfc822", "ddd, dd MMM yyyy HH:mm:ss zzz");
        filters.AddFilter("date", (input, arguments, context) => MiscFilters.Date(
            input,
            new FilterArguments(new StringValue(arguments.At(0).ToStringValue().Replace("%c", "%a %b %e %H:%M:%S %Y", StringComparison.Ordinal))),
            context));
        filters.AddFilter("number_of_words", (input, _, _) =>
            NumberValue.Create(input.ToStringValue().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length));
        filters.AddFilter("to_integer", (input, _, _) => NumberValue.Create(decimal.Truncate(input.ToNumberValue())));
        filters.AddFilter("jsonify", (input, _, _) => new StringValue(JsonSerializer.Serialize(input.ToStringValue())));
        filters.AddFilter("array_to_sentence_string", (input, arguments, context) =>
            new StringValue(Sentence([.. input.Enumerate(context).Select(v => v.ToStringValue())], arguments.At(0).ToStringValue())));
        filters.AddFilter("replace", (input, arguments, _) => new StringValue(Replaced(
            input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue())));
    }

    private static void Text(FilterCollection filters, string name, Func<string, LiquidScope, string> change) =>
        filters.AddFilter(name, (input, _, context) => input.IsNil()
            ? NilValue.Instance
            : new StringValue(change(input.ToStringValue(), JekyllTags.ScopeOf(context))));

    private static void Dates(FilterCollection filters, string name, string format) =>
        filters.AddFilter(name, (input, _, context) => input.TryGetDateTimeInput(context, out DateTimeOffset date)
            ? new StringValue(TimeZoneInfo.ConvertTime(date, context.TimeZone).ToString(format, CultureInfo.InvariantCulture))
            : input);

    private static bool IsAbsolute(string url) => UrlText.Scheme(url) is not null;

    private static string Prefix(LiquidScope scope) => scope.Catalog.Site.Url.AbsolutePath.TrimEnd('/');

    private static string Rooted(string path) => path.StartsWith('/') ? path : path.Length == 0 ? "" : "/" + path;

    private static string Sentence(string[] words, string connector) => words.Length switch
    {
        0 => "",
        1 => words[0],
        2 => $"{words[0]} {(connector.Length == 0 ? "and" : connector)} {words[1]}",
        _ => $"{string.Join(", ", words[..^1])}, {(connector.Length == 0 ? "and" : connector)} {words[^1]}",
    };

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
