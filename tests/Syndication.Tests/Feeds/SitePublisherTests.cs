using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;
using Syndication.Tests.Posts;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

public sealed class SitePublisherTests : IDisposable
{
    private const string GoodTemplate = "<p>{{ post.title }}{{ site.title }}</p>{{ post.html | raw }}";
    private const string EndlessTemplate = "{% for i in (1..2000) %}{% for j in (1..2000) %}x{% endfor %}{% endfor %}";

    private readonly TempFolder _temp = new();
    private readonly SiteDefinition _site;

    public SitePublisherTests()
    {
        _site = Sites.Bare() with { ServesPages = true, Root = At("site"), PostsFolder = At("site") };
        Directory.CreateDirectory(At("site"));
        Directory.CreateDirectory(At("templates/web"));
        Template("index.html", GoodTemplate);
        Template("post.html", GoodTemplate);
        Template("feed.html", GoodTemplate);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void ATemplateThatFailsWhenRenderedKeepsTheLastPagesAndIsOneProblem()
    {
        Publish(Publisher(), Post("a", "One."), Post("b", "One."));
        Template("post.html", EndlessTemplate);
        Template("index.html", EndlessTemplate);

        SitePublisher publisher = Publisher();
        FrozenDictionary<string, PublishedFile> files = Publish(publisher, Post("a", "Two."), Post("b", "Two."))!;

        Assert.Equal(2, publisher.Failures.Length);
        Assert.All(publisher.Failures, p => Assert.Contains("cannot be rendered", p.ToString(), StringComparison.Ordinal));
        Assert.False(publisher.IsWorthAnotherTry);
        Assert.Contains("One.", File.ReadAllText(At("out/a/index.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(At("out/index.html")));
        Assert.Contains("/a/", files.Keys);
    }

    [Fact]
    public void WhatCannotBeWrittenKeepsTheLastFilesAndIsWrittenWhenItCan()
    {
        Publish(Publisher(), Post("a", "One."), Post("b", "One."));
        Directory.Delete(At("out/b"), recursive: true);
        File.WriteAllText(At("out/b"), "in the way");

        SitePublisher publisher = Publisher();
        Publish(publisher, Post("a", "Two."), Post("b", "Two."));

        Assert.Equal("b.md", Assert.Single(publisher.Failures).Source);
        Assert.True(publisher.IsWorthAnotherTry);
        Assert.Contains("Two.", File.ReadAllText(At("out/a/index.html")), StringComparison.Ordinal);
        File.Delete(At("out/b"));
        Publish(publisher, Post("a", "Two."), Post("b", "Two."));
        Assert.Empty(publisher.Failures);
        Assert.True(File.Exists(At("out/b/index.html")));
    }

    [Fact]
    public void AnOutputFolderThatCannotBeMadeIsAProblemAndNoCrash()
    {
        File.WriteAllText(At("out"), "a file");
        SitePublisher publisher = Publisher();

        Publish(publisher, Post("a", "One."));

        Assert.Contains(publisher.Failures, p => p.Source == "feed.xml");
        Assert.True(publisher.IsWorthAnotherTry);
    }

    [Fact]
    public void AnImageThatComesLaterThanItsPostIsPublishedThen()
    {
        SitePublisher publisher = Publisher();
        Publish(publisher, Post("a", "![](cat.png)"));
        Assert.False(publisher.IsWorthAnotherTry);
        File.WriteAllText(At("site/cat.png"), "cat");

        Assert.True(publisher.IsWorthAnotherTry);
        Assert.Contains("/cat.png", Publish(publisher, Post("a", "![](cat.png)"))!.Keys);
        File.Delete(At("site/cat.png"));
        Publish(Publisher(), Post("a", "![](cat.png)"));
        Assert.Equal("cat", File.ReadAllText(At("out/cat.png")));
    }

    [Fact]
    public void TheNewestPagesAndThoseOfTheLastRunAreServedWithTheFeeds()
    {
        Publish(Publisher(), Post("old", "One."));
        SitePublisher publisher = Publisher();

        publisher.WriteNewestPages(publisher.Build(Catalog(Post("new", "One."))));

        Assert.Contains("/old/", publisher.FilesSoFar().Keys);
        Assert.Contains("/new/", publisher.FilesSoFar().Keys);
    }

    [Fact]
    public void AChangedPostRewritesTheFeedsThatItIsInAndNoOther()
    {
        SitePublisher publisher = Publisher();
        Post a = Post("a", "One.") with { Tags = ["x"] };
        Post b = Post("b", "One.") with { Tags = ["y"] };
        Publish(publisher, a, b);
        string readable = File.ReadAllText(At("out/feed/tag/x.xml.html"));
        foreach (string file in Directory.GetFiles(At("out/feed/tag")))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        Publish(publisher, Post("a", "Two.") with { Tags = ["x"] }, b);

        Assert.Equal(["x.atom.xml", "x.json", "x.xml"], Directory.GetFiles(At("out/feed/tag"))
            .Where(file => File.GetLastWriteTimeUtc(file) != DateTime.UnixEpoch).Select(file => Path.GetFileName(file)).Order());
        Assert.Contains("Two.", File.ReadAllText(At("out/feed/tag/x.xml")), StringComparison.Ordinal);
        Assert.Equal(readable, File.ReadAllText(At("out/feed/tag/x.xml.html")));

        File.Delete(At("out/feed/tag/y.json"));
        Publish(publisher, b);

        Assert.True(File.Exists(At("out/feed/tag/y.json")));
        Assert.False(File.Exists(At("out/feed/tag/x.xml")));
        Assert.False(File.Exists(At("out/feed/tag/x.xml.html")));
    }

    [Fact]
    public void AFrontPageOfSomebodyElseStaysAndIsAWarning()
    {
        Directory.CreateDirectory(At("out"));
        File.WriteAllText(At("out/index.html"), "mine");
        SitePublisher publisher = Publisher();

        Publish(publisher, Post("a", "One."));

        Assert.Equal(("index.html", Severity.Warning), (Assert.Single(publisher.Warnings).Source, publisher.Warnings[0].Severity));
        Assert.Empty(publisher.Failures);
        Assert.Equal("mine", File.ReadAllText(At("out/index.html")));
    }

    /// <summary>A folder that any server serves has a page that leads on, and none where another page or a feed is.</summary>
    [Fact]
    public void WhereAPageWasAPageLeadsToWhereItIs()
    {
        Publish(Publisher(), Post("a", "One.") with { Aliases = ["/2020/a.html", "/b/", "/feed.xml", "/../x/", "/b/index.html/deeper/"], Earlier = ["/before/"] }, Post("b", "One."));

        Assert.Contains("<link rel=\"canonical\" href=\"https://blog.example.org/a/\">", File.ReadAllText(At("out/2020/a.html")), StringComparison.Ordinal);
        Assert.Contains("url=https://blog.example.org/a/", File.ReadAllText(At("out/before/index.html")), StringComparison.Ordinal);
        Assert.Contains("One.", File.ReadAllText(At("out/b/index.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(At("x/index.html")));

        Publish(Publisher(), Post("a", "One."), Post("b", "One."));
        Assert.False(Directory.Exists(At("out/before")));
    }

    private SitePublisher Publisher()
    {
        SitePublisher publisher = new(new FeedOptions(), new TemplateSet([At("templates")]), new OutputFolder(At("out")), new RenderCache(At("cache")));
        Assert.Empty(publisher.RefreshTemplates(out _));
        return publisher;
    }

    private FrozenDictionary<string, PublishedFile>? Publish(SitePublisher publisher, params Post[] posts)
    {
        PostCatalog catalog = Catalog(posts);
        FeedSet set = publisher.Build(catalog);
        publisher.WriteNewestPages(set);
        ImmutableDictionary<string, byte[]> pages = publisher.MakePages(set);
        publisher.WriteFeeds(set);
        Assert.NotNull(publisher.WriteTopics(set, () => false));
        return publisher.WriteRest(catalog, set, pages, () => false);
    }

    private PostCatalog Catalog(params Post[] posts) => new(_site, [.. posts]);

    private Post Post(string name, string body) =>
        _site.Post($"{name}.md", $"---\ndate: 2026-01-02\n---\n{body}") with { Id = name, Permalink = $"/{name}/" };

    private void Template(string name, string text) => File.WriteAllText(At($"templates/web/{name}"), text);

    private string At(string name) => Path.Join(_temp.Path, name);
}
