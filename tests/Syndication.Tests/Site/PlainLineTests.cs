using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData(" a\r\n\tb ", 10, "a b")]
    [InlineData("a\u0001b", 10, "ab")]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two…")]
    [InlineData("one two, three", 12, "one two…")]
    [InlineData("onetwothree", 8, "onetwot…")]
    [InlineData("一二三四五六七八九", 5, "一二三四…")]
    [InlineData("abc😀def", 5, "abc…")]
    [InlineData("", 5, "")]
    public void TextComesOnOneLineAndIsCutAtAWord(string text, int longest, string expected) => Assert.Equal(expected, PlainLine.Of(text, longest));

    [Theory]
    [InlineData("Jane Doe", "Jane Doe")]
    [InlineData("  Jane \t Doe\r\nBcc: x@example.org ", "Jane Doe Bcc: x@example.org")]
    [InlineData("Jane\u202e\u200bDoe\0", "JaneDoe")]
    [InlineData(" \r\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ANameIsPlainTextOnOneLine(string? text, string? line) => Assert.Equal(line, PlainLine.OfName(text));

    [Fact]
    public void HalfACharacterIsReplaced() => Assert.Equal("\ufffdJane", PlainLine.OfName("\ud800Jane"));

    [Fact]
    public void ANameThatIsAnAdvertisementIsCutBetweenCharacters()
    {
        string cut = PlainLine.OfName(string.Concat("a", string.Concat(Enumerable.Repeat("😀", 200))))!;

        Assert.Equal(99, cut.Length);
        Assert.True(cut.IsNormalized());
    }
}
