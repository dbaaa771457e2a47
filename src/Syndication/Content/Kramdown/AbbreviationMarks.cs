using Markdig.Extensions.Abbreviations;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Marks the abbreviations that a body defines wherever they stand as words of its text.</summary>
internal static class AbbreviationMarks
{
    /// <summary>Most abbreviations that are looked for.</summary>
    private const int Most = 500;

    public static void Insert(MarkdownDocument tree, IReadOnlyList<Abbreviation> abbreviations)
    {
        ILookup<char, Abbreviation> byFirst = abbreviations.Where(a => a.Label?.Length > 0).Take(Most)
            .OrderByDescending(a => a.Label!.Length).ToLookup(a => a.Label![0]);
        foreach (LiteralInline literal in tree.Descendants().OfType<LiteralInline>().ToList())
        {
            Mark(literal, byFirst);
        }
    }

    private static void Mark(LiteralInline literal, ILookup<char, Abbreviation> byFirst)
    {
        string text = literal.Content.ToString();
        int from = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (at > 0 && IsWord(text[at - 1]))
            {
                continue;
            }

            Abbreviation? found = byFirst[text[at]].FirstOrDefault(a =>
                text.AsSpan(at).StartsWith(a.Label) && (at + a.Label!.Length >= text.Length || !IsWord(text[at + a.Label.Length])));
            if (found is null)
            {
                continue;
            }

            if (at > from)
            {
                literal.InsertBefore(new LiteralInline { Content = new StringSlice(text, from, at - 1) });
            }

            literal.InsertBefore(new AbbreviationInline(found));
            from = at + found.Label!.Length;
            at = from - 1;
        }

        if (from > 0)
        {
            literal.Content = new StringSlice(text, from, text.Length - 1);
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
