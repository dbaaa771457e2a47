using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Text that is HTML already.</summary>
/// <param name="Text">The HTML.</param>
/// <param name="IsAttribute">It is a part of a tag.</param>
internal sealed record GoHtml(string Text, bool IsAttribute = false);

/// <summary>Something with fields and methods: a page, the site, a shortcode.</summary>
/// <param name="Name">What it is called where a field is not known.</param>
/// <param name="Member">A field's value, or what a method gives for its arguments; throws <see cref="GoFault"/> for others.</param>
internal sealed record GoObject(string Name, Func<string, object?[], object?> Member)
{
    public GoFault Unknown(string field) => new($"{Name}.{field} is not known here");
}

/// <summary>
/// What values of Go templates are: null, bool, long, double, string, <see cref="GoHtml"/>, dates, lists, <see cref="DataMap"/>
/// and <see cref="GoObject"/>. Pure.
/// </summary>
internal static class GoValues
{
    private const int Deepest = 20;

    public static bool IsTrue(object? value) => value switch
    {
        null or false or 0L or 0.0 or "" or GoHtml { Text: "" } => false,
        IReadOnlyList<object?> { Count: 0 } or DataMap { Count: 0 } => false,
        _ => true,
    };

    /// <summary>The text of a value that is one; a list has none.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        GoHtml html => html.Text,
        IReadOnlyList<object?> or DataMap or GoObject => throw new GoFault("a text is expected"),
        _ => Print(value),
    };

    /// <summary>As Go prints a value.</summary>
    public static string Print(object? value)
    {
        StringBuilder text = new();
        Print(text, value, 0);
        return text.ToString();
    }

    public static double? Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        string or GoHtml when double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <exception cref="GoFault">It is no whole number.</exception>
    public static int Whole(object? value) => Number(value) is double number && Math.Abs(number) < int.MaxValue
        ? (int)number
        : throw new GoFault("a number is expected");

    public static new bool Equals(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (string or GoHtml, string or GoHtml) => Text(one) == Text(other),
        (bool or long or double or DateTimeOffset, _) => one.Equals(other),
        _ => ReferenceEquals(one, other),
    };

    /// <summary>Less than zero where the first comes first: as numbers where one of them is one, else as texts.</summary>
    public static int Compare(object? one, object? other) => (one, other) switch
    {
        (DateTimeOffset date, DateTimeOffset second) => date.CompareTo(second),
        (long or double, _) or (_, long or double) => (Number(one) ?? 0).CompareTo(Number(other) ?? 0),
        _ => string.CompareOrdinal(Text(one), Text(other)),
    };

    /// <summary>The value under a key or at an index; null where there is none.</summary>
    public static object? Index(object? value, object? key) => (value, key) switch
    {
        (DataMap map, string or GoHtml) => map.Get(Text(key)),
        (IReadOnlyList<object?> list, long at) => at >= 0 && at < list.Count ? list[(int)at] : null,
        _ => null,
    };

    /// <exception cref="GoFault">There is no such field.</exception>
    public static object? Member(object? value, string field, object?[] arguments) => value switch
    {
        null => null,
        DataMap map when arguments.Length == 0 => map.Get(field),
        GoObject known => known.Member(field, arguments),
        DateTimeOffset date => OfDate(date, field, arguments),
        _ => throw new GoFault($"the field {field} is not known here"),
    };

    public static string Date(string layout, object? value)
    {
        DateTimeOffset date = value switch
        {
            DateTimeOffset known => known,
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) => read,
            _ => throw new GoFault("a date is expected"),
        };
        return GoLayout.Format(layout, date) ?? layout;
    }

    public static string Json(object? value)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            Json(json, value, 0);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The words of HTML without its tags.</summary>
    public static string Plain(string html)
    {
        string shown = HiddenHtml.Show(html);
        StringBuilder plain = new(shown.Length);
        TagScanner tags = new(shown);
        int at = 0;
        while (tags.Next(out Tag tag))
        {
            plain.Append(shown, at, tag.Start - at);
            at = tag.End;
        }

        return WebUtility.HtmlDecode(plain.Append(shown, at, shown.Length - at).ToString());
    }

    private static void Print(StringBuilder text, object? value, int depth)
    {
        if (depth > Deepest)
        {
            throw new GoFault("a value is nested too deeply") { IsLimit = true };
        }

        switch (value)
        {
            case null:
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case IReadOnlyList<object?> list:
                for (int i = 0; i < list.Count; i++)
                {
                    text.Append(i == 0 ? '[' : ' ');
                    Print(text, list[i], depth + 1);
                    Bound(text);
                }

                text.Append(list.Count == 0 ? "[]" : "]");
                break;
            case DataMap map:
                string[] keys = [.. map.Keys.Order(StringComparer.Ordinal)];
                text.Append("map[");
                for (int i = 0; i < keys.Length; i++)
                {
                    text.Append(i == 0 ? "" : " ").Append(keys[i]).Append(':');
                    Print(text, map.Get(keys[i]), depth + 1);
                    Bound(text);
                }

                text.Append(']');
                break;
            case GoHtml html:
                text.Append(html.Text);
                break;
            case GoObject:
                throw new GoFault("a text is expected");
            case DateTimeOffset date:
                text.Append(date.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Bound(StringBuilder text)
    {
        if (text.Length > GoScope.LongestValue)
        {
            throw new GoFault("a value is too long") { IsLimit = true };
        }
    }

    private static void Json(Utf8JsonWriter json, object? value, int depth)
    {
        if (depth > Deepest || json.BytesCommitted + json.BytesPending > GoScope.LongestValue)
        {
            throw new GoFault("a value is nested too deeply, or too long") { IsLimit = true };
        }

        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case IReadOnlyList<object?> list:
                json.WriteStartArray();
                foreach (object? item in list)
                {
                    Json(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            case DataMap map:
                json.WriteStartObject();
                foreach (string key in map.Keys.Order(StringComparer.Ordinal))
                {
                    json.WritePropertyName(key);
                    Json(json, map.Get(key), depth + 1);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    private static object OfDate(DateTimeOffset date, string field, object?[] arguments) => field switch
    {
        "Format" when arguments.Length == 1 => Date(Text(arguments[0]), date),
        "Year" => (long)date.Year,
        "Month" => date.ToString("MMMM", CultureInfo.InvariantCulture),
        "Day" => (long)date.Day,
        "Unix" => date.ToUnixTimeSeconds(),
        "IsZero" => false,
        _ => throw new GoFault($"the field {field} of a date is not known here"),
    };
}
