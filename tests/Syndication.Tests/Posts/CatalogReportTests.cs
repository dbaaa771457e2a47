using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class CatalogReportTests
{
    [Theory]
    [InlineData("00:00:40", "40 s")]
    [InlineData("00:01:59", "119 s")]
    [InlineData("00:12:30", "12 min")]
    [InlineData("08:10:00", "8 h")]
    [InlineData("1.12:00:00", "36 h")]
    [InlineData("3.01:00:00", "3 d")]
    public void ALengthOfTimeIsToldInItsLargestUnit(string time, string words) =>
        Assert.Equal(words, CatalogReport.InWords(TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
}
