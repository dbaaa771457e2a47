namespace Syndication.Content.Kramdown;

/// <summary>Which typographic quotes straight ones become, by kramdown's rules (its smart_quotes parser, after SmartyPants).</summary>
internal static class SmartQuotes
{
    private const string Punctuation = "!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>The quotes that replace the one at this place, or two that stand there together.</summary>
    /// <param name="before">The character before it in the same run of text, or NUL where a span ends or the text begins.</param>
    /// <param name="text">The text from the quote on.</param>
    /// <param name="length">How many characters are replaced: 1 or 2.</param>
    public static string Of(char before, ReadOnlySpan<char> text, out int length)
    {
        char quote = text[0];
        bool isSingle = quote == '\'';
        string opening = isSingle ? "\u2018" : "\u201C";
        string closing = isSingle ? "\u2019" : "\u201D";
        char next = At(text, 1);
        length = 1;
        bool alone = before == '\0';
        if (alone && OpensEmphasis(text))
        {
            return opening;
        }

        if (alone && Punctuation.Contains(next, StringComparison.Ordinal) && !(At(text, 2) == '.' && At(text, 3) == '.') && !IsWord(At(text, 2)))
        {
            return closing;
        }

        bool spaced = alone || char.IsWhiteSpace(before);
        if (spaced && next is '"' or '\'' && next != quote && IsWord(At(text, 2)))
        {
            length = 2;
            return isSingle ? "\u2018\u201C" : "\u201C\u2018";
        }

        if (alone && next is ('"' or '\''))
        {
            // The first of two at the beginning is taken for a word that the second closes.
            length = 2;
            return quote + (next == '\'' ? "\u2019" : "\u201D");
        }

        if (spaced && isSingle && char.IsAsciiDigit(next) && char.IsAsciiDigit(At(text, 2)) && At(text, 3) == 's')
        {
            return closing;
        }

        if (!alone && char.IsWhiteSpace(before) && IsWord(next))
        {
            return opening;
        }

        if (!alone && before is not (' ' or '\\' or '\t' or '\r' or '\n' or '[' or '{' or '(' or '-'))
        {
            return closing;
        }

        bool ends = next == '\0' || char.IsWhiteSpace(next) || next == 's' && !IsWord(At(text, 2));
        return alone && ends ? closing : opening;
    }

    private static bool OpensEmphasis(ReadOnlySpan<char> text)
    {
        int stars = 0;
        while (stars < 2 && At(text, 1 + stars) is '_' or '*')
        {
            stars++;
        }

        return stars > 0 && At(text, 1 + stars) is char after && after != '\0' && !char.IsWhiteSpace(after);
    }

    private static char At(ReadOnlySpan<char> text, int at) => at < text.Length ? text[at] : '\0';

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
