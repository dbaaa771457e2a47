using System.Collections.Immutable;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class FeedPlanTests
{
    private static readonly SiteDefinition Blog = Sites.Bare();

    [Fact]
    public void EachTopicHasAFeedInAllFormatsWithItsPostsNewestFirst()
    {
        FeedPlan plan = Plan(Blog, new FeedOptions(), Tagged(1, "Linux"), Tagged(2, "linux", "Über uns"), Tagged(3));

        Assert.Equal(["Blog: Linux", "Blog: Über uns"], plan.Topics.Select(f => f.Title));
        Assert.Equal(["/feed/tag/linux.xml", "/feed/tag/linux.atom.xml", "/feed/tag/linux.json"], plan.Topics[0].Formats.Select(f => f.Path));
        Assert.Equal(("/feed/tag/%C3%BCber-uns.xml", "/feed/tag/über-uns.xml"), (plan.Topics[1].Formats[0].Path, plan.Topics[1].Formats[0].Key));
        Assert.Equal(["2.md", "1.md"], plan.Topics[0].Posts.Select(p => p.Path));
        Assert.Equal("https://blog.example.org/feed/tag/linux.xml", plan.Topics[0].Id);
        Assert.Equal("/feed/tag/linux.xml.html", plan.Topics[0].Readable);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void APostThatKeepsItselfOutIsInNoFeed()
    {
        FeedPlan plan = Plan(Blog, new FeedOptions(), Tagged(1, "a") with { IsInFeeds = false }, Tagged(2));

        Assert.Equal(["2.md"], plan.Site.Posts.Select(p => p.Path));
        Assert.Empty(plan.Topics);
    }

    /// <summary>Readers of the older one would get the other's posts.</summary>
    [Fact]
    public void OfTopicsWithOneAddressTheOlderHasItAndTheOthersHaveTheirOwn()
    {
        FeedPlan plan = Plan(Blog, new FeedOptions(), Tagged(1, "C++"), Tagged(2, "C#"), Tagged(3, "c", "+++"));

        Assert.Equal("/feed/tag/c.xml", plan.Topics.Single(f => f.Name == "C++").Formats[0].Path);
        Assert.Equal(plan.Topics.Length, plan.Topics.SelectMany(f => f.Formats).Select(f => f.Path).Distinct().Count() / 3);
        Assert.StartsWith("Feeds: the address of 2 of the feeds is another's", Assert.Single(plan.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFeedOfTheSiteKeepsItsPlaceWhateverATopicIsCalled()
    {
        FeedPlan plan = Plan(Blog, new FeedOptions { Tags = "/{slug}.xml" }, Tagged(1, "feed", "atom"));

        Assert.Equal("/feed.xml", plan.Site.Formats[0].Path);
        Assert.All(plan.Topics, topic => Assert.Matches("^/(feed|atom)-[0-9a-f]{6}\\.xml$", topic.Formats[0].Path));
        Assert.Single(plan.Problems);
    }

    [Theory]
    [InlineData(null, FeedOptions.MostUnasked, FeedOptions.MostUnasked, 0)]
    [InlineData(null, FeedOptions.MostUnasked + 1, 0, 1)]
    [InlineData("on", FeedOptions.MostUnasked + 1, FeedOptions.MostUnasked + 1, 0)]
    [InlineData("off", 3, 0, 0)]
    public void ThereAreFeedsUnlessThereAreTooManyOrTheyAreOff(string? setting, int tags, int feeds, int problems)
    {
        FeedPlan plan = Plan(Blog, new FeedOptions { Tags = setting }, Tagged(1, [.. Enumerable.Range(0, tags).Select(i => $"t{i}")]));

        Assert.Equal((feeds, problems), (plan.Topics.Length, plan.Problems.Length));
    }

    [Fact]
    public void AuthorsAndLanguagesHaveFeedsWhereThereIsMoreThanOne()
    {
        SiteDefinition site = Blog with { Language = "en", Author = new Author("Ann") };
        Post german = Tagged(2) with { Language = "de", Authors = [new Author("Bea")] };

        Assert.Empty(Plan(site, new FeedOptions(), Tagged(1)).Topics);
        FeedPlan plan = Plan(site, new FeedOptions(), Tagged(1), german);

        Assert.Equal(["/feed/author/ann.xml", "/feed/author/bea.xml", "/feed/language/de.xml", "/feed/language/en.xml"], plan.Topics.Select(f => f.Formats[0].Path));
        Assert.Equal("de", plan.Topics[2].Language.Tag);
    }

    [Fact]
    public void OneFeedMayHaveItsOwnTitleLengthAndContent()
    {
        FeedOptions options = new()
        {
            Each =
            [
                new FeedOverride { Path = "/feed/tag/a.json", Title = "All of A", Description = "About A", Limit = 1, ExcerptOnly = true },
                new FeedOverride { Path = "/feed/tag/gone.xml" },
            ],
        };

        FeedPlan plan = Plan(Blog, options, Tagged(1, "a"), Tagged(2, "a"));

        PlannedFeed feed = Assert.Single(plan.Topics);
        Assert.Equal(("All of A", "About A", 1, true), (feed.Title, feed.Description, feed.Posts.Length, feed.ExcerptOnly));
        Assert.Equal((2, false), (plan.Site.Posts.Length, plan.Site.ExcerptOnly));
        Assert.Equal("Feeds:Each: there is no feed /feed/tag/gone.xml; expected the path of one, such as /feed.xml", Assert.Single(plan.Problems).ToString());
    }

    [Fact]
    public void JekyllsFeedsAreThoseOfItsPluginAtItsPaths()
    {
        SiteDefinition site = Sites.Jekyll("feed:\n  categories: [news, Late]\n  tags:\n    except: [b]\n    path: /by/\n");
        Post post = Tagged(1, "Case_1", "b", "two words") with { Categories = ["news", "other"] };

        FeedPlan plan = Plan(site, new FeedOptions(), post);

        Assert.Equal(["/feed/Late.xml", "/feed/news.xml", "/by/Case_1.xml", "/by/two-words.xml"], plan.Topics.Select(f => f.Formats[0].Path));
        Assert.All(plan.Topics, feed => Assert.Equal([FeedFormat.Atom, FeedFormat.Rss, FeedFormat.Json], feed.Formats.Select(f => f.Format)));
        Assert.Equal("/feed/news.rss.xml", plan.Topics[1].Formats[1].Path);
        Assert.Empty(plan.Topics[0].Posts);
    }

    [Fact]
    public void OfJekyllsOtherCollectionsThereAreNoFeedsAndThatIsSaid()
    {
        FeedPlan plan = Plan(Sites.Jekyll("feed:\n  collections: [posts, changes]\n"), new FeedOptions());

        Assert.StartsWith("feed.collections: of changes there are no feeds", Assert.Single(plan.Problems).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever follows one language must not get the posts of all.</summary>
    [Fact]
    public void EachOfHugosLanguagesHasItsOwnFeedsBelowItsFolder()
    {
        SiteDefinition site = Sites.Hugo("[languages.en]\n[languages.de]\ntitle = 'Auf Deutsch'\nlanguageCode = 'de-AT'") with { Language = "en" };

        FeedPlan plan = Plan(site, new FeedOptions(), Tagged(1, "x"), Tagged(2, "x") with { Language = "de" });

        Assert.Equal(["1.md"], plan.Site.Posts.Select(post => post.Path));
        Assert.Equal(
            ["/tags/x/index.xml 'x on Blog' en 1.md", "/de/tags/x/index.xml 'x on Auf Deutsch' de-AT 2.md", "/de/index.xml 'Auf Deutsch' de-AT 2.md"],
            plan.Topics.Select(feed => $"{feed.Formats[0].Path} '{feed.Title}' {feed.Language.Tag} {string.Join(' ', feed.Posts.Select(post => post.Path))}"));
    }

    [Theory]
    [InlineData("", "/posts/index.xml /tags/c%23/index.xml")]
    [InlineData("disableKinds = ['term']", "/posts/index.xml")]
    [InlineData("disableKinds = ['RSS']", "")]
    [InlineData("[outputs]\nsection = ['html']\nterm = ['html', 'RSS']", "/tags/c%23/index.xml")]
    [InlineData("[taxonomies]\ntag = 'labels'", "/labels/c%23/index.xml /posts/index.xml")]
    public void HugosFeedsAreThoseThatItWouldWrite(string configuration, string paths)
    {
        SiteDefinition site = Sites.Hugo(configuration);
        Post post = Tagged(1, "C#") with { Section = "posts" };

        FeedPlan plan = Plan(site, new FeedOptions(), post);

        Assert.Equal(paths, string.Join(' ', plan.Topics.Select(f => f.Formats[0].Path).Order(StringComparer.Ordinal)));
        Assert.All(plan.Topics, feed => Assert.EndsWith("/", feed.Home.AbsoluteUri, StringComparison.Ordinal));
        Assert.All(plan.Topics, feed => Assert.EndsWith("/feed.json", feed.Formats[2].Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("/x/{slug}.xml", true)]
    [InlineData("/{slug}/index.xml", true)]
    [InlineData("x/{slug}.xml", false)]
    [InlineData("/x.xml", false)]
    [InlineData("/{slug}.json", false)]
    [InlineData("/../{slug}.xml", false)]
    [InlineData("/{slug}/{slug}.xml", false)]
    public void APathHasThePlaceOfTheNameOnce(string setting, bool isValid) => Assert.Equal(isValid, !new FeedOptions { Tags = setting }.Invalid().Any());

    private static FeedPlan Plan(SiteDefinition site, FeedOptions options, params ImmutableArray<Post> oldestFirst) =>
        FeedPlan.Of(new PostCatalog(site, [.. oldestFirst.Reverse()]), options);

    private static Post Tagged(int day, params ImmutableArray<string> tags) =>
        Blog.Post($"{day}.md", $"---\ndate: 2026-01-0{day}\n---\nText.") with { Id = $"urn:{day}", Tags = tags };
}
