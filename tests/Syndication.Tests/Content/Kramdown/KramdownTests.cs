using Syndication.Content;
using Syndication.Site;

namespace Syndication.Tests.Content.Kramdown;

public sealed class KramdownTests
{
    private static string Html(string body) => Rendering.Line(Rendering.Jekyll(body).Html);

    [Theory]
    [InlineData("Text\n{: .note #n title=\"T\"}", "<p id=\"n\" class=\"note\" title=\"T\">Text</p>")]
    [InlineData("{:.note}\nText", "<p class=\"note\">Text</p>")]
    [InlineData("Text\n{:.a\n  .b}\n\nMore", "<p class=\"a b\">Text</p><p>More</p>")]
    [InlineData("Text\n\n{:.next}\nMore", "<p>Text</p><p class=\"next\">More</p>")]
    [InlineData("{:box: .a title=\"B\"}\n\nText\n{: box .c}", "<p class=\"a c\" title=\"B\">Text</p>")]
    [InlineData("*a*{:.x} b", "<p><em class=\"x\">a</em> b</p>")]
    [InlineData("`a`{:.x}", "<p><code class=\"x\">a</code></p>")]
    [InlineData("![a](/b.png){: width=\"5\" onload=\"x\"}", "<p><img src=\"https://blog.example.org/b.png\" width=\"5\" alt=\"a\" /></p>")]
    [InlineData("- {:.x} a\n- b", "<ul><li class=\"x\">a</li><li>b</li></ul>")]
    [InlineData("- a\n{:.x}", "<ul class=\"x\"><li>a</li></ul>")]
    [InlineData("## A b {#own}", "<h2 id=\"own\">A b</h2>")]
    [InlineData("## Größe & Maß_x", "<h2 id=\"größe--maß_x\">Größe &amp; Maß_x</h2>")]
    [InlineData("# A\n\n# A", "<h1 id=\"a\">A</h1><h1 id=\"a-1\">A</h1>")]
    public void AttributeListsGoWhereTheyBelong(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void AListMarkedTocBecomesTheTableOfContents()
    {
        string html = Html("* toc\n{:toc}\n\n## One\n\n### Two\n\n## Hidden\n{:.no_toc}");

        Assert.StartsWith(
            "<ul id=\"markdown-toc\"><li><a href=\"" + Rendering.Page + "#one\">One</a><ul><li><a href=\"" + Rendering.Page + "#two\">Two</a></li></ul></li></ul>",
            html.Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain("toc}", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Hello,\" he said -- it's 'fine'...", "“Hello,” he said – it’s ‘fine’…")]
    [InlineData("the '80s --- \"*yes*\"", "the ’80s — “<em>yes</em>”")]
    [InlineData("<<a>>", "«a»")]
    public void StraightQuotesAndDashesBecomeTypographic(string body, string expected) => Assert.Equal($"<p>{expected}</p>", Html(body));

    [Theory]
    [InlineData("它**「强调」**的", "<p>它<strong>「强调」</strong>的</p>")]
    [InlineData("snake_case_word", "<p>snake_case_word</p>")]
    [InlineData("~~gone~~ costs $5 or $6", "<p><del>gone</del> costs $5 or $6</p>")]
    [InlineData("so $$a_1 < b$$ is", "<p>so \\(a_1 &lt; b\\) is</p>")]
    [InlineData("H~2~O ==a== ++b++", "<p>H~2~O ==a== ++b++</p>")]
    public void SpansAreKramdownsAndNoOthers(string body, string expected) => Assert.Equal(expected, Html(body));

    [Theory]
    [InlineData("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>")]
    [InlineData("- a\n- b\n\n- c\n\ntext", "<ul><li>a</li><li><p>b</p></li><li>c</li></ul><p>text</p>")]
    public void EachItemDecidesOnItsParagraph(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void ABlockElementGoesToItsClosingTag()
    {
        Assert.Equal("<div><pre>a\n\n*b*</pre></div><p><em>c</em></p>".Replace("\n", "", StringComparison.Ordinal), Html("<div><pre>a\n\n*b*</pre></div>\n\n*c*"));
    }

    [Fact]
    public void FootnotesDefinitionsAbbreviationsAndTables()
    {
        string html = Html("A[^x] HTML\n\n[^x]: Note\n\n*[HTML]: Markup\n\nTerm\n: Means\n\n| a | b |\n| c | d |\n");

        Assert.Contains("<a href=\"" + Rendering.Page + "#fn:x\"", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"" + Rendering.Page + "#fnref:x\"", html, StringComparison.Ordinal);
        Assert.Contains("<abbr title=\"Markup\">HTML</abbr>", html, StringComparison.Ordinal);
        Assert.Contains("<dt>Term</dt><dd>Means</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><td>a</td><td>b</td></tr>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtensionsAreReadAndNotShown()
    {
        string html = Html("a\n\n{::comment}\nhidden\n{:/comment}\n\n{::nomarkdown}\n<b>*raw*</b>\n{:/}\n\n{::options auto_ids=\"false\" /}\n\nb {::comment}x{:/comment}c\n\n^\n\nd");

        Assert.Equal("<p>a</p><b>*raw*</b><p>b c</p><p>d</p>", html);
    }

    [Theory]
    [InlineData("smart_quotes: 'apos,apos,quot,quot'", "\"a\" 'b' -- c", "<p>&quot;a&quot; 'b' \u2013 c</p>")]
    [InlineData("smart_quotes: [39, rsquo, 0x201E, ldquo]", "it's", "<p>it\u2019s</p>")]
    [InlineData("typographic_symbols: {hellip: ..., mdash: '--'}", "a... b --- c -- d", "<p>a... b -- c \u2013 d</p>")]
    [InlineData("math_engine: null", "$$x$$ y", "<p>$x$ y</p>")]
    [InlineData("math_engine: null", "$$x$$", "<div>$$x$$</div>")]
    [InlineData("math_engine: mathjax", "$$x$$", "<div>\\[x\\]</div>")]
    [InlineData("toc_levels: [2, 3]", "* t\n{:toc}\n\n# a\n\n## b", "<ul id=\"markdown-toc\"><li><a href=\"" + Rendering.Page + "#b\">b</a></li></ul><h1 id=\"a\">a</h1><h2 id=\"b\">b</h2>")]
    public void OptionsOfTheSiteAreKept(string option, string body, string expected)
    {
        DataMap configuration = YamlReader.Read($"kramdown:\n  {option}\n", 1, false);

        Assert.Equal(expected, Rendering.Line(Rendering.Render(Rendering.Post(body), Rendering.Site(SiteKind.Jekyll, configuration)).Html));
    }

    [Theory]
    [InlineData("```rb\na\nb\n```", "<pre><code class=\"language-rb\"><table><tbody><tr><td class=\"gutter\"><pre class=\"lineno\">12</pre></td><td class=\"code\"><pre>ab</pre></td></tr></tbody></table></code></pre>")]
    [InlineData("```mermaid\na\n```", "<pre><code class=\"language-mermaid\">a</code></pre>")]
    [InlineData("    a\n", "<pre><code><table><tbody><tr><td class=\"gutter\"><pre class=\"lineno\">1</pre></td><td class=\"code\"><pre>a</pre></td></tr></tbody></table></code></pre>")]
    public void LinesOfCodeHaveNumbersWhereTheSiteAsksForThemUnlessTheLanguageIsUnknown(string body, string expected)
    {
        DataMap configuration = YamlReader.Read("kramdown:\n  syntax_highlighter_opts:\n    block:\n      line_numbers: true\n", 1, false);

        Assert.Equal(expected, Rendering.Line(Rendering.Render(Rendering.Post(body), Rendering.Site(SiteKind.Jekyll, configuration)).Html));
    }

    [Fact]
    public void ConfigurationTurnsHeadingIdsOff()
    {
        DataMap configuration = YamlReader.Read("kramdown:\n  auto_ids: false\n", 1, false);

        RenderedPost post = Rendering.Render(Rendering.Post("# A"), Rendering.Site(SiteKind.Jekyll, configuration));

        Assert.Equal("<h1>A</h1>", Rendering.Line(post.Html));
    }

    [Theory]
    [InlineData("''quoted''", "<p>'\u2019quoted\u2019\u2019</p>")]
    [InlineData("a ''quoted''", "<p>a \u2018\u2018quoted\u2019\u2019</p>")]
    [InlineData("*''em''*", "<p><em>'\u2019em\u2019\u2019</em></p>")]
    [InlineData("a '''z", "<p>a \u2018'\u2019z</p>")]
    [InlineData("\"'x y' z\"", "<p>\u201C\u2018x y\u2019 z\u201D</p>")]
    public void TheFirstOfTwoQuotesAtTheBeginningStaysStraight(string markdown, string html) =>
        Assert.Equal(html, Rendering.Line(Rendering.Jekyll(markdown).Html));

    [Theory]
    [InlineData("|a|\n|---|\n|b|\n|===|\n|c|", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>")]
    [InlineData("|a|\n|===|\n|b|\n|---|\n|c|", "<table><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td>b</td></tr><tr><td>c</td></tr></tfoot></table>")]
    [InlineData("|a|\n|:-:|\n|b|\n|---|\n|c|", "<table><thead><tr><th style=\"text-align: center\">a</th></tr></thead><tbody><tr><td style=\"text-align: center\">b</td></tr></tbody>"
        + "<tbody><tr><td style=\"text-align: center\">c</td></tr></tbody></table>")]
    public void TablesHaveBodiesAndAFoot(string markdown, string html) => Assert.Equal(html, Html(markdown).Replace(";\"", "\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("para\n# head", "<p>para# head</p>")]
    [InlineData("#Head 1\n\n# 99\n\n# \u00DC *b* c", "<h1 id=\"head-1\">Head 1</h1><h1 id=\"section\">99</h1><h1 id=\"b-c\">\u00DC <em>b</em> c</h1>")]
    [InlineData("~~a~~ b\\~ c\\\nd", "<p>~~a~~ b\\~ c\\d</p>")]
    [InlineData("- [ ] a", "<ul><li>[ ] a</li></ul>")]
    [InlineData("```\na\n```", "<p><code>a</code></p>")]
    [InlineData("~~~\na\n~~~", "<pre><code>a</code></pre>")]
    [InlineData("para\n- a\n> b", "<p>para- a&gt; b</p>")]
    public void KramdownsOwnMarkdownHasNothingOfGitHubs(string markdown, string html) => Assert.Equal(html, Html(markdown, "input: kramdown"));

    [Theory]
    [InlineData("gfm_quirks: []", "<p>a# b- c</p><p><del>d</del></p>")]
    [InlineData("gfm_quirks: paragraph_end", "<p>a</p><h1 id=\"b\">b</h1><ul><li>c</li></ul><p><del>d</del></p>")]
    [InlineData("input: GFM", "<p>a</p><h1 id=\"b\">b</h1><ul><li>c</li></ul><p><del>d</del></p>")]
    public void GitHubsQuirksCanBeTurnedOff(string option, string html) => Assert.Equal(html, Html("a\n# b\n- c\n\n~~d~~", option));

    private static string Html(string body, string option) => Rendering.Line(
        Rendering.Render(Rendering.Post(body), Rendering.Site(SiteKind.Jekyll, YamlReader.Read($"kramdown:\n  {option}\n", 1, false))).Html);
}
