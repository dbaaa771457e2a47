using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class HugoSectionsTests
{
    private const string Languages = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n";

    [Fact]
    public void ASectionGivesItsPostsWhatTheyDoNotSayThemselves()
    {
        PostReader reader = Sites.Hugo().Reader(("content/blog/_index.md", """
            ---
            cascade:
              date: 2020-01-01
              title: Given
              Tags: [given]
              description: About
              slug: here
              params: {author: Jo}
            ---
            """));

        Post silent = reader.Post("content/blog/sub/deep/a.md", "---\n---\n");
        Post own = reader.Post("content/blog/b.md", "---\ntitle: Own\ntags: []\ndate: 2021-01-01\nslug:\n---\n");
        Post elsewhere = reader.Post("content/other/c.md", "---\n---\n");

        Assert.Equal(("Given", "2020-01-01", "About", "/blog/sub/deep/here/"), (silent.Title, $"{silent.Date:yyyy-MM-dd}", silent.Description, silent.Permalink));
        Assert.Equal(["given"], silent.Tags);
        Assert.Equal([new Author("Jo")], silent.Authors);
        Assert.Equal(("Own", "2021-01-01", "/blog/b/"), (own.Title, $"{own.Date:yyyy-MM-dd}", own.Permalink));
        Assert.Empty(own.Tags);
        Assert.Equal((true, "C"), (elsewhere.IsUndated, elsewhere.Title));
    }

    [Theory]
    [InlineData("content/blog/sub/a.md", "sub")]
    [InlineData("content/blog/plain/a.md", "first")]
    [InlineData("content/other/a.md", "home")]
    public void TheNearerSectionWinsAndInItTheEarlierMapping(string path, string description)
    {
        PostReader reader = Sites.Hugo("[cascade]\ndescription = \"site\"\nsummary = \"of the site\"\n").Reader(
            ("content/_index.md", "---\ncascade: {description: home}\n---\n"),
            ("content/blog/_index.md", "---\ncascade:\n- description: first\n- description: second\n---\n"),
            ("content/blog/sub/_index.md", "+++\n[cascade]\ndescription = \"sub\"\n+++\n"));

        Post post = reader.Post(path, "---\n---\n");

        Assert.Equal((description, "of the site"), (post.Description, post.Excerpt));
    }

    [Theory]
    [InlineData("path: /blog/sub/b*", "content/blog/sub/b.md", true)]
    [InlineData("path: /blog/sub/b*", "content/blog/a.md", false)]
    [InlineData("path: /blog/*", "content/blog/sub/b.md", false)]
    [InlineData("path: /blog/**", "content/blog/sub/b.md", true)]
    [InlineData("path: '**/B.md'", "content/blog/sub/b.md", true)]
    [InlineData("path: '{/x,/blog/**}'", "content/blog/Sub/B.md", true)]
    [InlineData("path: /blog/*", "content/blog/bundle/index.md", false)]
    [InlineData("path: /blog/bundle", "content/blog/bundle/index.md", true)]
    [InlineData("kind: page", "content/blog/a.md", true)]
    [InlineData("kind: section", "content/blog/a.md", false)]
    [InlineData("kind: '{page,section}'", "content/blog/a.md", true)]
    [InlineData("lang: en", "content/blog/a.md", true)]
    [InlineData("lang: fr", "content/blog/a.md", false)]
    [InlineData("environment: production", "content/blog/a.md", true)]
    [InlineData("environment: development", "content/blog/a.md", false)]
    public void ATargetSaysForWhichPages(string target, string path, bool applies)
    {
        foreach (string key in (string[])["_target", "target"])
        {
            PostReader reader = Sites.Hugo().Reader(
                ("content/blog/_index.md", $"---\ncascade:\n- description: given\n  {key}: {{{target}}}\n---\n"));

            Assert.Equal(applies ? "given" : null, reader.Post(path, "---\n---\n").Description);
        }
    }

    [Fact]
    public void TheConfigurationMayNameTargetsToo()
    {
        PostReader reader = Sites.Hugo("[[cascade]]\ndescription = \"given\"\n[cascade._target]\npath = \"/blog/**\"\n").Reader();

        Assert.Equal("given", reader.Post("content/blog/a.md", "---\n---\n").Description);
        Assert.Null(reader.Post("content/docs/a.md", "---\n---\n").Description);
    }

    [Fact]
    public void EachLanguageHasItsOwnSections()
    {
        PostReader reader = Sites.Hugo(Languages + "[languages.fr.cascade]\nsummary = \"fr\"\n").Reader(
            ("content/blog/_index.md", "---\ncascade: {description: english}\n---\n"),
            ("content/blog/_index.fr.md", "---\ncascade: {description: french}\n---\n"),
            ("content/news/_index.md", "---\ndraft: true\n---\n"));

        Post english = reader.Post("content/blog/a.md", "---\n---\n");
        Post french = reader.Post("content/blog/a.fr.md", "---\n---\n");

        Assert.Equal(("english", null), (english.Description, english.Excerpt));
        Assert.Equal(("french", "fr"), (french.Description, french.Excerpt));
        Assert.Equal(PostVisibility.Draft, reader.Post("content/news/b.md", "---\n---\n").Visibility);
        Assert.Equal(PostVisibility.Shown, reader.Post("content/news/b.fr.md", "---\n---\n").Visibility);
    }

    [Theory]
    [InlineData("draft: true", "", true)]
    [InlineData("cascade: {draft: true}", "", true)]
    [InlineData("cascade: {draft: true}", "draft: false", true)]
    [InlineData("cascade: [{draft: true, _target: {kind: page}}]", "draft: false", false)]
    [InlineData("headless: true", "", false)]
    public void NothingInADraftOfASectionIsShown(string section, string post, bool isDraft)
    {
        PostReader reader = Sites.Hugo().Reader(("content/blog/_index.md", $"---\n{section}\n---\n"));

        Post read = reader.Post("content/blog/sub/a.md", $"---\n{post}\n---\n");

        Assert.Equal(isDraft ? PostVisibility.Draft : PostVisibility.Shown, read.Visibility);
    }

    [Fact]
    public void APostIsShownWhileItsSectionsAre()
    {
        PostReader reader = Sites.Hugo().Reader(
            ("content/blog/_index.md", "---\ndate: 2030-01-01\nexpiryDate: 2040-01-01\n---\n"),
            ("content/blog/sub/_index.md", "---\ndate: 2010-01-01\nexpiryDate: 2050-01-01\n---\n"));

        Post post = reader.Post("content/blog/sub/a.md", "---\ndate: 2020-01-01\nexpiryDate: 2045-01-01\n---\n");

        Assert.Equal((2020, 2030, 2040), (post.Date.Year, post.ShownFrom.Year, post.Expires?.Year));
    }

    [Fact]
    public void WhatASectionSaysIsPartOfTheKeyOfThePostsBelowItAlone()
    {
        string[] KeysWhere(string description)
        {
            PostReader reader = Sites.Hugo().Reader(("content/blog/_index.md", $"---\ncascade: {{description: {description}}}\n---\n"));
            return [.. ((string[])["content/blog/a.md", "content/other/a.md"]).Select(path => reader.Post(path, "---\n---\n").CacheKey)];
        }

        Assert.NotEqual(KeysWhere("one")[0], KeysWhere("two")[0]);
        Assert.Equal(KeysWhere("one")[1], KeysWhere("two")[1]);
    }

    [Fact]
    public void ASectionThatCannotBeReadIsAWarningAndSaysNothing()
    {
        PostReader reader = Sites.Hugo().Reader(("content/blog/_index.md", "---\ncascade: {a: [\n---\n"));

        Problem problem = Assert.Single(reader.Problems);
        Assert.Equal((Severity.Warning, "content/blog/_index.md"), (problem.Severity, problem.Source));
        reader.Post("content/blog/a.md", "---\n---\n");
    }

    [Theory]
    [InlineData("content/blog/a.md", "/blog/a/blog/")]
    [InlineData("content/blog/plain/a.md", "/blog/a/blog/")]
    [InlineData("content/blog/s2/a.md", "/blog/s2/a/blog/second/")]
    [InlineData("content/blog/s2/plain/a.md", "/blog/s2/a/blog/second/")]
    [InlineData("content/blog/s2/plain/u/a.md", "/blog/s2/plain/u/a/blog/second/titled/")]
    [InlineData("content/blog/s2/plain/u/bundle/index.md", "/blog/s2/plain/u/bundle/blog/second/titled/")]
    public void AFolderIsASectionWhenItHasAPageOrIsAtTheTop(string path, string permalink)
    {
        SiteDefinition site = Sites.Hugo();
        site = site with { PermalinksBySection = site.PermalinksBySection.Add("blog", "/:sections/:filename/:sectionslugs") };
        PostReader reader = site.Reader(
            ("content/blog/s2/_index.md", "---\ntitle: S2\nslug: second\n---\n"),
            ("content/blog/s2/plain/u/_index.md", "---\ntitle: Titled\n---\n"));

        Assert.Equal(permalink, reader.Post(path, "---\n---\n").Permalink);
    }
}
