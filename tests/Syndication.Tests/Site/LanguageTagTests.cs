using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("de-1996", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("en_US", false)]
    [InlineData("en-", false)]
    [InlineData("english language", false)]
    [InlineData("<en>", false)]
    public void ATagHasTheFormOfBcp47(string tag, bool expected) => Assert.Equal(expected, LanguageTag.IsWellFormed(tag));
}
