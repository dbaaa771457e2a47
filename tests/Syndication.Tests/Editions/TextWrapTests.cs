using Syndication.Editions;

namespace Syndication.Tests.Editions;

public sealed class TextWrapTests
{
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("abcdefghi", 10));

    [Theory]
    [InlineData("", "")]
    [InlineData("> ", "> ")]
    [InlineData("> > ", "> > ")]
    [InlineData("- ", "  ")]
    [InlineData("12. ", "    ")]
    [InlineData("[3] ", "    ")]
    [InlineData("> - ", ">   ")]
    [InlineData("    - ", "      ")]
    public void ALongLineIsBrokenBelowItsFirstWord(string first, string further)
    {
        string[] lines = TextWrap.Of(first + Words).TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, TextWrap.Columns));
        Assert.StartsWith(first + "abc", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(further + "abc", lines[1], StringComparison.Ordinal);
        Assert.Equal(10, string.Join(' ', lines).Split("abcdefghi").Length - 1);
    }

    [Theory]
    [InlineData("    ")]
    [InlineData(">     ")]
    public void CodeStaysWhole(string indent) => Assert.Equal(indent + Words + "\n", TextWrap.Of(indent + Words));

    [Fact]
    public void AnAddressStaysWhole()
    {
        string address = "https://example.org/" + new string('a', 100);

        Assert.Equal($"see\n{address}\nthere\n", TextWrap.Of($"see {address} there"));
    }

    [Fact]
    public void LinesEndWithoutSpacesAndTheTextWithOneLineFeed() => Assert.Equal("a\n\nb\n", TextWrap.Of("a  \r\n\nb\n\n\n"));
}
