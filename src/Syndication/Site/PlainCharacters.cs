using System.Text;

namespace Syndication.Site;

/// <summary>Keeps from feeds and mails the characters that XML 1.0 (section 2.2) forbids: controls, unpaired surrogates, U+FFFE and U+FFFF.</summary>
internal static class PlainCharacters
{
    /// <summary>The same string where nothing has to go.</summary>
    public static string Of(string text)
    {
        int odd = FirstOdd(text, 0);
        if (odd < 0)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        int from = 0;
        while (odd >= 0)
        {
            clean.Append(text, from, odd - from);
            from = odd + 1;
            odd = FirstOdd(text, from);
        }

        return clean.Append(text, from, text.Length - from).ToString();
    }

    private static int FirstOdd(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' ? c is not ('\n' or '\t') : c is '\uFFFE' or '\uFFFF' or '\x7F')
            {
                return i;
            }

            if (char.IsSurrogate(c))
            {
                if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    i++;
                }
                else
                {
                    return i;
                }
            }
        }

        return -1;
    }
}
