using System.Collections.Immutable;
using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class CatalogBuilderTests
{
    private static readonly SiteDefinition Blog = new()
    {
        Kind = SiteKind.Bare,
        Root = "/blog",
        PostsFolder = "/blog",
        Url = new Uri("https://blog.example/"),
        Title = "Blog",
        TimeZone = TimeZoneInfo.Utc,
    };

    private readonly Dictionary<string, (string Text, FileStamp Stamp)> _files = new(StringComparer.Ordinal);
    private DateTimeOffset _now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private CatalogBuilder _builder = NewBuilder([]);

    [Fact]
    public void APostIsPublishedWithAnId()
    {
        Write("2026-01-02-hello.md", "Hello.");

        Post post = Assert.Single(Look().Published);

        Assert.Equal("https://blog.example/2026/01/02/hello/", post.Id);
        Assert.Equal(post.Id, Assert.Single(_builder.Unsaved).Id);
    }

    [Fact]
    public void AnEditedPostIsTheSamePostChanged()
    {
        Write("2026-01-02-hello.md", "Hello.");
        PostCatalog before = Look();
        Write("2026-01-02-hello.md", "Hello again.");

        CatalogDiff diff = Look().Since(before);

        Assert.Equal("Hello again.", Assert.Single(diff.Changed).Body);
        Assert.Empty(diff.Added);
        Assert.Empty(diff.Removed);
    }

    [Fact]
    public void APostThatCannotBeParsedAnyMoreStaysAsItWasAndIsTold()
    {
        Write("2026-01-02-hello.md", "---\ntitle: Good\n---\nHello.");
        Look();
        Write("2026-01-02-hello.md", "---\ntitle: [unclosed\n---\nHello.");

        PostCatalog catalog = Look();

        Assert.Equal("Good", Assert.Single(catalog.Published).Title);
        Problem problem = Assert.Single(catalog.Problems);
        Assert.StartsWith("2026-01-02-hello.md:", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatCannotBeReadLeavesThePostInPlace()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Look();
        FileStamp stamp = new(1, _now);

        _builder.Take([new FileRead("2026-01-02-hello.md", stamp, null, "permission denied")], _now);

        PostCatalog catalog = _builder.Build(_now);
        Assert.Single(catalog.Published);
        Assert.Contains("permission denied", Assert.Single(catalog.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnpublishedPostIsOutAtOnceAndKeepsItsId()
    {
        Write("2026-01-02-hello.md", "Hello.");
        string id = Assert.Single(Look().Published).Id;
        Write("2026-01-02-hello.md", "---\npublished: false\n---\nHello.");
        Assert.Empty(Look().Published);
        Write("2026-01-02-hello.md", "---\npermalink: /elsewhere/\n---\nHello.");

        Assert.Equal(id, Assert.Single(Look().Published).Id);
    }

    /// <summary>Where a post was is known for as long as the post is, and what it is again is not where it was.</summary>
    [Fact]
    public void APostKnowsWhereItWasBefore()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Assert.Empty(Assert.Single(Look().Published).Earlier);
        Write("2026-01-02-hello.md", "---\npermalink: /b/\n---\nHello.");
        Assert.Equal(["/2026/01/02/hello/"], Assert.Single(Look().Published).Earlier);
        Write("2026-01-02-hello.md", "---\npermalink: /c/\n---\nHello.");
        Assert.Equal(["/2026/01/02/hello/", "/b/"], Assert.Single(Look().Published).Earlier);
        _builder = NewBuilder([.. _builder.Unsaved]);
        Write("2026-01-02-hello.md", "---\npermalink: /b/\n---\nHello, again.");

        Assert.Equal(["/2026/01/02/hello/", "/c/"], Assert.Single(Look().Published).Earlier);
        Assert.Equal(["/2026/01/02/hello/", "/c/"], Assert.Single(_builder.Unsaved).Earlier);
    }

    [Fact]
    public void ADeletedPostIsOutAfterTwoScansFiveSecondsApart()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("2026-01-03-other.md", "Other.");
        Look();
        _files.Remove("2026-01-02-hello.md");

        Assert.Equal(2, Look().Published.Length);
        Assert.Equal(_now - TimeSpan.FromMilliseconds(1) + Absence.Patience, _builder.LookAgain);
        _now += Absence.Patience;
        Assert.Single(Look().Published);
        Assert.Contains(_builder.Unsaved, row => !row.IsPresent && row.Path == "2026-01-02-hello.md");
    }

    [Fact]
    public void AFileThatIsAwayForAMomentIsNeverMissed()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Look();
        (string Text, FileStamp Stamp) file = _files["2026-01-02-hello.md"];
        _files.Remove("2026-01-02-hello.md");
        Assert.Single(Look().Published);
        _files["2026-01-02-hello.md"] = file;
        _now += Absence.Patience;

        Assert.Single(Look().Published);
        Assert.Null(_builder.LookAgain);
    }

    [Fact]
    public void ARenamedPostKeepsItsIdAndIsNeverTwice()
    {
        Write("2026-01-02-hello.md", "Hello.");
        string id = Assert.Single(Look().Published).Id;
        _files["2026-05-05-greetings.md"] = _files["2026-01-02-hello.md"];
        _files.Remove("2026-01-02-hello.md");

        Post post = Assert.Single(Look().Published);

        Assert.Equal(id, post.Id);
        Assert.Equal("2026-05-05-greetings.md", post.Path);
    }

    [Fact]
    public void HalfAFolderThatVanishesIsHeldAndComesBackUnchanged()
    {
        for (int i = 1; i <= 24; i++)
        {
            Write($"2026-01-{i:00}-post-{i}.md", $"Post {i}.");
        }

        PostCatalog before = Look();
        var kept = _files.ToDictionary();
        foreach (string path in kept.Keys.Take(12))
        {
            _files.Remove(path);
        }

        Look();
        _now += TimeSpan.FromHours(1);
        PostCatalog held = Look();
        Assert.Equal(24, held.Published.Length);
        Assert.Equal(new RemovalHold(12, 24), held.Hold);
        foreach ((string path, (string, FileStamp) file) in kept)
        {
            _files[path] = file;
        }

        PostCatalog after = Look();
        Assert.Null(after.Hold);
        Assert.True(after.Since(before).IsEmpty);
    }

    [Fact]
    public void AFolderThatCannotBeListedTakesNothingAway()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("deep/2026-01-03-other.md", "Other.");
        Look();
        _files.Remove("deep/2026-01-03-other.md");
        FolderScan scan = Scan() with { Unreadable = ["deep"] };
        _builder.Take(scan, _now);
        _builder.Settle(rootIsAnother: false, confirmed: false, _now + TimeSpan.FromHours(1));

        Assert.Equal(2, _builder.Build(_now).Published.Length);
    }

    [Fact]
    public void ARestartKnowsAllPostsAgainAndSavesNothing()
    {
        Write("2026-01-02-hello.md", "---\nid: urn:one\n---\nHello.");
        Write("undated.md", "No date.");
        ImmutableArray<Post> before = Look().Published;
        _builder = NewBuilder(_builder.Unsaved);

        ImmutableArray<Post> after = Look().Published;

        Assert.Equal(before.Select(p => (p.Id, p.Date)), after.Select(p => (p.Id, p.Date)));
        Assert.Empty(_builder.Unsaved);
    }

    [Fact]
    public void AnUndatedPostKeepsTheDateOfItsFileWhenFirstSeenThroughEditsRenamesAndRestarts()
    {
        Write("undated.md", "No date.");
        DateTimeOffset date = Assert.Single(Look().Published).Date;
        _now += TimeSpan.FromDays(40);
        Write("undated.md", "No date, but edited.");
        Assert.Equal(date, Assert.Single(Look().Published).Date);
        _builder = NewBuilder(_builder.Unsaved);
        _now += TimeSpan.FromDays(40);
        _files.Remove("undated.md");
        Write("renamed.md", "No date, but edited.");

        Assert.Equal(date, Assert.Single(Look().Published).Date);
    }

    [Fact]
    public void AfterARestartAMissingPostLeavesTheCatalogUnsettledUntilItsAbsenceIsBelieved()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("2026-01-03-other.md", "Other.");
        Look();
        _builder = NewBuilder(_builder.Unsaved);
        _files.Remove("2026-01-02-hello.md");

        Assert.False(Look().IsSettled);
        _now += Absence.Patience;
        Assert.True(Look().IsSettled);
    }

    [Fact]
    public void AfterARestartAPostThatCannotBeReadIsUnreadAndTheCatalogIsSettled()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("2026-01-03-other.md", "Other.");
        string id = Look().Published.Single(p => p.Path == "2026-01-02-hello.md").Id;
        _builder = NewBuilder(_builder.Unsaved);
        Write("2026-01-02-hello.md", "---\ntitle: [unclosed\n---\nHello.");

        PostCatalog broken = Look();

        Assert.True(broken.IsSettled);
        Assert.Equal([id], broken.Unread);
        Write("2026-01-02-hello.md", "---\ntitle: Good\n---\nHello.");
        PostCatalog good = Look();
        Assert.Empty(good.Unread);
        Assert.False(good.IsSameAs(broken));
        Assert.Equal(id, good.Published.Single(p => p.Path == "2026-01-02-hello.md").Id);
    }

    [Fact]
    public void APostWhoseAbsenceIsBelievedOrWhoseFileIsNoPostAnyMoreIsNotUnread()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("2026-01-03-other.md", "Other.");
        Write("2026-01-04-third.md", "Third.");
        Look();
        _builder = NewBuilder(_builder.Unsaved);
        _files.Remove("2026-01-02-hello.md");
        Write("2026-01-03-other.md", "---\ndraft: true\n---\nOther.");

        Assert.Single(Look().Unread);
        _now += Absence.Patience;
        Assert.Empty(Look().Unread);
    }

    [Fact]
    public void WhatOneScanAloneMissesIsRemovedAtOnceAndUnreadUnlessItMoved()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Write("2026-01-03-other.md", "Other.");
        Write("2026-01-04-third.md", "Third.");
        string id = Look().Published.Single(p => p.Path == "2026-01-02-hello.md").Id;
        _builder = NewBuilder(_builder.Unsaved);
        _files.Remove("2026-01-02-hello.md");
        Rename("2026-01-03-other.md", "2026-01-03-moved.md");
        _builder.Take(
            [.. _builder.Take(Scan(), _now).Select(f => new FileRead(f.Path, f.Stamp, Encoding.UTF8.GetBytes(_files[f.Path].Text), null))], _now);
        _builder.SettleAtOnce(_now);

        PostCatalog catalog = _builder.Build(_now);

        Assert.Equal(2, catalog.Published.Length);
        Assert.Equal([id], catalog.Unread);
    }

    [Fact]
    public void ALateIdIsNotHeededAndTold()
    {
        Write("2026-01-02-hello.md", "Hello.");
        string id = Assert.Single(Look().Published).Id;
        Write("2026-01-02-hello.md", "---\ntitle: Hello\nid: urn:late\n---\nHello.");

        PostCatalog catalog = Look();

        Assert.Equal(id, Assert.Single(catalog.Published).Id);
        Problem problem = Assert.Single(catalog.Problems);
        Assert.Equal((Severity.Warning, 3), (problem.Severity, problem.Line));
    }

    [Fact]
    public void AnotherPermalinkSettingChangesLinksAndNoId()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Post before = Assert.Single(Look().Published);
        SiteDefinition changed = Blog with { Permalink = "/:year/:title.html" };
        _builder.Redefine(changed, new PostReader(changed, new PostsOptions(), "1"));

        Post after = Assert.Single(Look().Published);

        Assert.NotEqual(before.Permalink, after.Permalink);
        Assert.Equal(before.Id, after.Id);
    }

    [Fact]
    public void AFilesRefusedIdIsItsOwnOnceTheOtherFileIsGone()
    {
        Write("a.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nFirst.");
        Write("b.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nSecond.");
        Write("c.md", "Other.");
        PostCatalog both = Look();
        Assert.Equal("a.md", Assert.Single(both.Published, p => p.Id == "urn:one").Path);
        Assert.Equal("b.md", Assert.Single(both.Problems).Source);
        _files.Remove("a.md");
        Look();
        _now += Absence.Patience;
        Write("b.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nSecond, edited.");

        PostCatalog one = Look();

        Assert.Equal("b.md", Assert.Single(one.Published, p => p.Id == "urn:one").Path);
        Assert.Empty(one.Problems);
    }

    [Fact]
    public void AFileThatTookTheIdOfOneThatIsGoneKeepsItWhenThatOneComesBack()
    {
        Write("a.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nFirst.");
        Write("b.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nSecond.");
        Look();
        _files.Remove("a.md");
        Look();
        _now += Absence.Patience;
        Write("z.md", "Other.");
        Look();
        Write("a.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nFirst again.");

        PostCatalog catalog = Look();

        Assert.Equal("b.md", Assert.Single(catalog.Published, p => p.Id == "urn:one").Path);
        Assert.Equal("a.md", Assert.Single(catalog.Problems).Source);
        Assert.Equal("b.md", Assert.Single(_builder.Unsaved, row => row.Id == "urn:one").Path);
        Assert.Empty(catalog.Since(catalog).Changed);
    }

    [Fact]
    public void AFilesRefusedIdIsItsOwnOnceTheOtherFileIsGoneThoughNothingIsRead()
    {
        Write("a.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nFirst.");
        Write("b.md", "---\nid: urn:one\n---\nSecond, without a date.");
        Look();
        _files.Remove("a.md");
        Assert.Equal("a.md", Assert.Single(Look().Published).Path);
        _now += Absence.Patience;

        PostCatalog catalog = Look();

        Post post = Assert.Single(catalog.Published);
        Assert.Equal(("b.md", "urn:one"), (post.Path, post.Id));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), post.Date);
        Assert.Empty(catalog.Problems);
    }

    [Theory]
    [InlineData("Second.")]
    [InlineData("First.")]
    public void AFilesRefusedIdStaysRefusedWhileTheOtherFileIsAwayForAMoment(string second)
    {
        Write("a.md", "---\ndate: 2026-01-02\nid: urn:one\n---\nFirst.");
        Write("b.md", $"---\ndate: 2026-01-02\nid: urn:one\n---\n{second}");
        Look();
        (string Text, FileStamp Stamp) file = _files["a.md"];
        _files.Remove("a.md");
        Write("b.md", $"---\ndate: 2026-01-02\ntitle: B\nid: urn:one\n---\n{second}");
        Assert.Equal("a.md", Assert.Single(Look().Published).Path);
        _files["a.md"] = file;

        Assert.Equal("a.md", Assert.Single(Look().Published).Path);
    }

    [Fact]
    public void PostsRenamedInAChainKeepTheirIds()
    {
        Write("a.md", "---\ndate: 2026-01-01\n---\nText A.");
        Write("b.md", "---\ndate: 2026-01-02\n---\nText B.");
        Dictionary<string, string> before = Look().Published.ToDictionary(p => p.Body, p => p.Id);
        Rename("a.md", "c.md");
        Rename("b.md", "a.md");

        ImmutableArray<Post> after = Look().Published;

        Assert.Equal(before, after.ToDictionary(p => p.Body, p => p.Id));
        Assert.Equal(["a.md", "c.md"], after.Select(p => p.Path).Order());
    }

    [Fact]
    public void PostsThatExchangedTheirNamesKeepTheirIds()
    {
        Write("a.md", "---\ndate: 2026-01-01\n---\nText A.");
        Write("b.md", "---\ndate: 2026-01-02\n---\nText B.");
        Dictionary<string, string> before = Look().Published.ToDictionary(p => p.Body, p => p.Id);
        Rename("a.md", "t.md");
        Rename("b.md", "a.md");
        Rename("t.md", "b.md");

        Assert.Equal(before, Look().Published.ToDictionary(p => p.Body, p => p.Id));
    }

    [Fact]
    public void ACopiedPostThatIsThenEditedIsStillTheOldOne()
    {
        Write("a.md", "---\ndate: 2026-01-01\n---\nText A.");
        string id = Assert.Single(Look().Published).Id;
        Write("b.md", "---\ndate: 2026-01-01\n---\nText A.");
        Write("a.md", "---\ndate: 2026-01-01\n---\nText A, edited.");

        PostCatalog catalog = Look();

        Assert.Equal(id, catalog.Find("a.md")!.Id);
        Assert.NotEqual(id, catalog.Find("b.md")!.Id);
    }

    [Fact]
    public void AnUndatedPostMovedAndEditedAtOnceKeepsItsId()
    {
        Write("hello.md", "One.");
        Post before = Assert.Single(Look().Published);
        _now += TimeSpan.FromDays(40);
        _files.Remove("hello.md");
        Write("deep/hello.md", "One, edited.");

        Post after = Assert.Single(Look().Published);

        Assert.Equal((before.Id, before.Date, "deep/hello.md"), (after.Id, after.Date, after.Path));
    }

    [Fact]
    public void AfterARestartAFileThatIsNotReadYetLeavesTheCatalogUnsettled()
    {
        Write("2026-01-02-hello.md", "Hello.");
        Look();
        _builder = NewBuilder(_builder.Unsaved);
        _builder.Take(Scan(), _now);
        _builder.Settle(rootIsAnother: false, confirmed: false, _now);

        Assert.False(_builder.Build(_now).IsSettled);
        Assert.True(Look().IsSettled);
    }

    [Theory]
    [InlineData("# Heading\n\nText.", "Heading", "\nText.", 2)]
    [InlineData("\n\n# Heading #\nText.", "Heading", "Text.", 4)]
    [InlineData("---\ntitle: Heading\n---\n# Heading\nText.", "Heading", "Text.", 5)]
    [InlineData("---\ntitle: Other\n---\n# Heading\nText.", "Other", "# Heading\nText.", 4)]
    [InlineData("#hashtag\nText.", "A", "#hashtag\nText.", 1)]
    [InlineData("# Heading", "Heading", "", 1)]
    public void InABareFolderTheFirstHeadingIsTheTitleAndIsNotShownTwice(string text, string title, string body, int bodyLine)
    {
        Write("a.md", text);

        Post post = Assert.Single(Look().Published);

        Assert.Equal((title, body, bodyLine), (post.Title, post.Body, post.BodyLine));
    }

    [Theory]
    [InlineData("draft: true")]
    [InlineData("draft: \"true\"")]
    [InlineData("draft: 'yes'")]
    [InlineData("draft: TRUE")]
    [InlineData("draft: y")]
    [InlineData("draft: 1")]
    [InlineData("published: \"false\"")]
    [InlineData("hidden: \"true\"")]
    public void ADraftIsNoPostHoweverItsYesIsWritten(string line)
    {
        Write("a.md", $"---\n{line}\n---\nText.");

        PostCatalog catalog = Look();

        Assert.Empty(catalog.Published);
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void AFuturePostWaitsForItsTimeAndTheCatalogSaysWhen()
    {
        Write("later.md", "---\ndate: 2026-11-24 12:00:30 +0000\n---\nLater.");

        PostCatalog early = Look();

        Assert.Empty(early.Published);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 12, 0, 30, TimeSpan.Zero), early.NextChange);
        PostCatalog late = _builder.Build(early.NextChange!.Value);
        Assert.Single(late.Published);
        Assert.Null(late.NextChange);
    }

    private static CatalogBuilder NewBuilder(IEnumerable<KnownPost> known) => new(Blog, new PostReader(Blog, new PostsOptions(), "1"), known);

    private void Write(string path, string text) => _files[path] = (text, new FileStamp(text.Length, _now));

    private void Rename(string from, string to)
    {
        _files[to] = (_files[from].Text, new FileStamp(_files[from].Text.Length, _now));
        _files.Remove(from);
    }

    private FolderScan Scan() => new() { Folder = "", Files = _files.ToDictionary(f => f.Key, f => f.Value.Stamp) };

    private PostCatalog Look()
    {
        _builder.Take(
            [.. _builder.Take(Scan(), _now).Select(f => new FileRead(f.Path, f.Stamp, Encoding.UTF8.GetBytes(_files[f.Path].Text), null))], _now);
        _builder.Settle(rootIsAnother: false, confirmed: false, _now);
        _now += TimeSpan.FromMilliseconds(1);
        return _builder.Build(_now);
    }
}
