namespace Syndication.Tests.Content.Kramdown;

/// <summary>What kramdown reads otherwise than CommonMark; each result is the original's.</summary>
public sealed class KramdownParserTests
{
    private static string Html(string body) => Rendering.Line(Rendering.Jekyll(body).Html);

    [Theory]
    [InlineData("1. a\n\n   b\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>")]
    [InlineData("* a\n* b\n    * c\n    * d\n* e", "<ul><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ul>")]
    [InlineData("* a\n + b\n  - c", "<ul><li>a</li><li>b</li><li>c</li></ul>")]
    [InlineData("* a\nlazy\n* b", "<ul><li>alazy</li><li>b</li></ul>")]
    [InlineData("* a\n\n    b\n* c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>")]
    [InlineData("* a\n^\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>")]
    [InlineData("* > a\n* # b", "<ul><li><blockquote><p>a</p></blockquote></li><li><h1 id=\"b\">b</h1></li></ul>")]
    [InlineData("3. a\n4. b", "<ol><li>a</li><li>b</li></ol>")]
    [InlineData("text\n* a", "<p>text</p><ul><li>a</li></ul>")]
    public void AnItemsContentIsToldByItsColumn(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void BoxesInAListAreTasks()
    {
        string html = Html("- [ ] a\n- [x] b");

        Assert.Contains("class=\"task-list\"", html, StringComparison.Ordinal);
        Assert.Contains("checked=\"checked\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> a\nb\n> c", "<blockquote><p>abc</p></blockquote>")]
    [InlineData("> a\n\nb", "<blockquote><p>a</p></blockquote><p>b</p>")]
    [InlineData("> a\n{: .c}", "<blockquote class=\"c\"><p>a</p></blockquote>")]
    public void AQuoteGoesToTheNextBlankLine(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("a\n---", "<h2 id=\"a\">a</h2>")]
    [InlineData("b\na\n---", "<p>ba—</p>")]
    [InlineData("#a", "<p>#a</p>")]
    [InlineData("# a #", "<h1 id=\"a\">a</h1>")]
    [InlineData("# a#", "<h1 id=\"a\">a#</h1>")]
    [InlineData("text\n# a", "<p>text</p><h1 id=\"a\">a</h1>")]
    public void HeadingsNeedABlankLineOrASpace(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("    a\nb\n\n    c", "<pre><code>a b\n\nc</code></pre>")]
    [InlineData("~~~\na", "<p>~~~a</p>")]
    [InlineData("``` a b\nc\n```", "<p><code>a bc</code></p>")]
    [InlineData("~~~ ruby?x=1\na\n~~~", "<pre><code class=\"language-ruby\">a</code></pre>")]
    public void CodeIsFencedOrIndented(string body, string expected) =>
        Assert.Equal(expected.Replace("\n", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), Html(body).Replace("  ", " ", StringComparison.Ordinal));

    [Theory]
    [InlineData("a | b\n--|--\nc | d\n==|==\ne | f", "<tr><th>a</th><th>b</th></tr>", "<tr><td>e</td><td>f</td></tr>")]
    [InlineData("| a | `b|c` |", "<td>a</td><td><code>b|c</code></td>", "<tbody>")]
    [InlineData("| a \\| b |", "<td>a | b</td>", "<tr>")]
    [InlineData("|a|\n|b|c|", "<tr><td>a</td><td>&#160;</td></tr>", "<tr><td>b</td><td>c</td></tr>")]
    [InlineData("a|b\nc", "<p>a|bc</p>", "")]
    [InlineData("|---|", "<p>|—|</p>", "")]
    [InlineData("text\n|a|b|", "<p>text|a|b|</p>", "")]
    public void EveryLineOfATableHasABar(string body, string expected, string also)
    {
        string html = Html(body).Replace("\u00A0", "&#160;", StringComparison.Ordinal).Replace("&nbsp;", "&#160;", StringComparison.Ordinal);

        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Contains(also, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n: b\n: c", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>")]
    [InlineData("a\nb\n\n: c", "<dl><dt>a</dt><dt>b</dt><dd><p>c</p></dd></dl>")]
    [InlineData("a\n: b\n\n    c", "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>")]
    [InlineData("a\n: {:.x} b", "<dl><dt>a</dt><dd class=\"x\">b</dd></dl>")]
    public void TheParagraphBeforeAColonHoldsTheTerms(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("<div markdown=\"1\">\n*a*\n</div>", "<div><p><em>a</em></p></div>")]
    [InlineData("<div markdown=\"span\">*a*</div>", "<div><em>a</em></div>")]
    [InlineData("<p markdown=\"1\">*a*</p>", "<p><em>a</em></p>")]
    [InlineData("<div>\n*a*\n</div>\n*b*", "<div>*a*</div><p><em>b</em></p>")]
    [InlineData("<div><div markdown=\"1\">\n# a\n</div></div>", "<div><div><h1 id=\"a\">a</h1></div></div>")]
    [InlineData("{::options parse_block_html=\"true\" /}\n<div>\n*a*\n</div>", "<div><p><em>a</em></p></div>")]
    [InlineData("a <span class=\"x\">*b*</span>", "<p>a <span class=\"x\"><em>b</em></span></p>")]
    [InlineData("a <code>*b* &lt;</code>", "<p>a <code>*b* &lt;</code></p>")]
    [InlineData("a <div>b</div>", "<p>a &lt;div&gt;b&lt;/div&gt;</p>")]
    [InlineData("a </b> <b c", "<p>a &lt;/b&gt; &lt;b c</p>")]
    public void AnAttributeSaysHowHtmlIsRead(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>")]
    [InlineData("**a *b", "<p>**a *b</p>")]
    [InlineData("*a **b* c", "<p><em>a **b</em> c</p>")]
    [InlineData("**a b*", "<p><em>*a b</em></p>")]
    [InlineData("a * b * c", "<p>a * b * c</p>")]
    [InlineData("_a_b_", "<p><em>a_b</em></p>")]
    [InlineData("***a***", "<p><strong><em>a</em></strong></p>")]
    [InlineData("~~a~~ ~b~", "<p><del>a</del> ~b~</p>")]
    public void EmphasisIsReadFromItsBeginning(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("[a](http://x.example/(b))", "<a href=\"http://x.example/(b)\">a</a>")]
    [InlineData("[a](<http://x.example/> 'T')", "<a href=\"http://x.example/\" title=\"T\">a</a>")]
    [InlineData("[a]\n\n[a]: http://x.example/\n  \"T\"", "<a href=\"http://x.example/\" title=\"T\">a</a>")]
    [InlineData("[b c] [A]\n\n[a]: <http://x.example/>", "<a href=\"http://x.example/\">b c</a>")]
    [InlineData("[a]\n\n[a]: http://x.example/\n{:.c}", "<a href=\"http://x.example/\" class=\"c\">a</a>")]
    [InlineData("[a](http://x.example/?b=1&amp;c=2)", "<a href=\"http://x.example/?b=1&amp;c=2\">a</a>")]
    [InlineData("<mailto:a@x.example>", "<a href=\"mailto:a@x.example\">a@x.example</a>")]
    [InlineData("[![i](http://x.example/i.png)](http://x.example/)", "<a href=\"http://x.example/\"><img src=\"http://x.example/i.png\" alt=\"i\" /></a>")]
    [InlineData("[a] [b]", "<p>[a] [b]</p>")]
    public void LinksAreFound(string body, string expected) => Assert.Contains(expected, Html(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("a  \nb", "<p>a<br />b</p>")]
    [InlineData("a\\\\\nb", "<p>a<br />b</p>")]
    [InlineData("a\\\nb", "<p>a<br />b</p>")]
    [InlineData("a\nb", "<p>ab</p>")]
    public void LinesBreakWhereTheySay(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("$$a$$", "<div>\\[a\\]</div>")]
    [InlineData("b $$a$$", "<p>b \\(a\\)</p>")]
    [InlineData("\\$$a$$", "<p>\\(a\\)</p>")]
    public void MathematicsIsABlockWhereItStandsAlone(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void FootnotesAreNumberedAsTheTextComesToThem()
    {
        string html = Html("a[^b] c[^d] e[^b] f[^no]\n\n[^d]: D\n[^b]: B[^g]\n\n    More\n\n[^g]: G\n[^unused]: U");

        Assert.Contains("#fn:b\" class=\"footnote\" rel=\"footnote\">1</a>", html, StringComparison.Ordinal);
        Assert.Contains("#fn:d\" class=\"footnote\" rel=\"footnote\">2</a>", html, StringComparison.Ordinal);
        Assert.Contains("#fn:g\" class=\"footnote\" rel=\"footnote\">3</a>", html, StringComparison.Ordinal);
        Assert.Contains("#fnref:b:1\"", html, StringComparison.Ordinal);
        Assert.Contains("f[^no]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unused", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageMarkedStandaloneIsAFigure() => Assert.Equal(
        "<figure><img src=\"http://x.example/i.png\" alt=\"Words\" /><figcaption>Words</figcaption></figure>",
        Html("![Words](http://x.example/i.png){:standalone}"));

    [Fact]
    public void AListMarkedFootnotesIsWhereTheyStand()
    {
        string html = Html("a[^b]\n\n* x\n{:footnotes}\n\nend\n\n[^b]: B");

        Assert.EndsWith("<p>end</p>", html, StringComparison.Ordinal);
        Assert.Contains("<li id=\"fn:b\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* a **b ")]
    [InlineData("~~a ")]
    [InlineData("[a]( ")]
    [InlineData("![a")]
    [InlineData("<span>")]
    [InlineData("<div>\n")]
    [InlineData("<div markdown=\"1\">\n")]
    [InlineData("{::comment}\n")]
    [InlineData("a\n: b\n\n")]
    [InlineData("|a|\n")]
    [InlineData("$$ a\n\n")]
    [InlineData("```\n\n~~~~\n\n")]
    public void WhatIsNeverClosedCostsNoMoreTheOftenerItIs(string piece)
    {
        string html = Html("word " + string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length)));

        Assert.Contains("word", html, StringComparison.Ordinal);
    }
}
