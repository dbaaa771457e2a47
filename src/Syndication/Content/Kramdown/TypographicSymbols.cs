using Syndication.Site;

namespace Syndication.Content.Kramdown;

/// <summary>What quotes, dashes and the like are written as: kramdown's options smart_quotes and typographic_symbols.</summary>
internal sealed record TypographicSymbols
{
    public string LeftSingle { get; init; } = "\u2018";

    public string RightSingle { get; init; } = "\u2019";

    public string LeftDouble { get; init; } = "\u201C";

    public string RightDouble { get; init; } = "\u201D";

    public string Ellipsis { get; init; } = "\u2026";

    public string EmDash { get; init; } = "\u2014";

    public string EnDash { get; init; } = "\u2013";

    public string LeftGuillemet { get; init; } = "\u00AB";

    public string RightGuillemet { get; init; } = "\u00BB";

    public string LeftGuillemetSpace { get; init; } = "\u00AB\u00A0";

    public string RightGuillemetSpace { get; init; } = "\u00A0\u00BB";

    /// <summary>What this site writes for a symbol, or for two quotes together; any other text is itself.</summary>
    public string Of(string symbol) => symbol switch
    {
        "\u2018" => LeftSingle,
        "\u2019" => RightSingle,
        "\u201C" => LeftDouble,
        "\u201D" => RightDouble,
        "\u2018\u201C" => LeftSingle + LeftDouble,
        "\u201C\u2018" => LeftDouble + LeftSingle,
        "\u2026" => Ellipsis,
        "\u2014" => EmDash,
        "\u2013" => EnDash,
        "\u00AB" => LeftGuillemet,
        "\u00BB" => RightGuillemet,
        "\u00AB\u00A0" => LeftGuillemetSpace,
        "\u00A0\u00BB" => RightGuillemetSpace,
        _ => symbol,
    };

    /// <param name="entities">Names or code points of left and right single, left and right double quote; passed over if they are not four.</param>
    public TypographicSymbols WithQuotes(string entities)
    {
        string[] quotes = [.. entities.Split(',', StringSplitOptions.TrimEntries).Select(Character)];
        return quotes is not [string leftSingle, string rightSingle, string leftDouble, string rightDouble]
            ? this
            : this with { LeftSingle = leftSingle, RightSingle = rightSingle, LeftDouble = leftDouble, RightDouble = rightDouble };
    }

    /// <param name="symbols">Texts by kramdown's names of the symbols; others are passed over.</param>
    public TypographicSymbols With(DataMap symbols)
    {
        string Text(string name, string otherwise) => symbols.Get(name)?.ToString() ?? otherwise;
        return this with
        {
            Ellipsis = Text("hellip", Ellipsis),
            EmDash = Text("mdash", EmDash),
            EnDash = Text("ndash", EnDash),
            LeftGuillemet = Text("laquo", LeftGuillemet),
            RightGuillemet = Text("raquo", RightGuillemet),
            LeftGuillemetSpace = Text("laquo_space", LeftGuillemetSpace),
            RightGuillemetSpace = Text("raquo_space", RightGuillemetSpace),
        };
    }

    private static string Character(string entity) => KramdownTag.Decode(int.TryParse(entity, out _) ? $"&#{entity};" : $"&{entity};");
}
