using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Syndication.Content.Hugo;
using Syndication.Content.Kramdown;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>What of a site's configuration changes how its Markdown is read.</summary>
internal readonly record struct DialectOptions(SiteKind Kind, bool HeadingIds, bool Typography, bool HardWrap)
{
    public static DialectOptions Of(SiteDefinition site)
    {
        DataMap? kramdown = site.Configuration.Get("kramdown") as DataMap;
        return site.Kind switch
        {
            SiteKind.Jekyll => new(site.Kind, kramdown?.Get("auto_ids") is not false, Typography: true, kramdown?.Get("hard_wrap") is true),
            SiteKind.Hugo => new(site.Kind, HeadingIds: true, HasTypographer(site.Configuration), HardWrap: false),
            _ => new(site.Kind, HeadingIds: true, Typography: false, HardWrap: false),
        };
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
        if (options.Kind == SiteKind.Jekyll)
        {
            AddKramdown(builder);
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
        builder.UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = options.Kind != SiteKind.Jekyll });
        builder.BlockParsers.Insert(0, new DefinitionListParser { OpeningCharacters = [':'] });
        if (options.Kind != SiteKind.Hugo)
        {
            builder.BlockParsers.Insert(0, new AttributeListBlockParser());
            builder.InlineParsers.Insert(0, new AttributeListInlineParser());
        }

        if (options.Typography)
        {
            builder.InlineParsers.Add(options.Kind == SiteKind.Hugo ? new GoldmarkTypographyInlineParser() : new TypographyInlineParser());
        }

        if (options.HardWrap)
        {
            builder.UseSoftlineBreakAsHardlineBreak();
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
        BodyTree tree = new(Markdown.Parse(markdown, _pipeline), withDashes: _options.Typography);
        AttributeApplication.Apply(tree.AttributeBlocks, tree.AttributeInlines);
        if (_options.HeadingIds)
        {
            HeadingIds.Assign(tree.Headings);
        }

        if (_options.Kind == SiteKind.Jekyll)
        {
            ItemParagraphs.Decide(tree.Lists, markdown);
        }

        TableOfContents.Insert(tree.Lists, tree.Headings);
        return tree;
    }

    public HtmlRenderer Renderer(TextWriter writer, LinkTargets targets)
    {
        HtmlRenderer renderer = new(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteGroupRenderer>(new FootnotesRenderer(withRule: _options.Kind == SiteKind.Hugo));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlFootnoteLinkRenderer>(new FootnoteLinkRenderer(targets.Page));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineRenderer());
        renderer.ObjectRenderers.Insert(0, new MathBlockRenderer());
        if (_options.Kind == SiteKind.Jekyll)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<ListRenderer>(new KramdownListRenderer());
        }

        return renderer;
    }

    private static void AddKramdown(MarkdownPipelineBuilder builder)
    {
        builder.UseAbbreviations();
        KramdownEmphasisInlineParser emphasis = new();
        emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor('~', 2, 2, enableWithinWord: true));
        builder.InlineParsers.Replace<EmphasisInlineParser>(emphasis);
        builder.BlockParsers.Replace<HtmlBlockParser>(new KramdownHtmlBlockParser());
        builder.BlockParsers.Insert(0, new MathBlockParser());
        builder.BlockParsers.Insert(0, new EndOfBlockParser());
        builder.BlockParsers.Insert(0, new ExtensionBlockParser());
        builder.InlineParsers.Insert(0, new DollarMathInlineParser());
    }
}
