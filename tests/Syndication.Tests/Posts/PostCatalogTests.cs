using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class PostCatalogTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void OfPostsWithOneIdTheFirstByPathIsInAndTheOtherIsAProblem()
    {
        SiteDefinition site = new()
        {
            Kind = SiteKind.Bare,
            Root = "/blog",
            PostsFolder = "/blog",
            Url = new Uri("https://blog.example/"),
            Title = "Blog",
            TimeZone = TimeZoneInfo.Utc,
        };
        PostReader reader = new(site, new PostsOptions(), "1");
        Post[] posts = [.. new[] { "b.md", "a.md" }.Select(path => reader.Read(path, "Text."u8, Now.AddDays(-1)).Post! with { Id = "urn:one" })];

        PostCatalog catalog = PostCatalog.Of(site, [.. posts], [], null, isSettled: true, Now);

        Assert.Equal("a.md", Assert.Single(catalog.Published).Path);
        Assert.Equal("b.md", Assert.Single(catalog.Problems).Source);
        Assert.True(catalog.Since(catalog).IsEmpty);
    }
}
