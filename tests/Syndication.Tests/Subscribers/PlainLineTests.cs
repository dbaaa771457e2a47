using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData("Jane Doe", "Jane Doe")]
    [InlineData("  Jane \t Doe\r\nBcc: x@example.org ", "Jane Doe Bcc: x@example.org")]
    [InlineData("Jane\u202e\u200bDoe\0", "JaneDoe")]
    [InlineData(" \r\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ANameIsPlainTextOnOneLine(string? text, string? line) => Assert.Equal(line, PlainLine.Of(text));

    [Fact]
    public void HalfACharacterIsReplaced() => Assert.Equal("\ufffdJane", PlainLine.Of("\ud800Jane"));

    [Fact]
    public void ANameThatIsAnAdvertisementIsCutBetweenCharacters()
    {
        string cut = PlainLine.Of(string.Concat("a", string.Concat(Enumerable.Repeat("😀", 200))))!;

        Assert.Equal(99, cut.Length);
        Assert.True(cut.IsNormalized());
    }
}
