namespace Syndication.Tests.Content.Hugo;

public sealed class GoldmarkTypographyInlineParserTests
{
    private static string Text(string body) => System.Net.WebUtility.HtmlDecode(Rendering.Line(Rendering.Hugo(body).Html)[3..^4]);

    [Theory]
    [InlineData("'abc' \"x\" it's", "\u2018abc\u2019 \u201Cx\u201D it\u2019s")]
    [InlineData("'tis rock 'n' roll", "\u2019tis rock \u2019n\u2019 roll")]
    [InlineData("the '90s and '90", "the \u201990s and \u201890")]
    [InlineData("Smiths' doin' it", "Smiths\u2019 doin\u2019 it")]
    [InlineData("6'2\" 3'4 7' 8\" x", "6'2\" 3'4 7\u2019 8\" x")]
    [InlineData("\"\" 21\"\" x", "\"\" 21\"\" x")]
    [InlineData("a -- b --- c ...", "a \u2013 b \u2014 c \u2026")]
    [InlineData("a \\-- b \\'x\\'", "a -- b 'x'")]
    public void SignsAreReadAsGoldmarkReadsThem(string body, string text) => Assert.Equal(text, Text(body));
}
