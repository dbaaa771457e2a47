using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content.Hugo;

public sealed class ShortcodesTests
{
    private static string Html(string body) => Rendering.Line(Rendering.Hugo(body).Html);

    [Fact]
    public void AFigureKeepsItsCaption()
    {
        Assert.Equal(
            "<figure><img src=\"https://blog.example.org/posts/hello/a.png\" alt=\"Cat &amp; dog\"><figcaption><h4>T</h4><p>Cat &amp; dog</p></figcaption></figure>",
            Html("{{< figure src=\"a.png\" caption=\"Cat &amp; dog\" alt=\"Cat & dog\" title=\"T\" >}}"));
    }

    [Theory]
    [InlineData("{{< youtube abc >}}", "https://www.youtube.com/watch?v=abc")]
    [InlineData("{{< youtube id=\"abc\" title=\"x\" >}}", "https://www.youtube.com/watch?v=abc")]
    [InlineData("{{< vimeo 123 >}}", "https://vimeo.com/123")]
    [InlineData("{{< gist me 456 >}}", "https://gist.github.com/me/456")]
    public void WhatPlaysElsewhereBecomesALink(string body, string url) =>
        Assert.Contains($"<a href=\"{url}\">", Html(body), StringComparison.Ordinal);

    [Fact]
    public void HighlightedCodeKeepsItsLanguage()
    {
        Assert.Equal(
            "<pre><code class=\"language-go\">a &lt; b\n```\n</code></pre>",
            Rendering.Hugo("{{< highlight go \"hl_lines=1\" >}}\na < b\n```\n{{< /highlight >}}").Html.Trim());
    }

    [Fact]
    public void AnUnknownShortcodeKeepsItsInnerTextAndIsSaid()
    {
        RenderedPost post = Rendering.Hugo("a\n\n{{% note kind=\"x\" %}}\n*inner* {{< other />}}\n{{% /note %}}\n\nb");

        Assert.Equal("<p>a</p><p><em>inner</em> </p><p>b</p>".Replace(" </p>", "</p>", StringComparison.Ordinal), Rendering.Line(post.Html).Replace(" </p>", "</p>", StringComparison.Ordinal));
        Assert.Equal([7, 8], post.Problems.Select(p => p.Line ?? 0).Order());
    }

    [Theory]
    [InlineData("`{{</* figure src=\"x\" */>}}`", "<p><code>{{&lt; figure src=&quot;x&quot; &gt;}}</code></p>")]
    [InlineData("{{< open", "<p>{{&lt; open</p>")]
    [InlineData("{{ .Title }}", "<p>{{ .Title }}</p>")]
    public void WhatIsNoShortcodeIsText(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void ReferencesLeadToPosts()
    {
        Post other = Rendering.Post("x", "content/blog/other/index.md", "/blog/other/");
        Post post = Rendering.Post("[a]({{< ref \"blog/other\" >}}) [b]({{< relref \"/blog/other/index.md#part\" >}}) [c]({{< ref \"none.md\" >}})", "content/a.md");

        RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Hugo), other);

        Assert.Contains("https://blog.example.org/blog/other/\"", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("https://blog.example.org/blog/other/#part\"", rendered.Html, StringComparison.Ordinal);
        Assert.Single(rendered.Problems);
    }

    [Fact]
    public void ParametersComeFromThePostThenFromTheSite()
    {
        DataMap configuration = new(true, [("params", new DataMap(true, [("version", "1.2", 1), ("color", "red", 2)]), 1)]);
        Post post = Rendering.Post("{{< param version >}} {{< param color >}}") with { FrontMatter = new DataMap(true, [("color", "blue", 1)]) };

        Assert.Equal("1.2 blue", Rendering.Render(post, Rendering.Site(SiteKind.Hugo, configuration)).Text);
    }

    [Theory]
    [InlineData("\"Hello,\" he said -- it's 'fine'...", "“Hello,” he said – it’s ‘fine’…")]
    [InlineData("I've the '90s --- ok", "I’ve the ’90s — ok")]
    public void GoldmarksTypographyIsOn(string body, string expected) => Assert.Equal($"<p>{expected}</p>", Html(body));

    [Fact]
    public void ConfigurationTurnsTypographyOff()
    {
        DataMap configuration = TomlReader.Read("[markup.goldmark.extensions]\ntypographer = false\n", 1, true);

        RenderedPost post = Rendering.Render(Rendering.Post("\"a\" -- b"), Rendering.Site(SiteKind.Hugo, configuration));

        Assert.Equal("<p>&quot;a&quot; -- b</p>", Rendering.Line(post.Html));
    }

    [Fact]
    public void HighlightedCodeHasTheLineNumbersItAsksFor()
    {
        Assert.Equal(
            "<table><tbody><tr><td><pre><code>5\n6\n</code></pre></td><td><pre><code class=\"language-go\">a\nb\n</code></pre></td></tr></tbody></table>",
            Rendering.Hugo("{{< highlight go \"linenos=table,linenostart=5\" >}}\na\nb\n{{< /highlight >}}").Html.Trim());
        Assert.Equal(
            "<pre><code class=\"language-go\">1 a\n2 b\n</code></pre>",
            Rendering.Hugo("```go {linenos=inline}\na\nb\n```").Html.Trim());
    }

    [Fact]
    public void MarkdownInACaptionIsRead() =>
        Assert.Contains(
            "<p>A <em>cat</em> <a href=\"https://x.org/\">here</a></p>",
            Html("{{< figure src=\"a.png\" caption=\"A *cat* [here](https://x.org/)\" >}}"),
            StringComparison.Ordinal);

    [Fact]
    public void AParameterWithDotsLeadsIntoMappings()
    {
        DataMap versions = new(true, [("core", "v1", 0)]);
        DataMap own = new(true, [("versions", versions, 0)]);
        Post post = Rendering.Post("{{< param versions.core >}}", "content/posts/a.md", "/posts/a/");

        Assert.Equal("<p>v1</p>", Rendering.Line(Rendering.Render(post, Rendering.Site(SiteKind.Hugo, new DataMap(true, [("params", own, 0)]))).Html));
    }

    [Fact]
    public void AReferenceToNoPostKeepsItsTextWithoutALink()
    {
        RenderedPost post = Rendering.Hugo("[text]({{< relref \"nowhere\" >}})");

        Assert.Equal("<p>text</p>", Rendering.Line(post.Html));
        Assert.Single(post.Problems);
    }

    [Fact]
    public void CodeInAnItemStaysThere() =>
        Assert.Equal(
            "<ol><li><p>step</p><pre><code class=\"language-sh\">a\n\nb</code></pre></li><li><p>next</p></li></ol>".Replace("\n", "", StringComparison.Ordinal),
            Rendering.Line(Rendering.Hugo("1. step\n\n    {{< highlight sh >}}\na\n\nb\n{{< / highlight >}}\n\n2. next").Html));

    [Fact]
    public void WhatShortcodesWriteIsShownEvenWhereRawHtmlIsNot() =>
        Assert.Contains("<figure><img src=\"https://blog.example.org/a.png\"", Rendering.Hugo("{{< figure src=\"/a.png\" >}}", "title = 'x'").Html, StringComparison.Ordinal);

    [Fact]
    public void InlineCodeOfTheHighlighterStaysInItsLine() =>
        Assert.Equal("<p>a <code>b &lt; c</code> d</p>", Rendering.Line(Rendering.Hugo("a {{< highlight go \"hl_inline=true\" >}}b < c{{< /highlight >}} d").Html));

    [Theory]
    [InlineData("markup.goldmark.renderer.unsafe = true", "<p>b  a</p>")]
    [InlineData("security.enableInlineShortcodes = true", "<p>b in a</p>")]
    [InlineData("enableInlineShortcodes = true", "<p>b in a</p>")]
    public void AnInlineShortcodeIsLeftOutUnlessTheSiteAllowsIt(string toml, string html)
    {
        RenderedPost post = Rendering.Hugo("b {{< x.inline >}}in{{< /x.inline >}} a", toml);

        Assert.Equal(html, Rendering.Line(post.Html));
        Assert.Single(post.Problems);
    }
}
