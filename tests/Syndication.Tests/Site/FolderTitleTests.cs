using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class FolderTitleTests
{
    [Theory]
    [InlineData("/home/me/my-blog_posts", "My blog posts")]
    [InlineData("/home/me/posts", "Posts")]
    [InlineData("/home/me/example.org", "Example.org")]
    [InlineData("/home/me/über\nuns", "Über uns")]
    [InlineData("/", "Posts")]
    [InlineData("/home/me/___", "Posts")]
    public void AFoldersNameBecomesATitle(string folder, string expected) => Assert.Equal(expected, FolderTitle.Of(folder));
}
