using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class FrontMatterParserTests
{
    [Theory]
    [InlineData("---\ntitle: x\n---\nbody\n", "body\n", 4)]
    [InlineData("---  \n\ntitle: x\n...\t\n\nbody", "\nbody", 5)]
    [InlineData("---\ntitle: x\n---", "", 4)]
    [InlineData("---\ntitle : x\ntext: |\n  ---x\n---\n---\n", "---\n", 6)]
    public void YamlStandsBetweenFences(string text, string body, int line)
    {
        FrontMatter read = FrontMatterParser.Parse(text, SiteKind.Jekyll);

        Assert.Equal(("x", body, line), (read.Map.Get("title"), read.Body, read.BodyLine));
    }

    [Theory]
    [InlineData("+++\ntitle = \"x\"\n+++\nbody", nameof(FrontMatterFormat.Toml))]
    [InlineData("{ \"Title\": \"x\",\n  \"a\": \"}\\\"\" }\nbody", nameof(FrontMatterFormat.Json))]
    [InlineData("\n \n---\nTITLE: x\n---\nbody", nameof(FrontMatterFormat.Yaml))]
    public void HugoReadsThreeFormatsAfterBlankLinesAndWithoutCase(string text, string format)
    {
        FrontMatter read = FrontMatterParser.Parse(text, SiteKind.Hugo);

        Assert.Equal((format, "x", "body"), (read.Format.ToString(), read.Map.Get("title"), read.Body));
        Assert.Equal(text.Split('\n').Length, read.BodyLine);
    }

    [Theory]
    [InlineData("\n---\ntitle: x\n---\n", nameof(SiteKind.Jekyll))]
    [InlineData("+++\ntitle = \"x\"\n+++\n", nameof(SiteKind.Jekyll))]
    [InlineData("----\ntitle: x\n----\n", nameof(SiteKind.Hugo))]
    [InlineData("---\n\nA rule, and text.\n", nameof(SiteKind.Jekyll))]
    [InlineData("{% include x %}\n", nameof(SiteKind.Bare))]
    [InlineData("{{< figure >}}\n", nameof(SiteKind.Hugo))]
    [InlineData("text\n---\ntitle: x\n---\n", nameof(SiteKind.Bare))]
    public void AnythingElseIsBody(string text, string kind)
    {
        FrontMatter read = FrontMatterParser.Parse(text, Enum.Parse<SiteKind>(kind));

        Assert.Equal((FrontMatterFormat.None, text, 1), (read.Format, read.Body, read.BodyLine));
    }

    [Theory]
    [InlineData("---\ntitle: x\nbody\n", 1)]
    [InlineData("\n+++\ntitle = \"x\"\n", 2)]
    [InlineData("{ \"title\": \"x\"", 1)]
    [InlineData("---\ntitle: x\na: [1,\n---\n", 4)]
    [InlineData("---\ntitle: x\n  - y: z: 1\n---\n", 3)]
    [InlineData("+++\ntitle = \n+++\n", 2)]
    public void WhatCannotBeReadNamesItsLine(string text, int line)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => FrontMatterParser.Parse(text, SiteKind.Hugo));

        Assert.Equal(line, error.Line);
    }
}
