using System.Globalization;
using Syndication.Site;

namespace Syndication.Content.Kramdown;

/// <summary>kramdown's options that change what a post says; a body may set them with {::options}.</summary>
internal sealed record KramdownOptions
{
    /// <summary>Whether what GitHub adds is read: fences of backticks, struck text, boxes in lists; else kramdown's own Markdown alone.</summary>
    public bool IsGfm { get; private init; } = true;

    /// <summary>Whether headings, lists, quotes and fences end a paragraph without a blank line.</summary>
    public bool EndsParagraphs { get; private init; } = true;

    public bool ParseBlockHtml { get; private set; }

    public bool ParseSpanHtml { get; private set; } = true;

    public bool AutoIds { get; private set; } = true;

    public string AutoIdPrefix { get; private set; } = "";

    public bool HardWrap { get; private set; }

    /// <summary>Added to the level of every heading.</summary>
    public int HeaderOffset { get; private set; }

    public string FootnotePrefix { get; private set; } = "";

    /// <summary>What leads back from a footnote; empty = nothing does.</summary>
    public string FootnoteBacklink { get; private set; } = "\u21A9";

    /// <summary>The number of the first footnote.</summary>
    public int FootnoteStart { get; private set; } = 1;

    /// <summary>Levels of the headings that a table of contents shows.</summary>
    public int FirstTocLevel { get; private set; } = 1;

    public int LastTocLevel { get; private set; } = 6;

    public TypographicSymbols Symbols { get; private set; } = new();

    /// <summary>Whether formulas are left to MathJax; else they stand between dollars.</summary>
    public bool HasMathEngine { get; private set; } = true;

    /// <summary>The number of the first line of code, unless its language is unknown; null where lines have none.</summary>
    public int? FirstCodeLine { get; private set; }

    public static KramdownOptions Of(DataMap? configuration)
    {
        if (configuration is null)
        {
            return new KramdownOptions();
        }

        bool isGfm = !"kramdown".Equals(configuration.Get("input") as string, StringComparison.OrdinalIgnoreCase);
        KramdownOptions options = new()
        {
            IsGfm = isGfm,
            EndsParagraphs = isGfm && (!configuration.ContainsKey("gfm_quirks") || Listed(configuration.Get("gfm_quirks")).Contains("paragraph_end")),
            HasMathEngine = !configuration.ContainsKey("math_engine") || configuration.Get("math_engine") is not (null or false),
        };
        foreach (string key in Keys)
        {
            if (configuration.Get(key) is object value)
            {
                options.Set(key, value is IReadOnlyList<object?> list ? string.Join(',', list) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }

        options.Symbols = configuration.Get("typographic_symbols") is DataMap symbols ? options.Symbols.With(symbols) : options.Symbols;
        if (configuration.Get("syntax_highlighter_opts") is DataMap code && configuration.Get("syntax_highlighter") is null or "rouge")
        {
            DataMap block = code.Get("block") as DataMap ?? DataMap.Empty;
            object? Option(string key) => block.Get(key) ?? code.Get(key);
            options.FirstCodeLine = Option("line_numbers") is true && Option("disable") is not true ? (int)(Option("start_line") as long? ?? 1) : null;
        }

        return options;
    }

    private static IEnumerable<string> Listed(object? value) =>
        value is IReadOnlyList<object?> list ? list.OfType<string>() : (value as string ?? "").Split(',', StringSplitOptions.TrimEntries);

    private static readonly string[] Keys =
    [
        "parse_block_html", "parse_span_html", "auto_ids", "auto_id_prefix", "hard_wrap", "header_offset", "footnote_prefix", "footnote_backlink",
        "footnote_nr", "toc_levels", "smart_quotes",
    ];

    /// <summary>Sets what kramdown calls by this name; other options and values that are none are passed over.</summary>
    public void Set(string key, string value)
    {
        bool isOn = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        switch (key)
        {
            case "parse_block_html":
                ParseBlockHtml = isOn;
                break;
            case "parse_span_html":
                ParseSpanHtml = isOn;
                break;
            case "auto_ids":
                AutoIds = isOn;
                break;
            case "auto_id_prefix":
                AutoIdPrefix = value;
                break;
            case "hard_wrap":
                HardWrap = isOn;
                break;
            case "header_offset" when int.TryParse(value, CultureInfo.InvariantCulture, out int offset):
                HeaderOffset = Math.Clamp(offset, -5, 5);
                break;
            case "footnote_prefix":
                FootnotePrefix = value;
                break;
            case "footnote_backlink":
                FootnoteBacklink = KramdownTag.Decode(value);
                break;
            case "footnote_nr" when int.TryParse(value, CultureInfo.InvariantCulture, out int first):
                FootnoteStart = first;
                break;
            case "smart_quotes":
                Symbols = Symbols.WithQuotes(value);
                break;
            case "toc_levels":
                SetTocLevels(value);
                break;
            default:
                break;
        }
    }

    private void SetTocLevels(string value)
    {
        string[] ends = value.Split("..");
        if (ends.Length == 1)
        {
            ends = value.Split(',');
        }

        if (int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1].TrimStart('.'), CultureInfo.InvariantCulture, out int last))
        {
            (FirstTocLevel, LastTocLevel) = (first, last);
        }
    }
}
