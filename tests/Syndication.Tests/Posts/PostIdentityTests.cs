using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class PostIdentityTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ANewPostHasTheIdOfItsFrontMatterElseOfTheReplacedTool()
    {
        IdentityDecision decision = Decide([NewPost("a.md"), NewPost("b.md") with { DeclaredId = "urn:uuid:1" }], []);

        Assert.Equal("https://blog.example/a", decision.ByPath["a.md"].Row.Id);
        Assert.Equal("urn:uuid:1", decision.ByPath["b.md"].Row.Id);
        Assert.Equal(Now, decision.ByPath["a.md"].Row.FirstSeen);
    }

    [Fact]
    public void WhereTwoPostsDeriveTheSameIdTheSecondHasItsOtherOne()
    {
        Post second = NewPost("b.md") with { DerivedId = "https://blog.example/a", SecondId = "https://blog.example/2020/a/" };

        IdentityDecision decision = Decide([NewPost("a.md"), second, second with { Path = "c.md" }], []);

        Assert.Equal("https://blog.example/a", decision.ByPath["a.md"].Row.Id);
        Assert.Equal("https://blog.example/2020/a/", decision.ByPath["b.md"].Row.Id);
        Assert.StartsWith("c.md: ", Assert.Single(decision.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileKeepsTheIdOfItsPathWhateverItsTextAndPermalinkBecome()
    {
        Post edited = NewPost("a.md") with { Fingerprint = "other", Permalink = "/new/place/", DerivedId = "https://blog.example/new/place/", DeclaredId = "urn:late" };

        IdentityDecision decision = Decide([edited], [Row("a.md", id: "old")]);

        Assert.Equal("old", decision.ByPath["a.md"].Row.Id);
        Assert.Equal("/new/place/", decision.ByPath["a.md"].Row.Permalink);
        Assert.Equal("other", decision.ByPath["a.md"].Row.Fingerprint);
    }

    [Fact]
    public void ARenamedFileKeepsItsIdByItsText()
    {
        Post renamed = NewPost("sub/z.md") with { Fingerprint = Print("a.md") };

        IdentityAssignment assignment = Decide([renamed], [Row("a.md", id: "old")]).ByPath["sub/z.md"];

        Assert.Equal("old", assignment.Row.Id);
        Assert.Equal("a.md", assignment.FromPath);
        Assert.Equal("sub/z.md", assignment.Row.Path);
    }

    [Fact]
    public void AFileMovedAndEditedKeepsItsIdBySlugAndDate()
    {
        Post moved = NewPost("sub/a.md") with { Slug = "a", Fingerprint = "edited" };

        Assert.Equal("old", Decide([moved], [Row("a.md", id: "old")]).ByPath["sub/a.md"].Row.Id);
        Assert.NotEqual("old", Decide([moved with { Date = Now.AddDays(3) }], [Row("a.md", id: "old")]).ByPath["sub/a.md"].Row.Id);
    }

    [Fact]
    public void ACopyGetsAnIdOfItsOwnAndTheFirstFileStays()
    {
        Post copy = NewPost("copy.md") with { Fingerprint = Print("a.md") };

        IdentityDecision decision = Decide([copy], [Row("a.md", id: "old")], "a.md");

        Assert.Equal("https://blog.example/copy", decision.ByPath["copy.md"].Row.Id);
        Assert.Empty(decision.Problems);
    }

    [Fact]
    public void ASecondFileWithTheSameIdIsAnErrorAndTheFirstStays()
    {
        Post copy = NewPost("copy.md") with { DeclaredId = "urn:one" };

        IdentityDecision decision = Decide([copy], [Row("a.md", id: "urn:one")], "a.md");

        Assert.Empty(decision.ByPath);
        Problem problem = Assert.Single(decision.Problems);
        Assert.Equal("copy.md", problem.Source);
        Assert.Contains("a.md", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoNewFilesWithTheSameIdTheFirstByPathHasIt()
    {
        IdentityDecision decision = Decide([NewPost("b.md") with { DeclaredId = "urn:one" }, NewPost("a.md") with { DeclaredId = "urn:one" }], []);

        Assert.Equal(["a.md"], decision.ByPath.Keys);
        Assert.Equal("b.md", Assert.Single(decision.Problems).Source);
    }

    [Fact]
    public void AWithdrawnPostThatComesBackHasItsIdAndItsFirstSeenDate()
    {
        KnownPost gone = Row("a.md", id: "old") with { IsPresent = false, FirstSeen = Now.AddYears(-1) };

        IdentityDecision decision = Decide([NewPost("a.md") with { Fingerprint = "rewritten" }], [gone]);

        Assert.Equal("old", decision.ByPath["a.md"].Row.Id);
        Assert.True(decision.ByPath["a.md"].Row.IsPresent);
        Assert.Equal(Now.AddYears(-1), decision.ByPath["a.md"].Row.FirstSeen);
    }

    [Fact]
    public void AGoneIdIsTakenByOneFileOnly()
    {
        Post first = NewPost("x.md") with { Fingerprint = Print("a.md") };
        Post second = NewPost("y.md") with { Fingerprint = Print("a.md") };

        IdentityDecision decision = Decide([second, first], [Row("a.md", id: "old")]);

        Assert.Equal("old", decision.ByPath["x.md"].Row.Id);
        Assert.Equal("https://blog.example/y", decision.ByPath["y.md"].Row.Id);
    }

    [Fact]
    public void FilesRenamedOntoEachOthersNamesKeepTheIdsOfTheirTexts()
    {
        Post a = NewPost("a.md") with { Fingerprint = Print("b.md") };
        Post b = NewPost("b.md") with { Fingerprint = Print("a.md") };

        IdentityDecision decision = Decide([a, b], [Row("a.md", id: "A"), Row("b.md", id: "B")]);

        Assert.Equal("B", decision.ByPath["a.md"].Row.Id);
        Assert.Equal("A", decision.ByPath["b.md"].Row.Id);
    }

    [Fact]
    public void TwoPostsOfTheSameTextThatAreBothMovedKeepTheirIdsByTheirNames()
    {
        Post a = NewPost("sub/a.md") with { Slug = "a", Fingerprint = "same" };
        Post b = NewPost("sub/b.md") with { Slug = "b", Fingerprint = "same" };

        IdentityDecision decision = Decide(
            [b, a], [Row("b.md", id: "B") with { Fingerprint = "same" }, Row("a.md", id: "A") with { Fingerprint = "same" }]);

        Assert.Equal("A", decision.ByPath["sub/a.md"].Row.Id);
        Assert.Equal("B", decision.ByPath["sub/b.md"].Row.Id);
    }

    [Fact]
    public void AnUndatedPostKeepsTheDateItHadWhenFirstSeen()
    {
        Post touched = NewPost("a.md") with { IsUndated = true, Date = Now };

        Assert.Equal(Row("a.md", id: "old").Date, Decide([touched], [Row("a.md", id: "old")]).ByPath["a.md"].Row.Date);
    }

    private static IdentityDecision Decide(Post[] newcomers, KnownPost[] known, params string[] present) =>
        PostIdentity.Decide(newcomers, known, path => present.Contains(path) || newcomers.Any(p => p.Path == path), _ => false, Now);

    private static string Print(string path) => $"print of {path}";

    private static Post NewPost(string path)
    {
        string slug = System.IO.Path.GetFileNameWithoutExtension(path);
        return new Post
        {
            Path = path,
            FrontMatter = DataMap.Empty,
            Body = "",
            BodyLine = 1,
            Markup = PostMarkup.Markdown,
            Visibility = PostVisibility.Shown,
            Title = slug,
            Slug = slug,
            Date = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
            Updated = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
            Permalink = $"/{slug}",
            DerivedId = $"https://blog.example/{slug}",
            Fingerprint = Print(path),
            CacheKey = path,
        };
    }

    private static KnownPost Row(string path, string id)
    {
        Post post = NewPost(path);
        return new KnownPost
        {
            Id = id,
            Path = path,
            Permalink = post.Permalink,
            Slug = post.Slug,
            Fingerprint = post.Fingerprint,
            FirstSeen = post.Date,
            Date = post.Date,
            IsPresent = true,
        };
    }
}
