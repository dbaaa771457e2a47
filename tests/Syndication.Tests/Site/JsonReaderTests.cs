using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("2", 2L)]
    [InlineData("-7", -7L)]
    [InlineData("2.0", 2.0)]
    [InlineData("1.5e2", 150.0)]
    public void NumbersWithoutAPointAreWhole(string number, object expected) =>
        Assert.Equal(expected, JsonReader.Read($"{{\"n\": {number}}}", 1, ignoreCase: false).Get("n"));
}
