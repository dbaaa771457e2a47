using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class IdImportTests
{
    private static readonly SiteDefinition Site = Sites.Bare();

    [Fact]
    public void APostThatIsNewTakesTheIdOfTheEntryThatLeadsToIt()
    {
        IdImport import = Plan([new("urn:old:1", "http://old.example/a.html"), new("urn:old:2", "https://old.example/gone/")], [Post("a")], []);

        IdChange kept = Assert.Single(import.Kept);
        Assert.Equal(("urn:old:1", "a.md", "/a/"), (kept.Row.Id, kept.Row.Path, kept.Row.Permalink));
        Assert.Equal("urn:old:2", Assert.Single(import.WithoutPost).Id);
        Assert.Empty(import.Changed);
        Assert.Empty(import.Refused);
    }

    [Fact]
    public void APostThatTheStoreKnowsByAnotherIdIsAChangeAndOneOfTheSameIdIsNone()
    {
        Post a = Post("a");
        Post b = Post("b");

        IdImport import = Plan([new("urn:old:1", "https://old.example/a/"), new("b", "https://old.example/b/")], [a, b], [Row(a), Row(b)]);

        Assert.Empty(import.Kept);
        Assert.Equal("urn:old:1", Assert.Single(import.Changed).Row.Id);
        Assert.Equal(1, import.AlreadySo);
    }

    [Fact]
    public void APostIsFoundByWhereItWasBeforeToo()
    {
        Post post = Post("a") with { Aliases = ["/before/"] };

        Assert.Equal("urn:old:1", Assert.Single(Plan([new("urn:old:1", "https://old.example/before")], [post], []).Kept).Row.Id);
        Assert.Empty(Plan([new("urn:old:1", "https://old.example/before")], [post, Post("before")], []).Kept.Where(k => k.Post.Path == "a.md"));
    }

    [Fact]
    public void AnIdIsGivenOnceAndTheOneWhoHasItKeepsIt()
    {
        EarlierEntry[] entries = [new("b", "https://old.example/a/"), new("urn:x", "https://old.example/c/"), new("urn:x", "https://old.example/d/"), new("urn:y", "https://old.example/c")];

        IdImport import = Plan(entries, [Post("a"), Post("b"), Post("c"), Post("d")], []);

        Assert.Equal("c.md", Assert.Single(import.Kept).Post.Path);
        Assert.Equal(
            ["https://old.example/a/ has the id of b.md", "https://old.example/c is c.md, which another entry gave an id already", "https://old.example/d/ has the id of c.md"],
            import.Refused.Select(r => $"{r.Entry.Name} {r.Why}").Order());
    }

    /// <summary>The ids of two posts may be exchanged.</summary>
    [Fact]
    public void AnIdThatItsHolderGivesUpIsFree()
    {
        IdImport import = Plan([new("b", "https://old.example/a/"), new("a", "https://old.example/b/")], [Post("a"), Post("b")], []);

        Assert.Equal([("a.md", "b"), ("b.md", "a")], import.Kept.Select(k => (k.Post.Path, k.Row.Id)));
        Assert.Empty(import.Refused);
    }

    [Fact]
    public void AnIdThatNoStoreCanHoldIsRefused() =>
        Assert.Single(Plan([new(new string('x', 2000), "https://old.example/a/")], [Post("a")], []).Refused);

    [Fact]
    public void OfTwoPagesThatALinkMayMeanTheExactOneIsMeantAndElseNone()
    {
        Post[] posts = [Post("a"), Post("b") with { Permalink = "/a.html" }];

        Assert.Equal("b.md", Assert.Single(Plan([new("urn:x", "https://old.example/a.html")], posts, []).Kept).Post.Path);
        Assert.Equal("may be a.md or b.md", Assert.Single(Plan([new("urn:x", "https://old.example/a")], posts, []).Refused).Why);
    }

    private static IdImport Plan(EarlierEntry[] entries, Post[] posts, KnownPost[] known) =>
        IdImport.Plan(entries, Site.Url, posts, known, posts.Where(post => known.All(row => row.Id != post.Id)).Select(Row));

    private static Post Post(string name) => Site.Post($"{name}.md", "---\ndate: 2026-01-02\n---\nText.") with { Id = name, Permalink = $"/{name}/" };

    private static KnownPost Row(Post post) => new()
    {
        Id = post.Id,
        Path = post.Path,
        Permalink = post.Permalink,
        Slug = post.Slug,
        Fingerprint = post.Fingerprint,
        FirstSeen = post.Date,
        Date = post.Date,
        IsPresent = true,
    };
}
