using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// The keys of one post as values of the types that are wanted; what is of another type becomes a problem with its line.
/// Where several keys are given, the first that has a value wins.
/// </summary>
internal sealed class PostFields(PostFile file, DataMap map, PostDates dates, SiteKind kind)
{
    public DataMap Map => map;

    /// <summary>The value of the first of these keys that has one other than null.</summary>
    public object? Value(params ReadOnlySpan<string> keys) => Find(keys).Value;

    public bool Has(string key) => map.ContainsKey(key);

    /// <summary>A scalar as text; null, with a warning, for a list or a mapping.</summary>
    public string? Text(params ReadOnlySpan<string> keys)
    {
        (string key, object? value) = Find(keys);
        if (value is null or false)
        {
            return null;
        }

        string? text = TextOf(value);
        if (text is null)
        {
            Warn(key, $"{key} is {(value is DataMap ? "a mapping" : "a list")}, and is not used", "text");
        }

        return text;
    }

    /// <summary>As <see cref="Text"/>, with empty text as null.</summary>
    public string? FilledText(params ReadOnlySpan<string> keys) =>
        Text(keys) is string text && text.Trim() is { Length: > 0 } filled ? filled : null;

    /// <summary>See <see cref="Post.IsInFeeds"/>; a mapping, as jekyll-feed has it, says other things.</summary>
    public bool IsInFeeds => Flag(Value("feed")) != false;

    public bool IsTrue(string key) => Flag(Value(key)) == true;

    /// <summary>Yes or no, also where it was written as text; null for anything else. A draft must not be published for its quotation marks.</summary>
    public static bool? Flag(object? value) => value switch
    {
        bool flag => flag,
        1L => true,
        0L => false,
        string text => text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "Y" or "ON" or "1" => true,
            "FALSE" or "NO" or "N" or "OFF" or "0" => false,
            _ => null,
        },
        _ => null,
    };

    /// <summary>
    /// An instant as <see cref="PostDates.Read"/> gives it. Null without one; with an error or a warning where the text is no date.
    /// The key published may also say yes or no, which is none.
    /// </summary>
    public DateTimeOffset? Date(bool required, params ReadOnlySpan<string> keys)
    {
        (string key, object? value) = Find(keys);
        if (value is null or false || key == "published" && Flag(value) is not null)
        {
            return null;
        }

        int? line = map.LineOf(key);
        string text = TextOf(value) ?? "";
        bool plain = line is int number
            ? file.FrontMatter.IsPlainScalar(number)
            : file.FrontMatter.Format is FrontMatterFormat.Yaml or FrontMatterFormat.None;
        if (dates.Read(text, plain) is DateTimeOffset date)
        {
            return date;
        }

        Severity severity = required ? Severity.Error : Severity.Warning;
        const string expected = "a date such as 2020-01-31 or 2020-01-31 08:05:00 +0100";
        file.Problems.Add(new Problem(severity, file.Path, line, $"{key} is no date: {Shown(value)}", expected));
        return null;
    }

    private string Shown(object value) => value switch
    {
        DataMap => "a mapping",
        IReadOnlyList<object?> => "a list",
        _ => $"'{TextOf(value)}'",
    };

    /// <summary>A text, or a list of texts; empty ones are left out.</summary>
    public ImmutableArray<string> Texts(params ReadOnlySpan<string> keys) => TextsOf(Value(keys));

    /// <summary>Front matter's id or guid when it can be an id in every feed; else null, with a warning.</summary>
    public string? DeclaredId()
    {
        (string key, object? value) = Find(["id", "guid"]);
        if (value is null)
        {
            return null;
        }

        if (TextOf(value) is string text && IsAbsoluteIri(text))
        {
            return text;
        }

        const string expected = "an absolute IRI such as tag:example.org,2020:first or https://example.org/1";
        Warn(key, $"{key} is not used as the post's id: '{TextOf(value)}'", expected);
        return null;
    }

    /// <summary>A path on the site or an absolute URL: text, the first of a list, or a mapping's path, url or src.</summary>
    public string? Image(params ReadOnlySpan<string> keys)
    {
        object? value = Value(keys);
        value = value is IReadOnlyList<object?> { Count: > 0 } list ? list[0] : value;
        value = value is DataMap parts ? parts.Get("path") ?? parts.Get("url") ?? parts.Get("src") ?? parts.Get("image") : value;
        return value is string text && text.Trim() is { Length: > 0 } path ? path : null;
    }

    public void Warn(string key, string what, string? expected = null) =>
        file.Problems.Add(Problem.Warning(file.Path, map.LineOf(key), what, expected));

    public void Fail(string key, string what, string? expected = null) =>
        file.Problems.Add(Problem.Error(file.Path, map.LineOf(key), what, expected));

    /// <summary>A scalar as the generator would print it; null for what is no scalar.</summary>
    public string? TextOf(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number when kind != SiteKind.Hugo && number == Math.Floor(number) && Math.Abs(number) < 1e15 =>
            number.ToString("0.0", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public ImmutableArray<string> TextsOf(object? value) => value switch
    {
        IReadOnlyList<object?> list => [.. list.SelectMany(item => TextsOf(item))],
        DataMap or null or false => [],
        _ => TextOf(value)?.Trim() is { Length: > 0 } text ? [text] : [],
    };

    private (string Key, object? Value) Find(ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (map.Get(key) is object value)
            {
                return (key, value);
            }
        }

        return (keys[0], null);
    }

    private static bool IsAbsoluteIri(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && colon < text.Length - 1 && Uri.CheckSchemeName(text[..colon])
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && Uri.TryCreate(text, UriKind.Absolute, out _);
    }
}
