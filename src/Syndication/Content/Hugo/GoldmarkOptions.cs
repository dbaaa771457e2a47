using Syndication.Site;

namespace Syndication.Content.Hugo;

/// <summary>How Goldmark makes an id of a heading's words (autoHeadingIDType).</summary>
internal enum HeadingIdKind
{
    GitHub,
    GitHubAscii,
    Blackfriday,
}

/// <summary>What a Hugo site's configuration says of its Markdown (markup.goldmark, markup.highlight, enableEmoji).</summary>
internal readonly record struct GoldmarkOptions
{
    /// <summary>HTML in a text is shown; else Hugo leaves it out.</summary>
    public bool RawHtml { get; init; }

    public bool HardWraps { get; init; }

    public bool Typographer { get; init; }

    public bool Linkify { get; init; }

    public bool Tables { get; init; }

    public bool Strikethrough { get; init; }

    public bool TaskLists { get; init; }

    public bool Footnotes { get; init; }

    public bool DefinitionLists { get; init; }

    /// <summary>A heading without an id of its own gets one from its words.</summary>
    public bool HeadingIds { get; init; }

    public HeadingIdKind HeadingIdKind { get; init; }

    /// <summary>A heading may end in {#id .class}.</summary>
    public bool HeadingAttributes { get; init; }

    /// <summary>A block may be followed by a line {#id .class}.</summary>
    public bool BlockAttributes { get; init; }

    public bool Emoji { get; init; }

    public CodeNumbers Numbers { get; init; }

    public static GoldmarkOptions Of(DataMap configuration)
    {
        DataMap goldmark = Below(Below(configuration, "markup"), "goldmark");
        DataMap extensions = Below(goldmark, "extensions");
        DataMap parser = Below(goldmark, "parser");
        DataMap attribute = Below(parser, "attribute");
        DataMap renderer = Below(goldmark, "renderer");
        return new GoldmarkOptions
        {
            RawHtml = renderer.Get("unsafe") is true,
            HardWraps = renderer.Get("hardWraps") is true,
            Typographer = IsOn(extensions, "typographer"),
            Linkify = IsOn(extensions, "linkify"),
            Tables = IsOn(extensions, "table"),
            Strikethrough = IsOn(extensions, "strikethrough"),
            TaskLists = IsOn(extensions, "taskList"),
            Footnotes = IsOn(extensions, "footnote"),
            DefinitionLists = IsOn(extensions, "definitionList"),
            HeadingIds = IsOn(parser, "autoHeadingID"),
            HeadingIdKind = (parser.Get("autoHeadingIDType") as string)?.ToLowerInvariant() switch
            {
                "github-ascii" => HeadingIdKind.GitHubAscii,
                "blackfriday" => HeadingIdKind.Blackfriday,
                _ => HeadingIdKind.GitHub,
            },
            HeadingAttributes = IsOn(attribute, "title"),
            BlockAttributes = attribute.Get("block") is true,
            Emoji = configuration.Get("enableEmoji") is true,
            Numbers = NumbersOf(Below(Below(configuration, "markup"), "highlight")),
        };
    }

    /// <summary>On unless it is false, or, as later versions write it, a mapping that disables it.</summary>
    private static bool IsOn(DataMap map, string key)
    {
        object? value = map.Get(key);
        return value is not false && (value as DataMap)?.Get("disable") is not true && (value as DataMap)?.Get("enable") is not false;
    }

    private static CodeNumbers NumbersOf(DataMap highlight) => new(
        highlight.Get("lineNos") is true or "table" or "inline", highlight.Get("lineNumbersInTable") is not false, highlight.Get("codeFences") is false);

    private static DataMap Below(DataMap map, string key) => map.Get(key) as DataMap ?? DataMap.Empty;
}
