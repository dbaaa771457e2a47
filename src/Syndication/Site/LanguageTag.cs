namespace Syndication.Site;

/// <summary>The form of language tags (BCP 47, RFC 5646 section 2.1); whether the language exists is not asked.</summary>
internal static class LanguageTag
{
    public const string Expected = "a language tag such as en or pt-BR";

    public static bool IsWellFormed(string tag)
    {
        string[] parts = tag.Split('-');
        return parts[0].Length is >= 2 and <= 8 && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(p => p.Length is >= 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }
}
