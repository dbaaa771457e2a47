using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class BarePostsTests
{
    [Theory]
    [InlineData("a.md", true)]
    [InlineData("deep/er/a.mkdn", true)]
    [InlineData("a.html", true)]
    [InlineData("folder/index.md", true)]
    [InlineData("index.md", false)]
    [InlineData("README.md", false)]
    [InlineData("sub/readme.markdown", false)]
    [InlineData("LICENSE.md", false)]
    [InlineData("a.txt", false)]
    [InlineData(".hidden.md", false)]
    [InlineData("_draft.md", false)]
    [InlineData("_layouts/a.md", false)]
    [InlineData("node_modules/x/a.md", false)]
    [InlineData(".git/a.md", false)]
    public void EveryMarkdownFileIsAPostButSome(string path, bool isPost) => Assert.Equal(isPost, Sites.Bare().Reader().IsPost(path));

    [Theory]
    [InlineData("", true)]
    [InlineData("deep", true)]
    [InlineData("deep/.git", false)]
    [InlineData("node_modules", false)]
    [InlineData("_site", false)]
    public void FoldersOfProgramsAreNotWalked(string folder, bool walked) => Assert.Equal(walked, Sites.Bare().Reader().Walks(folder));

    [Fact]
    public void OnlyThePostsFolderIsWalked()
    {
        PostReader reader = (Sites.Bare() with { PostsFolder = "/site/src/_posts" }).Reader();

        Assert.True(reader.Walks("src"));
        Assert.True(reader.Walks("src/_posts"));
        Assert.True(reader.Walks("src/_posts/in"));
        Assert.False(reader.Walks("other"));
        Assert.False(reader.Walks("src/_posts/_in"));
        Assert.True(reader.IsPost("src/_posts/a.md"));
    }

    [Theory]
    [InlineData("My First Post.md", "", "/my-first-post/")]
    [InlineData("Deep/Er Folder/a.md", "", "/deep/er-folder/a/")]
    [InlineData("deep/my-post/index.md", "", "/deep/my-post/")]
    [InlineData("2020-01-31-a.md", "", "/2020/01/31/a/")]
    [InlineData("x/2020-01-31-a/index.md", "", "/2020/01/31/a/")]
    [InlineData("a.md", "slug: Other", "/other/")]
    [InlineData("x/a.md", "permalink: /:year/:slug.html\ndate: 2020-01-02", "/2020/a.html")]
    [InlineData("x/a.md", "permalink: /ü/../%2e%2e/x/", "/x/")]
    [InlineData("日本.md", "", "/%E6%97%A5%E6%9C%AC/")]
    public void AddressesComeFromNamesAndFolders(string path, string frontMatter, string permalink)
    {
        Post post = Sites.Bare().Post(path, $"---\n{frontMatter}\n---\n");

        Assert.Equal((permalink, "https://blog.example.org" + permalink), (post.Permalink, post.DerivedId));
    }

    [Fact]
    public void TheSitesPermalinkIsATemplate()
    {
        SiteDefinition site = Sites.Bare() with { Permalink = "/blog/:folders/:year/:slug/" };

        Assert.Equal("/blog/x/2020/a/", site.Post("x/2020-01-31-a.md", "").Permalink);
    }

    [Theory]
    [InlineData("a-b.md", "---\ntitle: Mine\n---\n# Heading\n", "Mine")]
    [InlineData("a-b.md", "\n# A *heading* #\n\ntext", "A *heading*")]
    [InlineData("a-b.md", "text\n\n# Later", "A b")]
    [InlineData("a-b.md", "## Second level", "A b")]
    [InlineData("my-post/index.md", "", "My post")]
    public void TheTitleIsGivenOrTheFirstHeadingOrTheName(string path, string text, string title) =>
        Assert.Equal(title, Sites.Bare().Post(path, text).Title);

    [Theory]
    [InlineData("a.md", "pubDate: 'Jul 08 2022'", "2022-07-08")]
    [InlineData("a.md", "publishDate: 2022-07-09", "2022-07-09")]
    [InlineData("2020-01-31-a.md", "x: 1", "2020-01-31")]
    [InlineData("2020-01-31-a.md", "date: 2022-07-09", "2022-07-09")]
    public void TheDateHasSeveralKeysOrStandsInTheName(string path, string frontMatter, string date)
    {
        Post post = Sites.Bare().Post(path, $"---\n{frontMatter}\n---\n");

        Assert.Equal((date, false), ($"{post.Date:yyyy-MM-dd}", post.IsUndated));
    }

    [Fact]
    public void APostWithoutADateTakesTheOneGiven()
    {
        Post post = Sites.Bare("Europe/Berlin").Post("a.md", "---\nlayout: post\ntitle: x\n---\n");

        Assert.Equal((true, Sites.UndatedAs, TimeSpan.FromHours(2)), (post.IsUndated, post.Date, post.Date.Offset));
        Assert.Equal(post.Date, post.Updated);
    }

    [Theory]
    [InlineData("hidden: true", nameof(PostVisibility.Hidden))]
    [InlineData("published: false", nameof(PostVisibility.Hidden))]
    [InlineData("permalink: false", nameof(PostVisibility.Hidden))]
    [InlineData("draft: true", nameof(PostVisibility.Draft))]
    [InlineData("published: 2020-01-01", nameof(PostVisibility.Shown))]
    public void HiddenAndUnpublishedPostsAreNotShown(string frontMatter, string visibility) =>
        Assert.Equal(visibility, Sites.Bare().Post("a.md", $"---\n{frontMatter}\n---\n").Visibility.ToString());

    [Theory]
    [InlineData("a\n<!--more-->\nb", "<!--more-->")]
    [InlineData("a\n<!-- more -->\nb", "<!-- more -->")]
    [InlineData("a\n\nb", "\n\n")]
    public void AMarkEndsTheExcerptElseTheFirstParagraph(string body, string separator) =>
        Assert.Equal(separator, Sites.Bare().Post("a.md", body).ExcerptSeparator);

    [Fact]
    public void LabelsComeFromAllKeysAndLists()
    {
        Post post = Sites.Bare().Post("a.md", "---\ntag: one two\ntags: a, b\nCategory: c\ncategories: [d, c]\n---\n");

        Assert.Equal(["one two", "a", "b"], post.Tags);
        Assert.Equal(["c", "d"], post.Categories);
    }

    [Fact]
    public void HtmlNeedsFrontMatter()
    {
        Assert.Null(Sites.Bare().Read("a.html", "<p>x").Post);
        Assert.Equal(PostMarkup.Html, Sites.Bare().Post("a.html", "---\ntitle: x\n---\n<p>x").Markup);
    }

    [Fact]
    public void AnotherProgramsTemplateIsNoPermalink()
    {
        PostReading reading = Sites.Bare().Read("a.md", "---\npermalink: \"/b/{{ title | slug }}/\"\n---\n");

        Assert.Equal("/a/", reading.Post?.Permalink);
        Assert.Equal(2, Assert.Single(reading.Problems).Line);
    }

    [Fact]
    public void ANameWithoutLettersNeedsASlug()
    {
        Assert.StartsWith("🚀.md: no address can be made", Sites.Bare().Problem("🚀.md", "x"), StringComparison.Ordinal);
        Assert.Equal("/rocket/", Sites.Bare().Post("🚀.md", "---\nslug: rocket\n---\n").Permalink);
    }
}
