using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class PermalinkTests
{
    private static readonly DateTimeOffset Date = new(2021, 1, 3, 4, 5, 6, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("date", "/news/2021/01/03/title.html")]
    [InlineData("pretty", "/news/2021/01/03/title/")]
    [InlineData("ordinal", "/news/2021/003/title.html")]
    [InlineData("weekdate", "/news/2021/W53/Sun/title.html")]
    [InlineData("none", "/news/title.html")]
    [InlineData(null, "/news/2021/01/03/title.html")]
    [InlineData("/b/:short_year/:i_month/:i_day/:short_month/:long_month/:long_day/", "/b/21/1/3/Jan/January/Sunday/")]
    [InlineData(":w_year-:week-:w_day/:hour:minute:second", "/2020-53-7/040506")]
    [InlineData("/:year_:month_x", "/2021_01_x")]
    [InlineData("a//b/../c/./d", "/a/b/c/d")]
    [InlineData("/no-tokens.html", "/no-tokens.html")]
    public void StylesAndTemplatesAreExpanded(string? style, string path)
    {
        string template = Permalink.Template(style);

        // An underscore that is not part of a token belongs to the text, but only the last one is tried.
        string? expanded = Permalink.Expand(template.Replace("_x", "_", StringComparison.Ordinal), Token, out _);

        Assert.Equal(path.Replace("_x", "_", StringComparison.Ordinal), expanded);
    }

    [Fact]
    public void AnUnknownTokenIsNamed()
    {
        Assert.Null(Permalink.Expand("/:year/:titel/", Token, out string unknown));
        Assert.Equal(":titel", unknown);
    }

    [Fact]
    public void ValuesAreEscapedAndTextIsNot() =>
        Assert.Equal("/ä b/%C3%A4%20b/", Permalink.Expand("/ä b/:x/", _ => "ä b", out _));

    private static string? Token(string name) => Permalink.DateToken(name, Date) ?? name switch
    {
        "title" => "title",
        "categories" => "news",
        "output_ext" => ".html",
        _ => null,
    };
}
