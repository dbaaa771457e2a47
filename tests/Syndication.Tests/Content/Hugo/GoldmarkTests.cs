namespace Syndication.Tests.Content.Hugo;

public sealed class GoldmarkTests
{
    private const string Page = "https://blog.example.org/posts/hello/";

    private static string Html(string body, string toml = "markup.goldmark.renderer.unsafe = true") => Rendering.Line(Rendering.Hugo(body, toml).Html);

    [Fact]
    public void ABarInCodeEndsACellUnlessABackslashIsBeforeIt()
    {
        string html = Html("| a | b |\n|---|---|\n| `x|y` | z |\n| `x\\|y` | \\| |");
        Assert.Contains("<td>`x</td><td>y`</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td><code>x|y</code></td><td>|</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AboveATableStaysAParagraphAndAllBelowIsRows() =>
        Assert.Equal(
            "<p>before</p><table><thead><tr><th>a</th><th style=\"text-align: center;\">b</th></tr></thead><tbody><tr><td>1</td>"
                + "<td style=\"text-align: center;\"></td></tr><tr><td>after</td><td style=\"text-align: center;\"></td></tr></tbody></table>",
            Html("before\n| a | b |\n|---|:-:|\n| 1 |\nafter"));

    [Fact]
    public void AHeadWithMoreCellsThanTheLineBelowIsNoTable() =>
        Assert.DoesNotContain("<table", Html("| a | b |\n|---|\n| 1 |"), StringComparison.Ordinal);

    [Fact]
    public void AHugeTableIsNotFilledUpForEver()
    {
        string body = string.Concat(Enumerable.Repeat("|-", 3_000)) + "|\n" + string.Concat(Enumerable.Repeat("|-", 3_000)) + "|\n"
            + string.Concat(Enumerable.Repeat("a\n", 3_000));
        Assert.True(Html(body).Length < 3_000_000);
    }

    [Fact]
    public void DescriptionsFollowTheirTermsAlsoBehindABlankLine() =>
        Assert.Equal(
            "<dl><dt>Term</dt><dd>one</dd><dd>two</dd><dt>Second</dt><dd><p>loose</p><p>more</p></dd><dt>A</dt><dt>B</dt><dd>both<ul><li>x</li></ul></dd></dl><p>After</p>",
            Html("Term\n: one\n: two\n\nSecond\n\n: loose\n\n  more\n\nA\nB\n: both\n\n  - x\n\nAfter"));

    [Theory]
    [InlineData(": no term")]
    [InlineData("Term\n:no space")]
    [InlineData("> quoted\n\n: no term")]
    public void AColonWithoutTermOrSpaceIsText(string body) => Assert.DoesNotContain("<dl>", Html(body), StringComparison.Ordinal);

    [Fact]
    public void ADefinitionListMayStandInAnItem() =>
        Assert.Equal("<ul><li><p>a</p><dl><dt>T</dt><dd>d</dd></dl></li><li><p>b</p></li></ul>", Html("- a\n\n  T\n  : d\n- b"));

    [Fact]
    public void AHeadingMayEndInAnyAttributes()
    {
        Assert.Equal("<h2 id=\"x\" class=\"c\">One</h2>", Html("## One {#x .c data-a=\"b c\" n=1}"));
        Assert.Equal("<h2 id=\"one--\">One {# }</h2>", Html("## One {# }"));
        Assert.Equal("<h2 id=\"one-a-b\">One {a b}</h2>", Html("## One {a b}"));
    }

    [Fact]
    public void ALineOfAttributesGoesWhereTheSiteLetsBlocksHaveThem()
    {
        const string on = "markup.goldmark.parser.attribute.block = true";
        Assert.Equal("<p id=\"p\">Text</p><ul><li>a</li></ul><p>End</p>", Html("Text\n{.lead #p}\n\n- a\n{.list}\n\nEnd", on));
        Assert.Equal("<p>Text{.lead}</p>", Html("Text\n{.lead}"));
    }

    [Fact]
    public void RawHtmlIsLeftOutUnlessTheSiteShowsIt() =>
        Assert.Equal("<p>a bold b</p><p>end</p>", Html("a <b>bold</b> b\n\n<div>gone</div>\n\nend", "title = 'x'"));

    [Fact]
    public void APostOfNothingButRawHtmlIsShownAllTheSame() =>
        Assert.Equal("<div>all</div>", Html("<div>all</div>", "title = 'x'"));

    [Fact]
    public void ExtensionsThatTheSiteTurnsOffAreOff()
    {
        const string off = """
            [markup.goldmark.extensions]
            typographer = false
            table = false
            strikethrough = false
            footnote = false
            taskList = false
            definitionList = false
            linkify = { disable = true }
            """;
        Assert.Equal("<p>&quot;a&quot; -- ~~b~~ https://a.b c[^1]</p>", Html("\"a\" -- ~~b~~ https://a.b c[^1]", off));
        Assert.DoesNotContain("<d", Html("T\n: d\n\n|a|\n|-|", off), StringComparison.Ordinal);
    }

    [Fact]
    public void ALineEndIsABreakWhereTheSiteSaysSo() =>
        Assert.Equal("<p>a<br />b</p>", Html("a\nb", "markup.goldmark.renderer.hardWraps = true"));

    [Fact]
    public void EmojiAreReadWhereTheSiteAsksForThemButNotInCode()
    {
        Assert.Equal("<p>\U0001F604x 10:30:20 :nope: <code>:smile:</code></p>", Html(":smile:x 10:30:20 :nope: `:smile:`", "enableEmoji = true"));
        Assert.Equal("<p>:smile:</p>", Html(":smile:"));
    }

    [Fact]
    public void TheArrowBehindAFootnoteThatEndsInAListStandsInNoParagraph() =>
        Assert.EndsWith(
            $"<p>n</p><ul><li>x</li></ul>\u00A0<a href=\"{Page}#fnref:1\" class=\"footnote-backref\">\u21A9\uFE0E</a></li></ol></div>",
            Html("a[^1]\n\n[^1]: n\n\n    - x"),
            StringComparison.Ordinal);
}
