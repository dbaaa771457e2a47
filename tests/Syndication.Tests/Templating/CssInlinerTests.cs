using Syndication.Templating;

namespace Syndication.Tests.Templating;

public sealed class CssInlinerTests
{
    private static readonly CssInliner Inliner = new();

    [Theory]
    [InlineData("p { margin: 0 }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p{margin:0;padding:1px;}", "<p>", "<p style=\"margin: 0; padding: 1px\">")]
    [InlineData("p, .a { margin: 0 }", "<p class=\"a\">", "<p class=\"a\" style=\"margin: 0\">")]
    [InlineData(".a { color: red } p { color: blue }", "<p class=\"a\">", "<p class=\"a\" style=\"color: red\">")]
    [InlineData("p { color: red } p { color: blue }", "<p>", "<p style=\"color: blue\">")]
    [InlineData("p { color: red !important } .a { color: blue }", "<p class=\"a\">", "<p class=\"a\" style=\"color: red\">")]
    [InlineData("p { color: red }", "<p style=\"color: blue\">", "<p style=\"color: blue\">")]
    [InlineData("p { color: red !important }", "<p style=\"color: blue\">", "<p style=\"color: red\">")]
    [InlineData("p { color: red !important }", "<p style=\"color: blue ! IMPORTANT\">", "<p style=\"color: blue !important\">")]
    [InlineData("p { margin-top: 9px } .a { margin: 0 }", "<p class=\"a\">", "<p class=\"a\" style=\"margin-top: 9px; margin: 0\">")]
    [InlineData("p { width: 9px; width: calc(1px + 2em) }", "<p>", "<p style=\"width: 9px; width: calc(1px + 2em)\">")]
    [InlineData("p { COLOR: Red; --My-Var: A }", "<p>", "<p style=\"color: Red; --My-Var: A\">")]
    [InlineData("/* p { */ p /* , b */ { /* color: red; */ margin: 0 /*;*/ }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p { background: url(data:image/png;base64,AA/*==) }", "<p>", "<p style=\"background: url(data:image/png;base64,AA/*==)\">")]
    [InlineData("p { background: url( \"a;}b\" ), red }", "<p>", "<p style=\"background: url( &quot;a;}b&quot; ), red\">")]
    [InlineData("p::after { content: \"}\" } p { margin: 0 }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p { font: 1px \"A\\\";b\", c }", "<p>", "<p style=\"font: 1px &quot;A\\&quot;;b&quot;, c\">")]
    [InlineData(":is(h1, p) { margin: 0 }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p:not(.a, .b) { margin: 0 }", "<p class=\"a\">", "<p class=\"a\">")]
    [InlineData("p:first-child { margin: 0 }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("[title=\"a:hover,b{\"] { margin: 0 }", "<p title=\"a:hover,b{\">", "<p title=\"a:hover,b{\" style=\"margin: 0\">")]
    [InlineData("p { margin }; q { } b { color: red }", "<p>", "<p>")]
    [InlineData("@media print { p { margin: 0 } } p { padding: 0 }", "<p>", "<p style=\"padding: 0\">")]
    [InlineData("p { margin: 0", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p { margin: 0 } } ) ] q", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("p { &:hover { color: red } margin: 0 }", "<p>", "<p>")]
    [InlineData("!! { x: y } p { margin: 0 }", "<p>", "<p style=\"margin: 0\">")]
    [InlineData("", "<p>", "<p>")]
    public void ARuleBecomesAnAttribute(string css, string element, string expected) =>
        Assert.Equal($"{expected}text</p>", Body(Inliner.Inline($"<!doctype html><html><head><style>{css}</style></head><body>{element}text</p></body></html>")));

    [Theory]
    [InlineData("@media (min-width: 1px) { p { color: red !important } b { margin: 0 } }")]
    [InlineData("@import url(a;b.css);")]
    [InlineData("@supports (a: b) { @media screen { p { margin: 0 } } }")]
    [InlineData("a:hover { color: red }")]
    [InlineData("p::first-line { color: red }")]
    [InlineData("p:not(:hover) { color: red }")]
    [InlineData("p..a { color: red }")]
    public void WhatDependsOnMoreThanTheTreeStays(string css)
    {
        string page = Inliner.Inline($"<!doctype html><head><style>{css} p {{ margin: 0 }}</style></head><body><p>a</p>");

        Assert.Contains($"<style>{css}\n</style>", page, StringComparison.Ordinal);
        Assert.Contains("<p style=\"margin: 0\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void OfARuleOnlyTheSelectorsThatCannotBeInlinedStay()
    {
        string page = Inliner.Inline("<head><style>a, a:hover { color: red }</style></head><body><a>x</a>");

        Assert.Contains("<style>a:hover { color: red }\n</style>", page, StringComparison.Ordinal);
        Assert.Contains("<a style=\"color: red\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ASheetThatIsEmptiedIsRemovedAndOneForSomeMediaIsLeftAlone()
    {
        string page = Inliner.Inline("<head><style>p { margin: 0 }</style><style media=\"print\">p { margin: 9px }</style></head><body><p>x</p>");

        Assert.Equal("<html><head><style media=\"print\">p { margin: 9px }</style></head><body><p style=\"margin: 0\">x</p></body></html>", page);
    }

    [Fact]
    public void ConditionalCommentsAndTheBodyItselfAreKept()
    {
        string page = Inliner.Inline("<!doctype html><head><style>body { margin: 0 }</style></head><body><!--[if mso]><table><![endif]--><p>a &amp; b&nbsp;c</p>");

        Assert.Equal(
            "<!DOCTYPE html><html><head></head><body style=\"margin: 0\"><!--[if mso]><table><![endif]--><p>a &amp; b&nbsp;c</p></body></html>", page);
    }

    private static string Body(string page)
    {
        int from = page.IndexOf("<body>", StringComparison.Ordinal) + 6;
        return page[from..page.IndexOf("</body>", StringComparison.Ordinal)];
    }
}
