using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class HugoPermalinkTests
{
    private static readonly HugoPage Page = new(
        new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero), ["blog", "S T", "Deep"], ["Journal", "Deepest"], "Some Title", null, "Page One");

    [Theory]
    [InlineData("/:year/:month/:day/:title/", "/2020/03/04/some-title/")]
    [InlineData("/:monthname-:weekday-:weekdayname-:yearday", "/march-3-wednesday-64")]
    [InlineData("/:section/:06/:slugorfilename", "/blog/20/page-one")]
    [InlineData("/:sections/:slug", "/blog/s-t/deep/some-title")]
    [InlineData("/:sections[0]/:sections[last]/:contentbasename", "/blog/deep/page-one")]
    [InlineData("/:sections[1:]/:sections[:last]", "/s-t/deep/blog/s-t")]
    [InlineData("/:sections[last:]/:sections[1:9]/:sections[LAST]/x", "/deep/s-t/deep/deep/x")]
    [InlineData("/:sections[5:]/:sections[7]/:sections[0:0]/:sections[2:1]/x", "/////x")]
    [InlineData("/:sections[-1]/:sections[x]/:sections[ 1 : 2 ]/x", "/blog/blog//x")]
    [InlineData("/:sectionslug/:sectionslugs/:sectionslugs[last]", "/journal/journal/deepest/deepest")]
    [InlineData("/:2006/:Jan-02/:January/:06/:1/:2/:15/:3/:MST/:002/:Monday_Jan", "/2020/mar-02/march/20/3/4/05/5/utc/064/wednesday_mar")]
    public void TokensAreExpanded(string pattern, string path) => Assert.Equal(path, Expand(pattern, Page));

    [Fact]
    public void ASlugWinsOverTheTitle() =>
        Assert.Equal("/mine/mine", Expand("/:slug/:slugorcontentbasename", Page with { Slug = "Mine" }));

    [Theory]
    [InlineData("/:titel/", ":titel")]
    [InlineData("/:year_/", ":year_")]
    [InlineData("/:sectionsx/", ":sectionsx")]
    public void AnUnknownTokenIsNamed(string pattern, string token)
    {
        Assert.Null(HugoPermalink.Expand(pattern, Page, ToPath, out string unknown));
        Assert.Equal(token, unknown);
    }

    private static string? Expand(string pattern, HugoPage page) => HugoPermalink.Expand(pattern, page, ToPath, out _);

    private static string ToPath(string text) => Slug.HugoPath(text, keepCase: false, removeAccents: false);
}
