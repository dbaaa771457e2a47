using Syndication.Web;

namespace Syndication.Tests.Web;

public sealed class ConditionalTests
{
    private const string Tag = "\"abc\"";
    private const string Date = "Tue, 24 Nov 2026 12:00:00 GMT";
    private static readonly DateTimeOffset Modified = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("\"abc\"", null, true)]
    [InlineData("W/\"abc\"", null, true)]
    [InlineData("\"x\", \"abc\"", null, true)]
    [InlineData("*", null, true)]
    [InlineData("\"x\"", null, false)]
    [InlineData("abc", null, false)]
    [InlineData(null, Date, true)]
    [InlineData(null, "Tue, 24 Nov 2026 12:00:01 GMT", true)]
    [InlineData(null, "Tue, 24 Nov 2026 11:59:59 GMT", false)]
    [InlineData(null, "Tuesday, 24-Nov-26 12:00:00 GMT", true)]
    [InlineData(null, "yesterday", false)]
    [InlineData("\"x\"", Date, false)]
    [InlineData("\"abc\"", "Tue, 24 Nov 2020 12:00:00 GMT", true)]
    public void TheEntityTagDecidesWhereThereIsOneElseTheDate(string? ifNoneMatch, string? ifModifiedSince, bool notModified) =>
        Assert.Equal(notModified, Conditional.IsNotModified(ifNoneMatch, ifModifiedSince, Tag, Modified));

    [Fact]
    public void WithoutADateOnlyTheEntityTagCounts() => Assert.False(Conditional.IsNotModified(null, Date, Tag, null));
}
