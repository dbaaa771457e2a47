using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content;

public sealed class PostRendererTests
{
    [Fact]
    public void HtmlTextAndExcerptComeFromOneTree()
    {
        RenderedPost post = Rendering.Jekyll("First *paragraph* with a [link](/about/).\n\n- one\n- two\n\n> quoted\n\n    code\n");

        Assert.Equal(
            "<p>First <em>paragraph</em> with a <a href=\"https://blog.example.org/about/\">link</a>.</p><ul><li>one</li><li>two</li></ul>"
            + "<blockquote><p>quoted</p></blockquote><pre><code>code</code></pre>",
            Rendering.Line(post.Html));
        Assert.Equal(
            "First paragraph with a link (https://blog.example.org/about/).\n\n- one\n- two\n\n> quoted\n\n    code",
            post.Text);
        Assert.Equal("First paragraph with a link.", post.ExcerptText);
        Assert.StartsWith("<p>First <em>", post.ExcerptHtml, StringComparison.Ordinal);
        Assert.Empty(post.Problems);
    }

    [Theory]
    [InlineData("{:target=\"_blank\"}")]
    [InlineData("{:target=\"\\_blank\"}")]
    [InlineData("{: target=\"_blank\" .out }")]
    [InlineData(" {:target=\"_blank\"}")]
    public void AnAttributeListAfterALinkIsReadAndNeverShown(string list)
    {
        foreach (RenderedPost post in new[] { Rendering.Jekyll($"See [this](http://a.example/){list}."), Rendering.Bare($"See [this](http://a.example/){list}.") })
        {
            Assert.Contains("target=\"_blank\"", post.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("{", post.Html + post.Text + post.ExcerptHtml + post.ExcerptText, StringComparison.Ordinal);
            Assert.DoesNotContain("\\_", post.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FrontMattersExcerptWins()
    {
        Post post = Rendering.Post("Body.\n\nMore.") with { Excerpt = "A *short* one" };

        RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Jekyll));

        Assert.Equal("<p>A <em>short</em> one</p>", Rendering.Line(rendered.ExcerptHtml));
        Assert.Equal("A short one", rendered.ExcerptText);
    }

    [Fact]
    public void TheExcerptEndsAtItsSeparator()
    {
        Post post = Rendering.Post("One.\n\nTwo.\n\n<!--more-->\n\nThree.") with { ExcerptSeparator = "<!--more-->" };

        RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Jekyll));

        Assert.Equal("One. Two.", rendered.ExcerptText);
        Assert.DoesNotContain("more", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutASeparatorHugoSummarisesTheFirstParagraphs()
    {
        string paragraph = string.Join(' ', Enumerable.Repeat("word", 40));
        Post post = Rendering.Post($"{paragraph}\n\n{paragraph}\n\nThe rest.", "content/a.md") with { ExcerptSeparator = "<!--more-->" };

        RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Hugo));

        Assert.Equal(80, rendered.ExcerptText.Split(' ').Length);
    }

    [Fact]
    public void WithoutAnySeparatorThereIsNoExcerpt()
    {
        RenderedPost rendered = Rendering.Render(Rendering.Post("One.") with { ExcerptSeparator = "" }, Rendering.Site(SiteKind.Bare));

        Assert.Equal("", rendered.ExcerptHtml);
        Assert.Equal("", rendered.ExcerptText);
    }

    [Fact]
    public void AnHtmlPostIsCleanedWhole()
    {
        RenderedPost post = Rendering.Render(
            Rendering.Post("<p onclick=\"x()\">Hi <a href=\"b.html\">b</a><script>alert(1)</script></p>", "_posts/2024-05-01-hello.html"),
            Rendering.Site(SiteKind.Jekyll));

        Assert.Equal("<p>Hi <a href=\"https://blog.example.org/2024/05/01/b.html\">b</a></p>", Rendering.Line(post.Html));
        Assert.Equal("Hi b (https://blog.example.org/2024/05/01/b.html)", post.Text);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>text")]
    [InlineData("text <img src=x onerror=alert(1)>")]
    [InlineData("[text](javascript:alert(1))")]
    [InlineData("[text](java\tscript:alert(1))")]
    [InlineData("[text](&#106;avascript:alert(1))")]
    [InlineData("[text](vbscript:alert(1))")]
    [InlineData("[text](data:text/html,alert)")]
    [InlineData("<javascript:alert(1)> text")]
    [InlineData("text <a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("text <a href=\" &#1;javascript:alert(1)\">x</a>")]
    [InlineData("<div style=\"position:fixed;background:url(javascript:alert(1))\">text</div>")]
    [InlineData("<svg><script>alert(1)</script></svg>\n\ntext")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>\n\ntext")]
    [InlineData("text <!--><img src=x onerror=alert(1)>-->")]
    [InlineData("[text](http://a.example/){: onclick=\"alert(1)\" style=\"position:fixed\" href=\"javascript:alert(1)\"}")]
    [InlineData("![text](data:image/svg+xml;base64,PHN2Zy8+)")]
    [InlineData("<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>\n\ntext")]
    public void NothingThatRunsOrMovesGetsOut(string body)
    {
        foreach (SiteKind kind in Enum.GetValues<SiteKind>())
        {
            string html = Rendering.Render(Rendering.Post(body), Rendering.Site(kind)).Html;

            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("text", html, StringComparison.Ordinal);
            foreach (string tag in Tags(html))
            {
                foreach (string bad in (string[])["script", " on", "position", "data:", "action", "url("])
                {
                    Assert.DoesNotContain(bad, tag, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
    }

    private static List<string> Tags(string html)
    {
        List<string> tags = [];
        TagScanner scanner = new(html);
        while (scanner.Next(out Tag tag))
        {
            tags.Add(System.Net.WebUtility.HtmlDecode(html[tag.Start..tag.End]));
        }

        return tags;
    }

    [Fact]
    public void APlayerBecomesALinkWithItsPicture()
    {
        string html = Rendering.Jekyll("<iframe src=\"https://www.youtube.com/embed/abc123\" title=\"My talk\"></iframe>").Html;

        Assert.Contains("<a href=\"https://www.youtube.com/watch?v=abc123\"><img src=\"https://i.ytimg.com/vi/abc123/hqdefault.jpg\" alt=\"My talk\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("iframe", html, StringComparison.Ordinal);
    }

    [Fact]
    public void RawHtmlReachesAcrossMarkdown()
    {
        string html = Rendering.Hugo("before\n\n<div class=\"note\" onclick=\"x\">\n\n*inside*\n\n</div>\n\nafter").Html;

        Assert.Equal("<p>before</p><div class=\"note\"><p><em>inside</em></p></div><p>after</p>", Rendering.Line(html));
    }

    [Fact]
    public void ControlCharactersAndUnpairedSurrogatesAreRemoved()
    {
        RenderedPost post = Rendering.Jekyll("a\u0001bc &#8; \uFFFEd \U0001F600");

        Assert.Equal("<p>abc  d \U0001F600</p>", Rendering.Line(post.Html));
        Assert.DoesNotContain('\b', post.Text);
        Assert.Equal("ab \U0001F600", PlainCharacters.Of("a\uD800b \U0001F600"));
    }

    [Fact]
    public void TheTextOfATableListAndImageIsReadable()
    {
        RenderedPost post = Rendering.Bare("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. first\n2. second\n   - [x] done\n\n![A cat](cat.png)\n\nline one  \nline two");

        Assert.Equal("a | b\n1 | 2\n\n1. first\n2. second\n   - [x] done\n\n[A cat]\n\nline one\nline two", post.Text);
    }

    [Fact]
    public void ManyThreadsRenderTheSame()
    {
        string body = "# A\n\n{% highlight c %}x{% endhighlight %}\n\n<div>b</div> *c* \"d\"[^1]\n\n[^1]: note";
        string expected = Rendering.Jekyll(body).Html;

        Parallel.For(0, 200, _ => Assert.Equal(expected, Rendering.Jekyll(body).Html));
    }

    [Theory]
    [InlineData("> A quotation\n> on two lines.\n\nText.", "A quotation on two lines.")]
    [InlineData("- one\n- two\n\nText.", "one two")]
    [InlineData("    code\n    more\n\nText.", "code more")]
    public void AnExcerptOnOneLineCarriesNoMarksOfNesting(string body, string excerpt) =>
        Assert.Equal(excerpt, Rendering.Jekyll(body).ExcerptText);

    [Theory]
    [InlineData("{% for i in (1..2) %}\nA {{ i }}\n\nB\n{% endfor %}\n\nafter", "A 1 A 2")]
    [InlineData("<div>one\ntwo</div>\n<p>three</p>\n\nrest", "one two three")]
    [InlineData("<table>\n<tr><td>x</td></tr>\n\n<tr><td>y</td></tr>\n</table>", "x")]
    [InlineData("* a\n\n* b\n\npara", "a")]
    [InlineData("{% raw %}{{ x }}\n\n{{ y }}{% endraw %}\n\nz", "{{ x }}")]
    [InlineData("\n\nLeading\n\nrest", "Leading")]
    [InlineData("# Head\npara\nmore", "Head para more")]
    public void AJekyllExcerptIsAllThatStandsBeforeTheSeparator(string body, string excerpt) =>
        Assert.Equal(excerpt, Rendering.Jekyll(body).ExcerptText);

    [Theory]
    [InlineData("<div>\n\nPara\n\n</div>\n\nafter", "Para")]
    [InlineData("{% comment %}a\n\nb{% endcomment %}text\n\nrest", "text")]
    [InlineData("```\ncode\n\nmore\n```\n\nafter", "code more")]
    public void WhatJekyllLeavesEmptyOrCutsIsTheFirstBlock(string body, string excerpt) =>
        Assert.Equal(excerpt, Rendering.Jekyll(body).ExcerptText);

    [Fact]
    public void AnExcerptKnowsDefinitionsThatComeLater()
    {
        RenderedPost post = Rendering.Jekyll("A [link][r] and a note[^1].\n\nMore.\n\n[r]: http://x.example/\n[^1]: Note.");

        Assert.Contains("<a href=\"http://x.example/\">link</a>", post.ExcerptHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Note", post.ExcerptHtml, StringComparison.Ordinal);
    }
}
