using Syndication.Content.Hugo;

namespace Syndication.Tests.Content.Hugo;

public sealed class HiddenHtmlTests
{
    private static readonly string Figure = HiddenHtml.Hide("<figure>\u00E4\U0001F604</figure>");

    [Fact]
    public void AWordAloneInAParagraphTakesItsPlace() =>
        Assert.Equal("<p>a</p><figure>\u00E4\U0001F604</figure><p>b</p>", HiddenHtml.Show($"<p>a</p><p>{Figure}</p><p>b</p>"));

    [Fact]
    public void AParagraphEndsAtABlockWithinIt() =>
        Assert.Equal(
            "<p>a <figure>\u00E4\U0001F604</figure> b <figure>\u00E4\U0001F604</figure><p>c</p>",
            HiddenHtml.Show($"<p>a {Figure} b {Figure}</p><p>c</p>"));

    [Fact]
    public void ALinkStaysInItsParagraph() =>
        Assert.Equal("<p><a href=\"/\">x</a></p>", HiddenHtml.Show($"<p>{HiddenHtml.Hide("<a href=\"/\">x</a>")}</p>"));

    [Fact]
    public void WhatIsHiddenTwiceIsShownAtOnce() =>
        Assert.Equal("<div><b>x</b></div>", HiddenHtml.Show(HiddenHtml.Hide($"<div>{HiddenHtml.Hide("<b>x</b>")}</div>")));

    [Theory]
    [InlineData("a \u0001 b")]
    [InlineData("\u0001\u0003x\u0002 b")]
    [InlineData("\u0002\u0001")]
    public void WordsThatNobodyHidAreHarmless(string text) => Assert.DoesNotContain('\u0003', HiddenHtml.Show(text));
}
