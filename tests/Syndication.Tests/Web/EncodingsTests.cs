using Syndication.Web;

namespace Syndication.Tests.Web;

public sealed class EncodingsTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("identity", 0)]
    [InlineData("gzip", 1)]
    [InlineData("gzip, deflate, br", 2)]
    [InlineData("br;q=0.5, gzip;q=0.8", 1)]
    [InlineData("br;q=0, gzip", 1)]
    [InlineData("gzip;q=0", 0)]
    [InlineData("*", 2)]
    [InlineData("*;q=0", 0)]
    [InlineData("br;q=nonsense, gzip", 1)]
    [InlineData("GZIP", 1)]
    public void TheClientGetsTheBestCodingItTakes(string? header, int coding) =>
        Assert.Equal((ContentCoding)coding, Encodings.Choose(header));
}
