using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class HugoPermalinkTests
{
    private static readonly HugoPage Page = new(
        new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero), ["blog", "S T", "Deep"], "Some Title", null, "Page One");

    [Theory]
    [InlineData("/:year/:month/:day/:title/", "/2020/03/04/some-title/")]
    [InlineData("/:monthname-:weekday-:weekdayname-:yearday", "/march-3-wednesday-64")]
    [InlineData("/:section/:06/:slugorfilename", "/blog/20/page-one")]
    [InlineData("/:sections/:slug", "/blog/s-t/deep/some-title")]
    [InlineData("/:sections[0]/:sections[last]/:contentbasename", "/blog/deep/page-one")]
    [InlineData("/:sections[1:]/:sections[:last]", "/s-t/deep/blog/s-t")]
    public void TokensAreExpanded(string pattern, string path) => Assert.Equal(path, Expand(pattern, Page));

    [Fact]
    public void ASlugWinsOverTheTitle() =>
        Assert.Equal("/mine/mine", Expand("/:slug/:slugorcontentbasename", Page with { Slug = "Mine" }));

    [Theory]
    [InlineData("/:titel/", ":titel")]
    [InlineData("/:year_/", ":year_")]
    [InlineData("/:sections[x]/", ":sections[x]")]
    public void AnUnknownTokenIsNamed(string pattern, string token)
    {
        Assert.Null(HugoPermalink.Expand(pattern, Page, ToPath, out string unknown));
        Assert.Equal(token, unknown);
    }

    private static string? Expand(string pattern, HugoPage page) => HugoPermalink.Expand(pattern, page, ToPath, out _);

    private static string ToPath(string text) => Slug.HugoPath(text, keepCase: false, removeAccents: false);
}
