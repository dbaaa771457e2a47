using Syndication.Content.Hugo;

namespace Syndication.Tests.Content.Hugo;

public sealed class GoldmarkHeadingIdsTests
{
    [Theory]
    [InlineData("Über Größe & Co! x_y", "über-größe--co-x_y", "uber-groe--co-x_y", "über-größe-co-x-y")]
    [InlineData("日本語 heading", "日本語-heading", "-heading", "日本語-heading")]
    [InlineData("A -- b -- C", "a----b----c", "a----b----c", "a-b-c")]
    [InlineData("1. First. Thing", "1-first-thing", "1-first-thing", "1-first-thing")]
    [InlineData("don't \"quote\"", "dont-quote", "dont-quote", "don-t-quote")]
    [InlineData("Ünï çé ł ø ß æ", "ünï-çé-ł-ø-ß-æ", "uni-ce----", "ünï-çé-ł-ø-ß-æ")]
    [InlineData("a+b/c.d:e", "abcde", "abcde", "a-b-c-d-e")]
    [InlineData("-x-", "-x-", "-x-", "x")]
    [InlineData("!?", "", "", "")]
    public void EachKindHasItsCharacters(string text, string gitHub, string ascii, string blackfriday) => Assert.Equal(
        (gitHub, ascii, blackfriday),
        (GoldmarkHeadingIds.Form(text, HeadingIdKind.GitHub), GoldmarkHeadingIds.Form(text, HeadingIdKind.GitHubAscii), GoldmarkHeadingIds.Form(text, HeadingIdKind.Blackfriday)));

    [Theory]
    [InlineData("## `code` *x* [l](u) ##", "<h2 id=\"code-x-lu\">")]
    [InlineData("## C#", "<h2 id=\"c\">")]
    [InlineData("##", "<h2 id=\"heading\">")]
    [InlineData("Two words\n===", "<h1 id=\"two-words\">")]
    [InlineData("> - ## In *here*", "<h2 id=\"in-here\">")]
    [InlineData("## A {#own}\n\n## Own\n\n## Own", "<h2 id=\"own-2\">")]
    [InlineData("## A b {.x}", "<h2 id=\"a-b\"")]
    public void AnIdIsMadeOfTheHeadingAsItIsWritten(string markdown, string html) =>
        Assert.Contains(html, Rendering.Hugo(markdown).Html, StringComparison.Ordinal);

    [Fact]
    public void TheConfigurationChoosesTheKind() => Assert.Contains(
        "<h2 id=\"uber\">", Rendering.Hugo("## Über", "markup.goldmark.parser.autoHeadingIDType = \"github-ascii\"").Html, StringComparison.Ordinal);
}
