using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>How generators turn names and titles into parts of an address. Pure.</summary>
internal static class Slug
{
    private const string Pretty = "._~!$&'()+,;=@";

    /// <summary>Jekyll's default slug: letters, marks and digits, everything else a hyphen, lower case.</summary>
    public static string Of(string text) => Hyphenated(text, keep: "").ToLowerInvariant();

    /// <summary>Jekyll's slug for :title: punctuation that URLs allow stays, and so does case.</summary>
    public static string PrettyOf(string text) => Hyphenated(text, Pretty);

    /// <summary>
    /// Hugo's path: what is neither letter, mark, digit nor one of its few signs goes, white space becomes a hyphen.
    /// Slashes stay.
    /// </summary>
    public static string HugoPath(string text, bool keepCase, bool removeAccents)
    {
        string source = removeAccents ? WithoutAccents(text) : text;
        StringBuilder path = new(source.Length);
        bool space = false;
        bool hyphen = false;
        int at = 0;
        foreach (Rune rune in source.EnumerateRunes())
        {
            if (IsWordPart(rune) || IsHugoSign(rune) || IsEscape(source.AsSpan(at)))
            {
                hyphen = rune.Value == '-';
                path.Append(space && !hyphen ? "-" : "").Append(rune.ToString());
                space = false;
            }
            else
            {
                space |= path.Length > 0 && !hyphen && Rune.IsWhiteSpace(rune);
            }

            at += rune.Utf16SequenceLength;
        }

        return keepCase ? path.ToString() : path.ToString().ToLowerInvariant();
    }

    /// <summary>Jekyll's title of a post without one: the words of its name, each with a capital and then small letters.</summary>
    public static string JekyllTitle(string slug) =>
        string.Join(' ', slug.TrimEnd('-').Split('-').Select(word => word.Length == 0
            ? word
            : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));

    /// <summary>A title for a post without one: the name with spaces for hyphens and underscores, and a capital first.</summary>
    public static string ReadableTitle(string name)
    {
        string words = string.Join(' ', name.Split(['-', '_', ' '], StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Hyphenated(string text, string keep)
    {
        StringBuilder slug = new(text.Length);
        bool hyphen = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsWordPart(rune) || rune.IsAscii && keep.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                slug.Append(hyphen && slug.Length > 0 ? "-" : "").Append(rune.ToString());
                hyphen = false;
            }
            else
            {
                hyphen = true;
            }
        }

        return slug.ToString();
    }

    private static bool IsWordPart(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber;

    private static bool IsHugoSign(Rune rune) => rune.Value is '.' or '/' or '\\' or '_' or '#' or '+' or '~' or '-' or '@';

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length > 2 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    private static string WithoutAccents(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);
}
