using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData(" UTC ")]
    [InlineData("W. Europe Standard Time")]
    public void IanaAndWindowsNamesAreKnown(string name) => Assert.NotNull(TimeZones.Find(name));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("UTC+2")]
    [InlineData("a\0b")]
    public void OtherNamesAreNot(string name) => Assert.Null(TimeZones.Find(name));

    [Fact]
    public void ANameThatDiffersInCaseIsOffered() => Assert.Equal("Europe/Berlin", TimeZones.Expected("europe/berlin"));
}
