using Syndication.Content.Liquid;
using Syndication.Site;

namespace Syndication.Tests.Content.Liquid;

public sealed class PageUrlTests
{
    [Theory]
    [InlineData("about.md", "---\n---\n", "/about.html", "/about/")]
    [InlineData("sub/page.html", "---\n---\n", "/sub/page.html", "/sub/page/")]
    [InlineData("sub/page.html", "<p>", "/sub/page.html", "/sub/page.html")]
    [InlineData("sub/index.md", "---\n---\n", "/sub/", "/sub/")]
    [InlineData("sub/own.md", "---\npermalink: /own/\n---\n", "/own/", "/own/")]
    [InlineData("sub/file.txt", null, "/sub/file.txt", "/sub/file.txt")]
    [InlineData("missing.md", null, "/missing.html", "/missing/")]
    [InlineData("feed.xml", "---\n---\n", "/feed.xml", "/feed.xml")]
    public void PagesFollowTheSitesStyleUnlessTheyHaveAPermalink(string file, string? text, string plain, string pretty)
    {
        foreach (string? style in (string?[])[null, "date", "none", "/:title:output_ext"])
        {
            Assert.Equal(plain, PageUrl.Of(file, text, Rendering.Site(SiteKind.Jekyll) with { Permalink = style }));
        }

        foreach (string style in (string[])["pretty", "/:year/:title/"])
        {
            Assert.Equal(pretty, PageUrl.Of(file, text, Rendering.Site(SiteKind.Jekyll) with { Permalink = style }));
        }
    }
}
