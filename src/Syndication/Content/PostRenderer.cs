using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Syndication.Content.Hugo;
using Syndication.Content.Hugo.Templates;
using Syndication.Content.Liquid;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>
/// Renders a post's body: source, then Liquid or shortcodes, then one Markdown tree, from which HTML, text and excerpt come.
/// Never throws for what a post says, and never leaves a body out: what cannot be rendered is shown as it was written, with a
/// problem. For any number of threads.
/// </summary>
internal sealed class PostRenderer
{
    /// <summary>
    /// Changes whenever the same post could come out otherwise, which is when this program or what it renders with was built anew;
    /// part of the key of everything that is cached.
    /// </summary>
    public static string Version { get; } = string.Join(' ', new[]
    {
        typeof(PostRenderer), typeof(Markdig.Markdown), typeof(Fluid.FluidParser), typeof(Ganss.Xss.HtmlSanitizer), typeof(AngleSharp.IBrowsingContext),
    }.Select(type => type.Module.ModuleVersionId));

    private readonly ConcurrentDictionary<DialectOptions, MarkdownDialect> _dialects = new();
    private readonly HtmlCleaner _cleaner = new();
    private readonly LiquidRenderer _liquid = new();
    private readonly GoTemplates _templates = new();

    /// <summary>Renders a post by itself; see the other overload.</summary>
    public RenderedPost Render(Post post, PostCatalog catalog) => Render(post, catalog.Site, new BodyReads(new Surroundings(catalog)));

    /// <param name="post">The post.</param>
    /// <param name="site">The site.</param>
    /// <param name="reads">Everything that the body reads beyond its own file, it reads through this.</param>
    public RenderedPost Render(Post post, SiteDefinition site, BodyReads reads)
    {
        List<Problem> problems = [];
        string source = post.Body;
        try
        {
            source = Expand(post, site, reads, problems);
            if (post.Markup == PostMarkup.Markdown && BodyCost.Excess(source) is string excess)
            {
                problems.Add(Problem.Warning(post.Path, post.BodyLine, $"{excess}; the body is shown as it is"));
                return Unread(source, problems);
            }

            return Rendered(post, site, reads, source, problems);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a parser makes of hostile text, the post is shown.
            problems.Add(Problem.Warning(post.Path, post.BodyLine, $"{BodyCost.Reason(e)}; the body is shown as it is"));
            return Unread(source, problems);
        }
    }

    private MarkdownDialect DialectOf(SiteDefinition site) => _dialects.GetOrAdd(DialectOptions.Of(site), options => new MarkdownDialect(options));

    private string Expand(Post post, SiteDefinition site, BodyReads reads, List<Problem> problems) => site.Kind switch
    {
        SiteKind.Jekyll => _liquid.Render(post, site, reads, DialectOf(site), problems),
        SiteKind.Hugo => new Shortcodes(post, site, reads, DialectOf(site), _templates, problems).Expand(post.Body),
        _ => post.Body,
    };

    private RenderedPost Rendered(Post post, SiteDefinition site, BodyReads reads, string source, List<Problem> problems)
    {
        LinkTargets targets = new(post, site, reads);
        string? excerpt = post.Excerpt is { Length: > 0 } written ? written : ExcerptSource(post, site, reads);
        (string html, string text, string excerptHtml, string excerptText) = post.Markup == PostMarkup.Html
            ? RenderHtml(post, source, excerpt, targets, problems)
            : RenderMarkdown(post, site, source, excerpt, targets, problems);
        if (post.Markup == PostMarkup.Markdown && string.IsNullOrWhiteSpace(html) && new TagScanner(source).Next(out _))
        {
            // A Hugo site that leaves raw HTML out, and a post that is nothing else.
            (html, text, excerptHtml, excerptText) = RenderHtml(post, source, excerpt, targets, problems);
        }

        if (problems.Count > 0 && string.IsNullOrWhiteSpace(html))
        {
            return Unread(post.Body, problems);
        }

        if (string.IsNullOrWhiteSpace(html) && new TagScanner(source).Next(out _))
        {
            // All of it is scripts or forms: the page is where they work.
            html = $"<p>{ElsewhereLink.Html(targets.Page, null, post.Title)}</p>\n";
            text = targets.Page;
        }

        return new RenderedPost(
            PlainCharacters.Of(html),
            PlainCharacters.Of(text),
            PlainCharacters.Of(excerptHtml),
            PlainCharacters.Of(OnOneLine(excerptText)),
            targets.LocalFiles,
            [.. problems]);
    }

    /// <summary>What a Jekyll site's post shows as its excerpt, with its Liquid filled in; null where the blocks of the body say it.</summary>
    private string? ExcerptSource(Post post, SiteDefinition site, BodyReads reads)
    {
        if (site.Kind != SiteKind.Jekyll || post.ExcerptSeparator.Length == 0)
        {
            return null;
        }

        // What is wrong with its Liquid was said of the body already.
        Post head = post with { Body = JekyllExcerpt.Of(post.Body, post.ExcerptSeparator) };
        string source = _liquid.Render(head, site, reads, DialectOf(site), []);
        return BodyCost.Excess(source) is null ? source : null;
    }

    private (string Html, string Text, string ExcerptHtml, string ExcerptText) RenderMarkdown(
        Post post, SiteDefinition site, string source, string? excerptSource, LinkTargets targets, List<Problem> problems)
    {
        MarkdownDialect dialect = DialectOf(site);
        BodyTree tree = dialect.Parse(source);
        tree.Resolve(targets);
        BodyWriter writer = new(dialect, _cleaner, targets);
        TextLayout text = new();
        string html = writer.Write(tree, tree.Document, text, showTargets: true);

        string excerptHtml = "";
        TextLayout excerptText = new(isOneLine: true);
        bool isWritten = post.Excerpt is { Length: > 0 };
        if (excerptSource is not null && (isWritten || !Excerpt.IsCode(tree.Document)))
        {
            BodyTree excerptTree = dialect.Parse(excerptSource);
            excerptTree.Resolve(targets);
            excerptHtml = writer.Write(excerptTree, Excerpt.Shown(excerptTree.Document), excerptText, showTargets: false);
        }

        if (!isWritten && string.IsNullOrWhiteSpace(excerptText.ToString()))
        {
            excerptText = new(isOneLine: true);
            excerptHtml = writer.Write(tree, Excerpt.Of(tree.Document, source, post, site), excerptText, showTargets: false);
        }

        if (writer.FoundTooDeep)
        {
            problems.Add(TooDeep(post));
        }

        return (html, text.ToString(), excerptHtml, excerptText.ToString());
    }

    private (string Html, string Text, string ExcerptHtml, string ExcerptText) RenderHtml(
        Post post, string source, string? excerptSource, LinkTargets targets, List<Problem> problems)
    {
        TextLayout text = new();
        string html = _cleaner.Clean(HiddenHtml.Show(source), targets, new HtmlText(text, showTargets: true), out bool tooDeep);
        int end = post.ExcerptSeparator.Length == 0 ? 0 : source.TrimStart().IndexOf(post.ExcerptSeparator, StringComparison.Ordinal);
        string excerpt = excerptSource ?? (end < 0 ? source : source.TrimStart()[..end]);
        TextLayout excerptText = new(isOneLine: true);
        string excerptHtml = _cleaner.Clean(HiddenHtml.Show(excerpt), targets, new HtmlText(excerptText, showTargets: false), out _);
        if (tooDeep)
        {
            problems.Add(TooDeep(post));
        }

        return (html, text.ToString(), excerptHtml, excerptText.ToString());
    }

    private static Problem TooDeep(Post post) =>
        Problem.Warning(post.Path, post.BodyLine, "the body has HTML that is nested too deeply or too long to be cleaned, shown as its text");

    private static RenderedPost Unread(string source, List<Problem> problems)
    {
        string text = PlainCharacters.Of(source);
        ImmutableArray<string> paragraphs = [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        string html = string.Concat(paragraphs.Select(p => $"<p>{WebUtility.HtmlEncode(p)}</p>\n"));
        string first = paragraphs.IsEmpty ? "" : paragraphs[0];
        return new RenderedPost(html, text, $"<p>{WebUtility.HtmlEncode(first)}</p>\n", OnOneLine(first), [], [.. problems]);
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
