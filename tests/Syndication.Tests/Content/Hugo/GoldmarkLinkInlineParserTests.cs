namespace Syndication.Tests.Content.Hugo;

public sealed class GoldmarkLinkInlineParserTests
{
    private static string Html(string body) => Rendering.Line(Rendering.Hugo(body).Html)[3..^4];

    [Theory]
    [InlineData("https://a.b/c.", "https://a.b/c", ".")]
    [InlineData("https://a.b/c?!", "https://a.b/c", "?!")]
    [InlineData("https://a.b/\u4E2D", "https://a.b/", "\u4E2D")]
    [InlineData("https://a.b\u3002", "https://a.b", "\u3002")]
    [InlineData("https://a.b/x~~y~~", "https://a.b/x~~y", "~~")]
    [InlineData("https://a.b/x--y", "https://a.b/x--y", "")]
    public void AnAddressEndsWhereGoldmarkEndsIt(string body, string address, string rest) =>
        Assert.Equal($"<a href=\"{address.Replace("~", "%7E", StringComparison.Ordinal)}\">{address}</a>{rest}", Html(body));

    [Fact]
    public void BracketsThatTheAddressOpenedBelongToIt() =>
        Assert.Equal("(<a href=\"https://a.b/(c)\">https://a.b/(c)</a>)", Html("(https://a.b/(c))"));

    [Fact]
    public void AnAddressThatBeginsWithWwwIsTakenForHttps() =>
        Assert.Equal("see <a href=\"https://www.a.b\">www.a.b</a>.", Html("see www.a.b."));

    [Theory]
    [InlineData("http://localhost/x")]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("\u4E2Dhttps://a.b")]
    [InlineData("a@b")]
    [InlineData("mailto:a@b.org")]
    [InlineData("a@b.org_x")]
    public void WhatGoldmarkLeavesAsTextStaysText(string body) => Assert.Equal(body, Html(body));

    [Fact]
    public void AMailAddressIsALink() =>
        Assert.Equal("to (<a href=\"mailto:x.y+z@c-d.org\">x.y+z@c-d.org</a>).", Html("to (x.y+z@c-d.org)."));

    [Fact]
    public void WithinALinkNoAddressIsALinkOfItsOwn() =>
        Assert.Equal("<a href=\"https://c.org/\">x https://a.b me@a.org y</a>", Html("[x https://a.b me@a.org y](https://c.org/)"));
}
