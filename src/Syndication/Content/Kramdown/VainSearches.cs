using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Counts searches for a closing mark that came to the end of the document in vain: hostile input must not make them quadratic.</summary>
internal static class VainSearches
{
    private const int Most = 50;

    private static readonly object Key = new();

    public static bool AreAllowed(MarkdownDocument document) => (document.GetData(Key) as int? ?? 0) < Most;

    public static void Count(MarkdownDocument document) => document.SetData(Key, (document.GetData(Key) as int? ?? 0) + 1);

    /// <summary>The place of a mark, or -1 where there is none or no search is left.</summary>
    public static int Find(MarkdownDocument document, string text, string mark, int from)
    {
        if (!AreAllowed(document))
        {
            return -1;
        }

        int at = text.IndexOf(mark, from, StringComparison.Ordinal);
        if (at < 0)
        {
            Count(document);
        }

        return at;
    }
}
