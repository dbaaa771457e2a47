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
internal readonly record struct DialectOptions(SiteKind Kind, bool Typography, KramdownOptions Kramdown)
{
    public static DialectOptions Of(SiteDefinition site)
    {
        DataMap? kramdown = site.Kind == SiteKind.Jekyll ? site.Configuration.Get("kramdown") as DataMap : null;
        return new(site.Kind, site.Kind == SiteKind.Hugo && HasTypographer(site.Configuration), KramdownOptions.Of(kramdown));
    }

    private static bool HasTypographer(DataMap configuration)
    {
        object? value = configuration;
        foreach (string key in (string[])["markup", "goldmark", "extensions", "typographer"])
        {
            value = (value as DataMap)?.Get(key);
        }

        return value is not false && (value as DataMap)?.Get("disable") is not true;
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
        builder.UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = false });
        if (options.Kind == SiteKind.Jekyll)
        {
            builder.UseAbbreviations();
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

    public HtmlRenderer Renderer(TextWriter writer, LinkTargets targets)
    {
        bool isHugo = _options.Kind != SiteKind.Jekyll;
        HtmlRenderer renderer = new(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteGroupRenderer>(new FootnotesRenderer(isHugo));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteLinkRenderer>(new FootnoteLinkRenderer(targets.Page, isHugo));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineRenderer());
        renderer.ObjectRenderers.Insert(0, new MathBlockRenderer());
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
