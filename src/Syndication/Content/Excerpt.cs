using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>Which blocks of a body are its excerpt, by the rules of the site's generator.</summary>
internal static class Excerpt
{
    /// <summary>Jekyll's own separator: the first blank line.</summary>
    public const string BlankLine = "\n\n";

    /// <summary>Words of Hugo's automatic summary, where its configuration says nothing.</summary>
    private const int SummaryWords = 70;

    /// <summary>The first blocks of the body, as many as the excerpt has; none where the post is to have no excerpt.</summary>
    public static IReadOnlyList<Block> Of(MarkdownDocument document, string source, Post post, SiteDefinition site)
    {
        List<Block> shown = [.. Shown(document)];
        if (post.ExcerptSeparator.Length == 0)
        {
            return [];
        }

        if (post.ExcerptSeparator == BlankLine)
        {
            return shown.Count == 0 ? [] : shown[..1];
        }

        int end = source.IndexOf(post.ExcerptSeparator, StringComparison.Ordinal);
        if (end >= 0)
        {
            return [.. shown.TakeWhile(b => b.Span.Start < end)];
        }

        return site.Kind == SiteKind.Hugo ? Automatic(shown, site) : shown;
    }

    /// <summary>The blocks that stand in the text itself.</summary>
    public static IReadOnlyList<Block> Shown(MarkdownDocument document) =>
        [.. document.Where(b => b is not (LinkReferenceDefinitionGroup or Abbreviation or FootnoteGroup))];

    /// <summary>Whether the body begins with code, which is not cut at a blank line.</summary>
    public static bool IsCode(MarkdownDocument document) => Shown(document) is [CodeBlock, ..];

    private static List<Block> Automatic(List<Block> blocks, SiteDefinition site)
    {
        int wanted = site.Configuration.Get("summaryLength") is long length and > 0 ? (int)Math.Min(length, 10_000) : SummaryWords;
        List<Block> taken = [];
        int words = 0;
        foreach (Block block in blocks)
        {
            if (words >= wanted)
            {
                break;
            }

            taken.Add(block);
            TextLayout layout = new();
            new MarkdownText(layout, showTargets: false).Write(block);
            words += layout.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        }

        return taken;
    }
}
