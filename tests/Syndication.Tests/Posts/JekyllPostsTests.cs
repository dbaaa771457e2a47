using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class JekyllPostsTests
{
    [Theory]
    [InlineData("_posts/2020-01-31-a.md", true)]
    [InlineData("_posts/20-1-3-a.md", true)]
    [InlineData("_posts/sub/2020-01-31-a.html", true)]
    [InlineData("news/Some Dir/_posts/2020-01-31-a.textile", true)]
    [InlineData("_drafts/a.md", true)]
    [InlineData("_posts/a.md", false)]
    [InlineData("_posts/2020-01-31.md", false)]
    [InlineData("_posts/2020-01-31-noext", false)]
    [InlineData("_posts/2020-01-31-a.yml", false)]
    [InlineData("_posts/2020-01-31-a.md~", false)]
    [InlineData("_posts/.2020-01-31-a.md", false)]
    [InlineData("_posts/.git/2020-01-31-a.md", false)]
    [InlineData("_posts/_old/2020-01-31-a.md", false)]
    [InlineData("_pages/_posts/2020-01-31-a.md", false)]
    [InlineData("node_modules/x/_posts/2020-01-31-a.md", false)]
    [InlineData("vendor/bundle/x/_posts/2020-01-31-a.md", false)]
    [InlineData("2020-01-31-a.md", false)]
    public void PostsAreTheDatedFilesOfPostsFolders(string path, bool isPost) =>
        Assert.Equal(isPost, Sites.Jekyll().Reader().IsPost(path));

    [Theory]
    [InlineData("old/_posts/2020-01-31-a.md", false)]
    [InlineData("older/_posts/2020-01-31-a.md", false)]
    [InlineData("_posts/2020-01-31-x.bak.md", false)]
    [InlineData("_kept/_posts/2020-01-31-a.md", true)]
    [InlineData("out/_posts/2020-01-31-a.md", false)]
    public void ExcludeAndIncludeAreObeyed(string path, bool isPost)
    {
        SiteDefinition site = Sites.Jekyll("exclude: [old, '*.bak.*']\ninclude: [_kept]\ndestination: ./out");

        Assert.Equal(isPost, site.Reader().IsPost(path));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("news", true)]
    [InlineData("_posts", true)]
    [InlineData("_posts/_sub", true)]
    [InlineData("_posts/.git", false)]
    [InlineData("_drafts", true)]
    [InlineData("_site", false)]
    [InlineData("node_modules", false)]
    [InlineData("vendor/bundle", false)]
    [InlineData(".git", false)]
    public void OnlyFoldersThatMayHoldPostsAreWalked(string folder, bool walked) =>
        Assert.Equal(walked, Sites.Jekyll().Reader().Walks(folder));

    [Fact]
    public void PostsLieInTheCollectionsFolderWhereItIsConfigured()
    {
        PostReader reader = Sites.Jekyll("collections_dir: my").Reader();

        Assert.True(reader.IsPost("my/_posts/2020-01-31-a.md"));
        Assert.True(reader.IsPost("my/cat/_posts/2020-01-31-a.md"));
        Assert.False(reader.IsPost("_posts/2020-01-31-a.md"));
    }

    [Fact]
    public void AnotherFolderMayStandForPosts()
    {
        SiteDefinition site = Sites.Jekyll() with { PostsFolder = "/site/articles" };

        Assert.Equal("/2020/01/31/a.html", site.Post("articles/x/2020-01-31-a.md", "").Permalink);
        Assert.True(site.Reader().Walks("articles/x"));
    }

    [Fact]
    public void APostWithoutFrontMatterHasItsTitleAndDateFromItsName()
    {
        Post post = Sites.Jekyll(zone: "America/New_York").Post("_posts/2020-01-31-first-POST..md", "body\n");

        Assert.Equal("First Post", post.Title);
        Assert.Equal("first-POST", post.Slug);
        Assert.Equal(new DateTimeOffset(2020, 1, 31, 0, 0, 0, TimeSpan.FromHours(-5)), post.Date);
        Assert.Equal(TimeSpan.FromHours(-5), post.Date.Offset);
        Assert.Equal("/2020/01/31/first-POST.html", post.Permalink);
        Assert.Equal("https://blog.example.org/2020/01/31/first-POST", post.DerivedId);
        Assert.Equal("\n\n", post.ExcerptSeparator);
        Assert.Equal(post.Date, post.Updated);
    }

    [Fact]
    public void TheDateOfTheFrontMatterWinsAndSetsTheAddressInTheSitesZone()
    {
        Post post = Sites.Jekyll(zone: "America/New_York")
            .Post("_posts/2020-01-22-dt.md", "---\ndate: 2020-06-07T10:11:12+09:00\nlast_modified_at: 2021-01-01\n---\n");

        Assert.Equal("/2020/06/06/dt.html", post.Permalink);
        Assert.Equal(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5)), post.Updated);
    }

    [Fact]
    public void ATimeInQuotesIsTheSitesTime()
    {
        SiteDefinition site = Sites.Jekyll(zone: "America/New_York");

        Assert.Equal(10, site.Post("_posts/2020-01-04-a.md", "---\ndate: \"2020-01-04 10:00:00\"\n---\n").Date.Hour);
        Assert.Equal(5, site.Post("_posts/2020-01-04-a.md", "---\ndate: 2020-01-04 10:00:00\n---\n").Date.Hour);
    }

    [Theory]
    [InlineData("category: b c\ncategories: a d", "a,d,b c", "/a/d/b%20c/2020/01/31/x.html")]
    [InlineData("categories: [2020, ~, a, a]", "2020,a", "/2020/a/2020/01/31/x.html")]
    [InlineData("categories: Foo BAR foo", "Foo,BAR,foo", "/foo/bar/2020/01/31/x.html")]
    [InlineData("categories:", "", "/2020/01/31/x.html")]
    public void CategoriesComeFromBothKeys(string frontMatter, string categories, string permalink)
    {
        Post post = Sites.Jekyll().Post("_posts/2020-01-31-x.md", $"---\n{frontMatter}\n---\n");

        Assert.Equal((categories, permalink), (string.Join(',', post.Categories), post.Permalink));
    }

    [Fact]
    public void FoldersAboveAndDefaultsAreCategoriesToo()
    {
        Post post = Sites.Jekyll("defaults:\n- values: {categories: [d]}").Post("Some Dir/_posts/in/2020-01-20-x.md", "---\ncategories: own\n---\n");

        Assert.Equal(["Some Dir", "d", "own"], post.Categories);
        Assert.Equal("/some%20dir/d/own/2020/01/20/x.html", post.Permalink);
    }

    [Theory]
    [InlineData("tag: t u\ntags: v w", "t u")]
    [InlineData("tags: v w", "v,w")]
    [InlineData("tags: [1, ~, x y]", "1,x y")]
    public void TheSingularTagWinsAndIsKeptWhole(string frontMatter, string tags) =>
        Assert.Equal(tags, string.Join(',', Sites.Jekyll().Post("_posts/2020-01-31-x.md", $"---\n{frontMatter}\n---\n").Tags));

    [Theory]
    [InlineData("slug: Über Slug", "/2020/01/31/%C3%9Cber-Slug.html", "https://blog.example.org/2020/01/31/%C3%9Cber%20Slug")]
    [InlineData("permalink: /a b/:title/", "/a b/x/", "https://blog.example.org/a%20b/x")]
    [InlineData("permalink: /my/post", "/my/post", "https://blog.example.org/my/x")]
    [InlineData("permalink: pretty", "/pretty", "https://blog.example.org/x")]
    public void IdsAreThoseOfJekyllFeed(string frontMatter, string permalink, string id)
    {
        Post post = Sites.Jekyll().Post("_posts/2020-01-31-x.md", $"---\n{frontMatter}\n---\n");

        Assert.Equal((permalink, id), (post.Permalink, post.DerivedId));
    }

    [Fact]
    public void TheIdHasTheSitesPrefix()
    {
        SiteDefinition site = Sites.Jekyll() with { Url = new Uri("https://blog.example.org/sub/") };

        Assert.Equal("https://blog.example.org/sub/2020/01/31/x", site.Post("_posts/2020-01-31-x.md", "").DerivedId);
    }

    [Theory]
    [InlineData("permalink: pretty", "/2020/01/31/x/")]
    [InlineData("permalink: /:path/:name/:slugified_categories", "/2020-01-31-x/2020-01-31-x/")]
    [InlineData("permalink: none\ncollections: {posts: {permalink: '/p/:title'}}", "/p/x")]
    public void TheSitesPermalinkIsAStyleOrATemplate(string configuration, string permalink) =>
        Assert.Equal(permalink, Sites.Jekyll(configuration).Post("_posts/2020-01-31-x.md", "").Permalink);

    [Theory]
    [InlineData("published: false", nameof(PostVisibility.Hidden))]
    [InlineData("published:", nameof(PostVisibility.Hidden))]
    [InlineData("published: true", nameof(PostVisibility.Shown))]
    [InlineData("draft: true", nameof(PostVisibility.Draft))]
    [InlineData("hidden: true", nameof(PostVisibility.Shown))]
    public void VisibilityIsWhatJekyllFeedShows(string frontMatter, string visibility) =>
        Assert.Equal(visibility, Sites.Jekyll().Post("_posts/2020-01-31-x.md", $"---\n{frontMatter}\n---\n").Visibility.ToString());

    [Fact]
    public void ADraftNeedsNoDate()
    {
        Post post = Sites.Jekyll().Post("_drafts/my-idea.md", "---\n---\n");

        Assert.Equal((PostVisibility.Draft, true, Sites.UndatedAs), (post.Visibility, post.IsUndated, post.Date));
        Assert.Equal("/2024/05/06/my-idea.html", post.Permalink);
    }

    [Fact]
    public void AllKeysOfAFeedAreRead()
    {
        const string text = """
            ---
            title: 1.0
            authors: [jo, {name: Ann, email: a@example.org, uri: https://ann.example}, jo]
            lang: de
            description: " About "
            excerpt: Short
            excerpt_separator: ""
            image: {path: /i.png}
            feed: {excerpt_only: true}
            redirect_from: [old/path, /older/]
            guid: tag:example.org,2020:1
            ---
            body
            """;

        Post post = Sites.Jekyll().Post("_posts/2020-01-31-x.md", text);

        Assert.Equal("1.0", post.Title);
        Assert.Equal([new Author("jo"), new Author("Ann", "a@example.org", "https://ann.example")], post.Authors);
        Assert.Equal(("de", "About", "Short", ""), (post.Language, post.Description, post.Excerpt, post.ExcerptSeparator));
        Assert.Equal(("/i.png", true, "tag:example.org,2020:1"), (post.Image, post.ExcerptOnly, post.DeclaredId));
        Assert.Equal(["/old/path", "/older/"], post.Aliases);
        Assert.Equal(("body", 13), (post.Body, post.BodyLine));
    }

    [Fact]
    public void AuthorsAreLookedUpInTheSitesData()
    {
        SiteDefinition site = Sites.Jekyll();
        site = site with { Authors = site.Authors.Add("jo", new Author("Jo Doe", "jo@example.org")) };

        Assert.Equal([new Author("Jo Doe", "jo@example.org")], site.Post("_posts/2020-01-31-x.md", "---\nauthor: jo\n---\n").Authors);
    }

    [Theory]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: soon\n---\n", "_posts/2020-01-31-x.md:2: date is no date: 'soon'")]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: [1]\n---\n", "_posts/2020-01-31-x.md:2: date is no date: a list")]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: {a: 1}\n---\n", "_posts/2020-01-31-x.md:2: date is no date: a mapping")]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: 1\n---\n", "_posts/2020-01-31-x.md:2: date is no date: '1'")]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: true\n---\n", "_posts/2020-01-31-x.md:2: date is no date: 'true'")]
    [InlineData("_posts/2020-01-31-x.md", "---\ndate: \"yes\"\n---\n", "_posts/2020-01-31-x.md:2: date is no date: 'yes'")]
    [InlineData("_posts/2020-13-31-x.md", "", "_posts/2020-13-31-x.md: the file's name begins with 2020-13-31, which is no date")]
    [InlineData("_posts/2020-01-31-x.md", "---\npermalink: /:titel/\n---\n", "_posts/2020-01-31-x.md:2: the permalink '/:titel/' has an unknown token :titel")]
    [InlineData("_posts/2020-01-31-x.md", "---\npermalink: \"/a\\nb/\"\n---\n", "_posts/2020-01-31-x.md:2: the permalink '/a\\u000ab/' has a control character")]
    public void WhatCannotBeAPostSaysWhy(string path, string text, string problem)
    {
        PostReading reading = Sites.Jekyll().Read(path, text);

        Assert.Null(reading.Post);
        Assert.StartsWith(problem, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesAreReadAsTheyAreAndPicturesAreNone()
    {
        Post post = Sites.Jekyll().Post("_posts/2011-04-12-text.Rmd", "text");
        PostReading picture = Sites.Jekyll().Reader().Read("_posts/2011-04-12-a.gif", [.. Encoding.ASCII.GetBytes("GIF"), 0xFF, 0], default);

        Assert.Equal(("/2011/04/12/text.Rmd", PostMarkup.Html), (post.Permalink, post.Markup));
        Assert.Null(picture.Post);
        Assert.Empty(picture.Problems);
    }
}
