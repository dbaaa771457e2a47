using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class PagePlanTests
{
    private static readonly SiteDefinition Blog = Sites.Bare() with { ServesPages = true };

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/FEED.xml")]
    [InlineData("/feed.xml/")]
    [InlineData("/index.html")]
    [InlineData("/")]
    [InlineData("/%2esyndication.json")]
    [InlineData("/a/%2e%2e/%2e%2e/evil.html")]
    public void APermalinkThatIsNotAPostsToHaveGivesNoPage(string permalink)
    {
        PagePlan plan = Plan(new PostCatalog(Blog, [Post("a.md", permalink)]));

        Assert.Empty(plan.Names);
        Assert.StartsWith("a.md: the p", Assert.Single(plan.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoPostsWithOnePermalinkTheOlderHasThePage()
    {
        Post older = Post("older.md", "/x/");
        Post newer = Post("newer.md", "/x/");

        PagePlan plan = Plan(new PostCatalog(Blog, [newer, older]));

        Assert.Equal(("x/index.html", null), (plan.NameOf(older), plan.NameOf(newer)));
        Assert.Equal("newer.md: the permalink /x/ is that of older.md already, so the post has no page; expected a permalink of its own", Assert.Single(plan.Problems).ToString());
    }

    [Fact]
    public void ASiteWithPagesOfItsOwnHasNoneHere() =>
        Assert.Empty(Plan(new PostCatalog(Blog with { ServesPages = false }, [Post("a.md", "/feed.xml")])).Problems);

    [Theory]
    [InlineData("/blog/atom.xml", "/blog/atom.xml")]
    [InlineData("/feed/", "/feed/")]
    [InlineData("/feed.json", "/feed.xml")]
    [InlineData("/rss.xml", "/feed.xml")]
    [InlineData("/index.html", "/feed.xml")]
    [InlineData("/a/%2e%2e/%2e%2e/evil2.xml", "/feed.xml")]
    [InlineData("/nul%00.xml", "/feed.xml")]
    public void AFeedPathThatCannotBeIsToldAndTheDefaultStays(string configured, string used)
    {
        SiteDefinition site = Sites.Jekyll() with { FeedPath = configured };

        Assert.Equal(used, FeedDefinition.Of(site)[0].Path);
        Assert.Equal(configured == used, FeedDefinition.ProblemOf(site) is null);
    }

    private static PagePlan Plan(PostCatalog catalog) => PagePlan.Of(catalog, FeedPlan.Of(catalog, new FeedOptions()));

    private static Post Post(string path, string permalink) => Blog.Post(path, "---\ndate: 2026-01-02\n---\nText.") with { Id = path, Permalink = permalink };
}
