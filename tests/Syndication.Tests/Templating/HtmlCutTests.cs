using Syndication.Templating;

namespace Syndication.Tests.Templating;

public sealed class HtmlCutTests
{
    [Theory]
    [InlineData("<p>one</p><p>two</p>", 100, "<p>one</p><p>two</p>")]
    [InlineData("<p>one</p><p>two</p>", 15, "<p>one</p>")]
    [InlineData("<p>one</p><p>two</p>", 9, "")]
    [InlineData("<p>one</p>\n<h2>Next</h2>\n<p>two</p>", 26, "<p>one</p>")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", 24, "<ul><li>one</li></ul>")]
    [InlineData("<div><section><p>one</p><p>two</p></section></div>", 50, "<div><section><p>one</p><p>two</p></section></div>")]
    [InlineData("<div><section><p>one</p><p>two</p></section></div>", 49, "<div><section><p>one</p></section></div>")]
    [InlineData("<p>one</p><div><p>two and three</p></div><p>four</p>", 30, "<p>one</p>")]
    [InlineData("<table><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>", 60, "<table><tbody><tr><td>1</td></tr></tbody></table>")]
    [InlineData("<p>über</p><p>ü</p>", 12, "<p>über</p>")]
    [InlineData("<p>über</p><p>ü</p>", 11, "")]
    public void NoBlockIsBrokenOff(string html, int most, string expected) => Assert.Equal(expected, HtmlCut.First(html, most));
}
