using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Syndication.Content.Hugo;
using Syndication.Content.Kramdown;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>What of a site's configuration changes how its Markdown is read.</summary>
internal readonly record struct DialectOptions(SiteKind Kind, bool Typography, KramdownOptions Kramdown, CodeNumbers Numbers = default)
{
    public static DialectOptions Of(SiteDefinition site)
    {
        DataMap? kramdown = site.Kind == SiteKind.Jekyll ? site.Configuration.Get("kramdown") as DataMap : null;
        bool isHugo = site.Kind == SiteKind.Hugo;
        return new(site.Kind, isHugo && HasTypographer(site.Configuration), KramdownOptions.Of(kramdown), isHugo ? NumbersOf(site.Configuration) : default);
    }

    private static bool HasTypographer(DataMap configuration)
    {
        object? value = Within(configuration, "markup", "goldmark", "extensions", "typographer");
        return value is not false && (value as DataMap)?.Get("disable") is not true;
    }

    private static CodeNumbers NumbersOf(DataMap configuration)
    {
        DataMap? highlight = Within(configuration, "markup", "highlight") as DataMap;
        return new CodeNumbers(highlight?.Get("lineNos") is true or "table" or "inline", highlight?.Get("lineNumbersInTable") is not false);
    }

    private static object? Within(DataMap configuration, params ReadOnlySpan<string> keys)
    {
        object? value = configuration;
        foreach (string key in keys)
        {
            value = (value as DataMap)?.Get(key);
        }

        return value;
    }
}

/// <summary>
/// Markdown as one generator reads it: kramdown with GFM input, Goldmark, or CommonMark with attribute lists for a bare folder.
/// Built once for each set of options; for any number of threads.
/// </summary>
internal sealed class MarkdownDialect
{
    /// <summary>Deepest nesting of quotes, lists and spans; deeper text is shown as it was written.</summary>
    private const int Deepest = 100;

    private readonly DialectOptions _options;
    private readonly MarkdownPipeline _pipeline;

    public MarkdownDialect(DialectOptions options)
    {
        _options = options;
        MarkdownPipelineBuilder builder = new() { MaximumNestingDepth = Deepest };
        if (options.Kind == SiteKind.Jekyll)
        {
            builder.UseAbbreviations();
        }
        else if (options.Kind == SiteKind.Hugo)
        {
            builder.InlineParsers.Insert(0, new GoldmarkLinkInlineParser());
        }
        else
        {
            builder.UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = false });
        }

        builder.UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseFootnotes().UseDefinitionLists().UseTaskLists();
        builder.UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = true });
        builder.BlockParsers.Insert(0, new DefinitionListParser { OpeningCharacters = [':'] });
        if (options.Kind != SiteKind.Hugo)
        {
            builder.BlockParsers.Insert(0, new AttributeListBlockParser());
            builder.InlineParsers.Insert(0, new AttributeListInlineParser());
        }

        if (options.Typography)
        {
            builder.InlineParsers.Add(new GoldmarkTypographyInlineParser());
        }

        foreach (IAttributesParseable parser in builder.BlockParsers.OfType<IAttributesParseable>())
        {
            parser.TryParseAttributes = HeadingAttributes.TryRead;
        }

        _pipeline = builder.Build();
    }

    /// <exception cref="ArgumentException">The text is nested too deeply.</exception>
    public BodyTree Parse(string markdown)
    {
        if (_options.Kind == SiteKind.Jekyll)
        {
            return ParseKramdown(markdown);
        }

        BodyTree tree = new(Markdown.Parse(markdown, _pipeline), withDashes: _options.Typography);
        AttributeApplication.Apply(tree.AttributeBlocks, tree.AttributeInlines);
        HeadingIds.Assign(tree.Headings);
        TableOfContents.Insert(tree.Lists, tree.Headings);
        return tree;
    }

    private BodyTree ParseKramdown(string markdown)
    {
        BodyTree tree = new(KramdownParser.Parse(markdown, _options.Kramdown, out KramdownOptions options), withDashes: false);
        if (options.AutoIds)
        {
            HeadingIds.Assign(tree.Headings, options.AutoIdPrefix);
        }

        FootnotePlace.Move(tree.Document, tree.Lists);
        TableOfContents.Insert(tree.Lists, tree.Headings, options.FirstTocLevel, options.LastTocLevel);
        return tree;
    }

    /// <summary>A piece of Markdown as HTML, for a place within other markup: one paragraph without its tags. Its links are left as they are.</summary>
    public string Fragment(string markdown)
    {
        string html = Html(markdown).Trim();
        bool isOneParagraph = html.StartsWith("<p>", StringComparison.Ordinal) && html.IndexOf("</p>", StringComparison.Ordinal) == html.Length - 4;
        return isOneParagraph ? html[3..^4] : html;
    }

    /// <summary>Markdown as HTML whose links are left as they are and which is not cleaned.</summary>
    public string Html(string markdown)
    {
        using StringWriter writer = new();
        Renderer(writer, "").Render(Parse(markdown).Document);
        return writer.ToString();
    }

    /// <param name="writer">Where the HTML goes.</param>
    /// <param name="page">The post's absolute address, which footnotes lead to.</param>
    public HtmlRenderer Renderer(TextWriter writer, string page)
    {
        bool isJekyll = _options.Kind == SiteKind.Jekyll;
        bool isHugo = _options.Kind == SiteKind.Hugo;
        HtmlRenderer renderer = new(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteGroupRenderer>(new FootnotesRenderer(!isJekyll));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteLinkRenderer>(
            isHugo ? new GoldmarkFootnoteLinkRenderer(page) : new FootnoteLinkRenderer(page, !isJekyll));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineRenderer(_options.Kramdown.HasMathEngine));
        renderer.ObjectRenderers.Insert(0, new MathBlockRenderer(_options.Kramdown.HasMathEngine));
        if (isHugo)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new NumberedCodeRenderer(_options.Numbers));
        }

        if (_options.Kramdown.FirstCodeLine is int first)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new RougeCodeRenderer(first));
        }

        if (_options.Kind == SiteKind.Jekyll)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<ListRenderer>(new KramdownListRenderer());
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlDefinitionListRenderer>(new KramdownDefinitionListRenderer());
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new RawHtmlRenderer());
            renderer.ObjectRenderers.Insert(0, new TextParagraphRenderer());
            renderer.ObjectRenderers.Insert(0, new HtmlElementRenderer());
            renderer.ObjectRenderers.Insert(0, new HtmlSpanRenderer());
        }

        return renderer;
    }
}
