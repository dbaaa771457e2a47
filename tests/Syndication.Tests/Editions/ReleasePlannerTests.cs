using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Editions;

public sealed class ReleasePlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Newsletter News = new()
    {
        Name = Newsletter.DefaultName,
        Title = "News",
        From = "news@blog.example",
        FromName = "News",
        QuietPeriod = TimeSpan.FromMinutes(2),
        NewsWithin = TimeSpan.FromDays(14),
        DailyCron = "0 0 8 * * ?",
        WeeklyCron = "0 0 8 ? * MON",
        MonthlyCron = "0 0 8 1 * ?",
    };

    [Fact]
    public void OnTheFirstLookOverASiteNothingIsNews()
    {
        ReleasePlan plan = Plan([NewPost("a"), NewPost("b")], hasBegun: false);

        Assert.Empty(plan.Releases);
        Assert.All(plan.Candidates, c => Assert.Equal(CandidateState.NotNews, c.State));
        Assert.Equal(2, plan.Candidates.Length);
    }

    [Fact]
    public void WhatWasNoNewsNeverBecomesNews() =>
        Assert.Empty(Plan([NewPost("a")], [new Candidate("a", Now.AddYears(-1), Now.AddYears(-1), CandidateState.NotNews)]).Releases);

    [Fact]
    public void APostIsReleasedWhenItsFileWasStillForTheQuietPeriod()
    {
        Post fresh = NewPost("a") with { StillSince = Now.AddSeconds(-119) };

        ReleasePlan early = Plan([fresh]);

        Assert.Empty(early.Releases);
        Assert.Equal(Now.AddSeconds(1), early.NextLook);
        Assert.Single(Plan([fresh with { StillSince = Now.AddSeconds(-120) }]).Releases);
    }

    [Fact]
    public void APostWaitsForItsSendAt()
    {
        Post later = NewPost("a") with { SendAt = Now.AddHours(3) };

        Assert.Equal(Now.AddHours(3), Plan([later]).NextLook);
        Assert.Empty(Plan([later]).Releases);
    }

    [Fact]
    public void WhatWaitsIsToldWithItsTime()
    {
        Post fresh = NewPost("a") with { StillSince = Now.AddSeconds(-60) };

        Assert.Equal(new WaitingPost(fresh, Now.AddSeconds(60), IsTooMany: false), Assert.Single(Plan([fresh]).Waiting));
        Assert.True(Assert.Single(Plan([fresh], recent: 10).Waiting).IsTooMany);
        Assert.Empty(Plan([NewPost("b")]).Waiting);
    }

    [Fact]
    public void APostOfTheFutureGoesWhenItsDateComesUnlessItWaitsLonger()
    {
        Post future = NewPost("a") with { Date = Now.AddHours(2) };

        Assert.Equal(Now.AddHours(2), Assert.Single(ReleasePlanner.Coming(News, [future])).ReadyAt);
        Assert.Equal(Now.AddHours(5), Assert.Single(ReleasePlanner.Coming(News, [future with { SendAt = Now.AddHours(5) }])).ReadyAt);
        Assert.Empty(ReleasePlanner.Coming(News, [future with { FrontMatter = new DataMap(false, [("newsletter", false, 1)]) }]));
    }

    [Fact]
    public void AReleasedPostIsNotReleasedAgain() => Assert.Empty(Plan([NewPost("a")], released: ["a"]).Releases);

    [Fact]
    public void APostThatTurnsUpDatedFurtherBackThanNewsIsBackdated()
    {
        Assert.Equal(CandidateState.Backdated, Assert.Single(Plan([NewPost("a") with { Date = Now.AddDays(-15) }]).Candidates).State);
        Assert.Single(Plan([NewPost("a") with { Date = Now.AddDays(-13) }]).Releases);
    }

    [Fact]
    public void APostWrittenWhileTheServiceWasDownIsNewsHoweverLongThatWas()
    {
        Post written = NewPost("a") with { Date = Now.AddDays(-40) };

        Assert.Single(Plan([written], lackedAt: Now.AddDays(-50)).Releases);
    }

    [Fact]
    public void ElevenPostsAtOnceAreAllHeld()
    {
        Post[] posts = [.. Enumerable.Range(0, 11).Select(i => NewPost($"p{i}"))];

        ReleasePlan plan = Plan(posts);

        Assert.Empty(plan.Releases);
        Assert.Equal(11, plan.Candidates.Count(c => c.State == CandidateState.Held));
        Assert.Equal(10, Plan(posts[..10]).Releases.Length);
    }

    [Fact]
    public void ReleasesOfTheLastHourCount()
    {
        Assert.Empty(Plan([NewPost("a")], recent: 10).Releases);
        Assert.Single(Plan([NewPost("a")], recent: 9).Releases);
    }

    [Fact]
    public void WhatTheOperatorApprovedIsReleasedAll()
    {
        Post[] posts = [.. Enumerable.Range(0, 30).Select(i => NewPost($"p{i}"))];

        Assert.Equal(30, Plan(posts, [.. posts.Select(p => new Candidate(p.Id, Now, Now, CandidateState.Approved))]).Releases.Length);
    }

    [Fact]
    public void PostsAreReleasedInTheOrderOfTheirDates() => Assert.Equal(
        ["old", "new"], Plan([NewPost("new"), NewPost("old") with { Date = Now.AddDays(-2) }]).Releases.Select(n => n.Post.Id));

    [Theory]
    [InlineData(null, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData("posts", true)]
    [InlineData("other", false)]
    public void FrontMatterNamesTheNewsletterOrNone(object? newsletter, bool released)
    {
        Post post = NewPost("a") with { FrontMatter = new DataMap(false, [("newsletter", newsletter, 1)]) };

        Assert.Equal(released, Plan([newsletter is null ? NewPost("a") : post]).Releases.Length == 1);
    }

    [Fact]
    public void AListOfNewslettersIsThoseAndNoOther()
    {
        Assert.Empty(Plan([Naming(new List<object?> { "team", "board" })]).Releases);
        Assert.Single(Plan([Naming(new List<object?> { "team", "Posts" })]).Releases);
        Assert.Empty(Plan([Naming(7L)]).Releases);

        static Post Naming(object? newsletter) => NewPost("a") with { FrontMatter = new DataMap(false, [("newsletter", newsletter, 1)]) };
    }

    [Fact]
    public void PostsThatAreToBeMailedInWeeksAreNoFlood()
    {
        Post[] planned = [.. Enumerable.Range(1, 12).Select(week => NewPost($"week{week}") with { SendAt = Now.AddDays(7 * week) })];

        Assert.Equal("a", Assert.Single(Plan([NewPost("a"), .. planned]).Releases).Post.Id);
    }

    [Fact]
    public void APageIsAskedForOnlyOnceThePostIsOtherwiseReady()
    {
        Assert.Equal("a", Assert.Single(Plan([NewPost("a")], news: Waiting).PagesToTry).Post.Id);
        Assert.Empty(Plan([NewPost("a")], news: Waiting).Releases);
        Assert.Empty(Plan([NewPost("a")]).PagesToTry);
        Assert.Empty(Plan([NewPost("a") with { StillSince = Now }], news: Waiting).PagesToTry);
        Assert.Empty(Plan([NewPost("a") with { SendAt = Now.AddHours(1) }], news: Waiting).PagesToTry);
        Assert.Empty(Plan([NewPost("a")], hasBegun: false, news: Waiting).PagesToTry);
        Assert.Empty(Plan([.. Enumerable.Range(0, 11).Select(i => NewPost($"p{i}"))], news: Waiting).PagesToTry);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(304, false)]
    [InlineData(404, false)]
    [InlineData(null, false)]
    public void APageThatAnswers2xxIsThere(int? status, bool released) =>
        Assert.Equal(released, Plan([NewPost("a")], [Asked(0, 0, status)], news: Waiting).Releases.Length == 1);

    [Fact]
    public void APageThatIsNotThereIsAskedForEachMinute()
    {
        ReleasePlan early = Plan([NewPost("a")], [Asked(120, 59)], news: Waiting);

        Assert.Empty(early.PagesToTry);
        Assert.Equal(Now.AddSeconds(1), early.NextLook);
        Assert.False(Assert.Single(Plan([NewPost("a")], [Asked(120, 60)], news: Waiting).PagesToTry).IsFirst);
    }

    [Fact]
    public void SixHoursAfterTheFirstTryThePostIsHeldButNotWithoutALastTry()
    {
        const int SixHours = 6 * 3600;

        Assert.Empty(Plan([NewPost("a")], [Asked(SixHours, 1)], news: Waiting).Candidates);
        Assert.Single(Plan([NewPost("a")], [Asked(SixHours * 2, SixHours + 1)], news: Waiting).PagesToTry);
        Assert.Equal(CandidateState.PageMissing, Assert.Single(Plan([NewPost("a")], [Asked(SixHours, 0)], news: Waiting).Candidates).State);
        Assert.Single(Plan([NewPost("a")], [Asked(SixHours, 0, 200)], news: Waiting).Releases);
    }

    [Fact]
    public void WhatIsHeldForItsPageStaysSoUntilApprovedWhichNeedsNoPage()
    {
        ReleasePlan held = Plan([NewPost("a")], [Asked(30000, 7000) with { State = CandidateState.PageMissing }], news: Waiting);

        Assert.Empty(held.Releases);
        Assert.Empty(held.PagesToTry);
        Assert.Single(Plan([NewPost("a")], [Asked(30000, 7000) with { State = CandidateState.Approved }], news: Waiting).Releases);
    }

    [Fact]
    public void ACorrectionWaitsForNoPage()
    {
        ReleasePlan plan = Plan([Corrected("a")], released: ["a"], news: Waiting);

        Assert.Equal("It was 12.", Assert.Single(plan.Releases).Correction?.Text);
        Assert.Empty(plan.PagesToTry);
    }

    [Fact]
    public void ACorrectionIsNewsOnlyOfAPostThatWasReleasedBefore()
    {
        Assert.Null(Assert.Single(Plan([Corrected("a")]).Releases).Correction);
        Assert.Empty(Plan([Corrected("a")], hasBegun: false).Releases);
        ReleasePlan first = Plan([Corrected("a") with { StillSince = Now }]);
        Assert.Equal(CandidateState.NotNews, Assert.Single(first.Candidates, c => c.Note.Length > 0).State);
        Assert.Empty(Plan([Corrected("a")], [.. first.Candidates], released: ["a"]).Releases);
        Assert.Empty(Plan([Corrected("a")], [new Candidate("a", Now, Now, CandidateState.NotNews)]).Releases);
    }

    [Fact]
    public void ACorrectionHasATextOfLetters()
    {
        Assert.Null(Correction.Of(NewPost("a")));
        Assert.Null(Correction.Of(Corrected("a", " \n ")));
        Assert.Null(Correction.Of(Corrected("a", true)));
        Assert.Equal(Correction.Of(Corrected("a", "It  was\n12."))?.Note, Correction.Of(Corrected("b", "It was 12."))?.Note);
        Assert.NotEqual(Correction.Of(Corrected("a", "It was 13."))?.Note, Correction.Of(Corrected("a", "It was 12."))?.Note);
    }

    private static Newsletter Waiting => News with { WaitsForPage = true };

    /// <summary>A waiting candidate "a" whose page was asked for so many seconds ago.</summary>
    private static Candidate Asked(int first, int last, int? status = null) =>
        new("a", Now.AddDays(-1), Now.AddDays(-1), CandidateState.Waiting) { Page = new PageTries(Now.AddSeconds(-first), Now.AddSeconds(-last), status, "no") };

    private static Post Corrected(string id, object? text = null) =>
        NewPost(id) with { FrontMatter = new DataMap(false, [("correction", text ?? "It was 12.", 1)]) };

    private static ReleasePlan Plan(
        Post[] published, Candidate[]? candidates = null, string[]? released = null, int recent = 0, bool hasBegun = true, DateTimeOffset? lackedAt = null,
        Newsletter? news = null) =>
        ReleasePlanner.Plan(
            news ?? News, [.. published], (candidates ?? []).ToDictionary(c => c.Key), (released ?? []).Select(id => new NewsKey(id)).ToImmutableHashSet(), recent, hasBegun, lackedAt ?? Now, Now);

    private static Post NewPost(string id) => new()
    {
        Path = $"{id}.md",
        FrontMatter = DataMap.Empty,
        Body = "",
        BodyLine = 1,
        Markup = PostMarkup.Markdown,
        Visibility = PostVisibility.Shown,
        Title = id,
        Slug = id,
        Date = Now.AddDays(-1),
        Updated = Now.AddDays(-1),
        Permalink = $"/{id}",
        DerivedId = id,
        Fingerprint = id,
        CacheKey = id,
        Id = id,
        StillSince = Now.AddHours(-1),
    };
}
