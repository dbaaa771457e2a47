using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Functions over texts.</summary>
internal static class GoTextFunctions
{
    public static IEnumerable<(string Names, int Least, GoFunction Run)> All() =>
    [
        Of("lower strings.ToLower", text => text.ToLowerInvariant()),
        Of("upper strings.ToUpper", text => text.ToUpperInvariant()),
        Of("title strings.Title", Titled),
        Of("strings.FirstUpper", text => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..]),
        Of("chomp strings.Chomp", text => text.TrimEnd('\r', '\n')),
        Of("strings.TrimSpace", text => text.Trim()),
        Of("humanize inflect.Humanize", text => Humanized(text)),
        Of("plainify transform.Plainify", GoValues.Plain),
        Of("htmlEscape transform.HTMLEscape", text => WebUtility.HtmlEncode(text)),
        Of("htmlUnescape transform.HTMLUnescape", text => WebUtility.HtmlDecode(text)),
        Of("emojify transform.Emojify safeURL safe.URL safeCSS safe.CSS safeJS safe.JS safeJSStr safe.JSStr", text => text),
        Of("md5 crypto.MD5", text => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)))),
        Of("sha1 crypto.SHA1", text => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)))),
        Of("sha256 crypto.SHA256", text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))),
        Of("base64Encode encoding.Base64Encode", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        Of("urlquery", text => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)),
        ("safeHTML safe.HTML", 1, (_, v) => new GoHtml(GoValues.Text(v[0]))),
        ("safeHTMLAttr safe.HTMLAttr", 1, (_, v) => new GoHtml(GoValues.Text(v[0]), IsAttribute: true)),
        ("trim strings.Trim", 2, (_, v) => GoValues.Text(v[0]).Trim(GoValues.Text(v[1]).ToCharArray())),
        ("strings.TrimLeft", 2, (_, v) => GoValues.Text(v[1]).TrimStart(GoValues.Text(v[0]).ToCharArray())),
        ("strings.TrimRight", 2, (_, v) => GoValues.Text(v[1]).TrimEnd(GoValues.Text(v[0]).ToCharArray())),
        ("strings.TrimPrefix", 2, (_, v) => Without(GoValues.Text(v[1]), GoValues.Text(v[0]), atEnd: false)),
        ("strings.TrimSuffix", 2, (_, v) => Without(GoValues.Text(v[1]), GoValues.Text(v[0]), atEnd: true)),
        ("hasPrefix strings.HasPrefix", 2, (_, v) => GoValues.Text(v[0]).StartsWith(GoValues.Text(v[1]), StringComparison.Ordinal)),
        ("hasSuffix strings.HasSuffix", 2, (_, v) => GoValues.Text(v[0]).EndsWith(GoValues.Text(v[1]), StringComparison.Ordinal)),
        ("strings.Contains", 2, (_, v) => GoValues.Text(v[0]).Contains(GoValues.Text(v[1]), StringComparison.Ordinal)),
        ("strings.ContainsAny", 2, (_, v) => GoValues.Text(v[0]).AsSpan().ContainsAny(GoValues.Text(v[1]))),
        ("strings.Count", 2, (_, v) => GoValues.Text(v[0]).Length == 0 ? 0L : (long)GoValues.Text(v[1]).AsSpan().Count(GoValues.Text(v[0]))),
        ("replace strings.Replace", 3, (_, v) => Replaced(GoValues.Text(v[0]), GoValues.Text(v[1]), GoValues.Text(v[2]))),
        ("replaceRE strings.ReplaceRE", 3, (_, v) => GoFunctions.Pattern(GoValues.Text(v[0])).Replace(GoValues.Text(v[2]), Bounded(GoValues.Text(v[1]), GoValues.Text(v[2])))),
        ("findRE strings.FindRE", 2, (_, v) => GoFunctions.Pattern(GoValues.Text(v[0])).Matches(GoValues.Text(v[1])).Select(m => (object?)m.Value).ToArray()),
        ("split strings.Split", 2, (_, v) => Split(GoValues.Text(v[0]), GoValues.Text(v[1]))),
        ("substr strings.Substr", 2, (_, v) => Part(GoValues.Text(v[0]), GoValues.Whole(v[1]), v.Length > 2 ? GoValues.Whole(v[2]) : null)),
        ("slicestr strings.SliceString", 1, (_, v) => Slice(GoValues.Text(v[0]), v.Length > 1 ? GoValues.Whole(v[1]) : 0, v.Length > 2 ? GoValues.Whole(v[2]) : null)),
        ("truncate strings.Truncate", 2, (_, v) => Truncated(GoValues.Plain(GoValues.Text(v[^1])), GoValues.Whole(v[0]), v.Length > 2 ? GoValues.Text(v[1]) : " …")),
        ("strings.Repeat", 2, (_, v) => string.Concat(Enumerable.Repeat(GoValues.Text(v[1]), Math.Clamp(GoValues.Whole(v[0]), 0, GoScope.LongestValue / Math.Max(1, GoValues.Text(v[1]).Length))))),
        ("strings.RuneCount", 1, (_, v) => (long)GoValues.Text(v[0]).EnumerateRunes().Count()),
        ("countwords strings.CountWords", 1, (_, v) => (long)GoValues.Plain(GoValues.Text(v[0])).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length),
        ("printf fmt.Printf", 1, (_, v) => GoPrintf.Of(GoValues.Text(v[0]), v.AsSpan(1))),
        ("print fmt.Print", 0, (_, v) => Joined(v)),
        ("println fmt.Println", 0, (_, v) => string.Join(' ', v.Select(GoValues.Print)) + "\n"),
        ("jsonify encoding.Jsonify", 1, (_, v) => new GoHtml(GoValues.Json(v[^1]))),
        ("warnf fmt.Warnf warnidf fmt.Warnidf", 0, (_, _) => null),
        ("errorf fmt.Errorf erroridf fmt.Erroridf", 1, (_, v) => throw new GoFault("it says: " + GoPrintf.Of(GoValues.Text(v[0]), v.AsSpan(1)))),
    ];

    private static (string Names, int Least, GoFunction Run) Of(string names, Func<string, string> function) =>
        (names, 1, (_, v) => function(GoValues.Text(v[0])));

    private static string Titled(string text) => string.Concat(text.Select((c, i) =>
        i == 0 || !(char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '\'' or '’') ? char.ToUpperInvariant(c) : c));

    private static string Humanized(string text)
    {
        string words = text.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Without(string text, string part, bool atEnd) =>
        part.Length == 0 ? text
        : atEnd ? text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text
        : text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text;

    private static string Replaced(string text, string old, string with) =>
        old.Length == 0 ? text : text.Replace(old, Bounded(with, text), StringComparison.Ordinal);

    /// <summary>What may be put in for each of many places of a text.</summary>
    private static string Bounded(string with, string text) =>
        (long)with.Length * (text.Length + 1) > 20_000_000 ? throw new GoFault("a replacement is too long") { IsLimit = true } : with;

    private static object?[] Split(string text, string by) =>
        by.Length == 0 ? [.. text.EnumerateRunes().Select(rune => (object?)rune.ToString())] : [.. text.Split(by)];

    private static string Part(string text, int start, int? length)
    {
        int from = Math.Clamp(start < 0 ? text.Length + start : start, 0, text.Length);
        int end = length is int count ? count < 0 ? text.Length + count : (int)Math.Min(text.Length, (long)from + count) : text.Length;
        return Whole(text, from, end);
    }

    private static string Slice(string text, int start, int? end) => Whole(text, Math.Clamp(start, 0, text.Length), Math.Clamp(end ?? text.Length, 0, text.Length));

    private static string Whole(string text, int from, int end) => end <= from ? "" : PlainHalves(text[from..end]);

    /// <summary>Without half of a surrogate pair at either end.</summary>
    private static string PlainHalves(string text)
    {
        int from = char.IsLowSurrogate(text[0]) ? 1 : 0;
        int end = text.Length - (char.IsHighSurrogate(text[^1]) ? 1 : 0);
        return end <= from ? "" : text[from..end];
    }

    private static string Truncated(string text, int length, string ellipsis)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int cut = text.LastIndexOf(' ', Math.Max(0, Math.Min(length, text.Length - 1)));
        return Whole(text, 0, cut > 0 ? cut : Math.Max(0, length)) + ellipsis;
    }

    /// <summary>A space stands between two values of which neither is a text.</summary>
    private static string Joined(object?[] values)
    {
        StringBuilder text = new();
        for (int i = 0; i < values.Length; i++)
        {
            bool isApart = i > 0 && values[i] is not (string or GoHtml) && values[i - 1] is not (string or GoHtml);
            text.Append(isApart ? " " : "").Append(CultureInfo.InvariantCulture, $"{GoValues.Print(values[i])}");
        }

        return text.ToString();
    }
}
