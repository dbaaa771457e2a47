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
using Markdig.Renderers.Html.Inlines;
using Syndication.Content.Hugo;
using Syndication.Content.Kramdown;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>What of a site's configuration changes how its Markdown is read.</summary>
internal readonly record struct DialectOptions(SiteKind Kind, GoldmarkOptions Goldmark, KramdownOptions Kramdown)
{
    public static DialectOptions Of(SiteDefinition site)
    {
        DataMap? kramdown = site.Kind == SiteKind.Jekyll ? site.Configuration.Get("kramdown") as DataMap : null;
        return new(site.Kind, site.Kind == SiteKind.Hugo ? GoldmarkOptions.Of(site.Configuration) : default, KramdownOptions.Of(kramdown));
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
        if (options.Kind == SiteKind.Hugo)
        {
            AddGoldmark(builder, options.Goldmark);
        }
        else
        {
            AddCommon(builder, options.Kind);
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

        bool isHugo = _options.Kind == SiteKind.Hugo;
        BodyTree tree = new(Markdown.Parse(markdown, _pipeline), withDashes: isHugo && _options.Goldmark.Typographer)
        {
            HidesHtml = HiddenHtml.IsIn(markdown),
        };
        AttributeApplication.Apply(tree.AttributeBlocks, tree.AttributeInlines);
        if (!isHugo)
        {
            HeadingIds.Assign(tree.Headings);
        }
        else if (_options.Goldmark.HeadingIds)
        {
            GoldmarkHeadingIds.Assign(tree.Headings, markdown, _options.Goldmark.HeadingIdKind);
        }

        TableOfContents.Insert(tree.Lists, tree.Headings);
        return tree;
    }

    private BodyTree ParseKramdown(string markdown)
    {
        BodyTree tree = new(KramdownParser.Parse(markdown, _options.Kramdown, out KramdownOptions options), withDashes: false);
        if (options.AutoIds)
        {
            HeadingIds.Assign(tree.Headings, options.AutoIdPrefix, options.IsGfm ? HeadingIds.Form : HeadingIds.PlainForm);
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

    /// <summary>Text as HTML with typographic quotes, dashes and dots in place of those typed: its HTML and entities stay, all other marks are text.</summary>
    public string Polished(string text)
    {
        using StringWriter writer = new();
        Renderer(writer, "").WriteChildren(KramdownParser.Polish(text, _options.Kramdown));
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
            renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new NumberedCodeRenderer(_options.Goldmark.Numbers));
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new HtmlTableRenderer());
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlDefinitionListRenderer>(new GoldmarkDefinitionListRenderer());
            if (!_options.Goldmark.RawHtml)
            {
                renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new OmittedHtmlBlockRenderer());
                renderer.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new OmittedHtmlInlineRenderer());
            }
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
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new KramdownTableRenderer());
            renderer.ObjectRenderers.Insert(0, new TextParagraphRenderer());
            renderer.ObjectRenderers.Insert(0, new HtmlElementRenderer());
            renderer.ObjectRenderers.Insert(0, new HtmlSpanRenderer());
        }

        return renderer;
    }

    /// <summary>What Jekyll's and a bare folder's Markdown have in common; of the former only fragments are read this way.</summary>
    private static void AddCommon(MarkdownPipelineBuilder builder, SiteKind kind)
    {
        if (kind == SiteKind.Jekyll)
        {
            builder.UseAbbreviations();
        }
        else
        {
            builder.UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = false });
        }

        builder.UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseFootnotes().UseDefinitionLists().UseTaskLists();
        builder.UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = true });
        builder.BlockParsers.Insert(0, new DefinitionListParser { OpeningCharacters = [':'] });
        builder.BlockParsers.Insert(0, new AttributeListBlockParser());
        builder.InlineParsers.Insert(0, new AttributeListInlineParser());
        foreach (IAttributesParseable parser in builder.BlockParsers.OfType<IAttributesParseable>())
        {
            parser.TryParseAttributes = HeadingAttributes.TryRead;
        }
    }

    private static void AddGoldmark(MarkdownPipelineBuilder builder, GoldmarkOptions options)
    {
        void add(bool isOn, Action use)
        {
            if (isOn)
            {
                use();
            }
        }

        add(options.Linkify, () => builder.InlineParsers.Insert(0, new GoldmarkLinkInlineParser()));
        add(options.Strikethrough, () => builder.UseEmphasisExtras(EmphasisExtraOptions.Strikethrough));
        add(options.Footnotes, () => builder.UseFootnotes());
        add(options.TaskLists, () => builder.UseTaskLists());
        add(options.HardWraps, () => builder.UseSoftlineBreakAsHardlineBreak());
        add(options.Tables, () => builder.BlockParsers.Replace<ParagraphBlockParser>(new GoldmarkParagraphParser()));
        add(options.DefinitionLists, () => builder.BlockParsers.Insert(0, new GoldmarkDefinitionListParser()));
        add(options.BlockAttributes, () => builder.BlockParsers.Insert(0, new GoldmarkAttributeBlockParser()));
        add(options.Emoji, () => builder.InlineParsers.Add(new GoldmarkEmojiInlineParser()));
        add(options.Typographer, () => builder.InlineParsers.Add(new GoldmarkTypographyInlineParser()));
        if (options.HeadingAttributes && builder.BlockParsers.Find<HeadingBlockParser>() is HeadingBlockParser headings)
        {
            headings.TryParseAttributes = GoldmarkAttributes.TryReadHeading;
        }
    }
}
