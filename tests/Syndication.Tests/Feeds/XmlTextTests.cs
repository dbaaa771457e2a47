using Syndication.Feeds;

namespace Syndication.Tests.Feeds;

public sealed class XmlTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u0000b\u0008c\u001fd", "abcd")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    [InlineData("whole \ud83d\ude00 pair", "whole \ud83d\ude00 pair")]
    [InlineData("c1\u0085control", "c1control")]
    public void CharactersThatXmlCannotHoldAreTakenOut(string text, string clean) => Assert.Equal(clean, XmlText.Clean(text));

    [Fact]
    public void HalfASurrogatePairIsTakenOut()
    {
        // Attributes cannot hold these, so this is no theory.
        Assert.Equal("lone  high", XmlText.Clean("lone \ud83d high"));
        Assert.Equal("lone  low", XmlText.Clean("lone \ude00 low"));
        Assert.Equal("noncharacter", XmlText.Clean("non\uffffcharacter"));
    }

    [Fact]
    public void ALineHasSingleSpacesAndNoBreaks() => Assert.Equal("a b c", XmlText.CleanLine(" a\r\n b\t\tc "));
}
