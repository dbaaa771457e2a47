using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Tests.Editions;

public sealed class AnnouncementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 13, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(12, 0, 12, "'X' goes to 12 readers at 14:32")]
    [InlineData(1, 5, 6, "'X' goes to 1 reader at 14:32 and into the digests of 5")]
    [InlineData(0, 5, 9, "'X' goes into the digests of 5 readers")]
    [InlineData(0, 0, 7, "'X' goes to none of the 7 readers: they chose other topics, or pause")]
    [InlineData(0, 0, 0, "'X' is released at 14:32, but nobody subscribes yet: `syndication subscribers add you@example.org`")]
    public void APostIsAnnouncedWithItsReadersAndTheSitesTime(long atOnce, long inDigests, long all, string sentence) =>
        Assert.Equal(sentence, Announcement.OfPost("X", new Reach(atOnce, inDigests, all), Now.AddMinutes(2), Letters.Newsletter, Berlin, Now));

    [Fact]
    public void WhatNeedsApprovalIsAnnouncedSo() => Assert.Equal(
        "'X' goes to 2 readers at 14:32, once you approve it",
        Announcement.OfPost("X", new Reach(2, 0, 2), Now.AddMinutes(2), Letters.Newsletter with { NeedsApproval = true }, Berlin, Now));

    [Fact]
    public void ATimeOfAnotherLocalDayHasItsDate()
    {
        Assert.Equal("2026-11-25 00:30", Announcement.LocalTime(Now.AddHours(10), Berlin, Now));
        Assert.Equal("23:30", Announcement.LocalTime(Now.AddHours(9), Berlin, Now));
    }

    [Fact]
    public void ADigestIsAnnouncedWhenItGoes() => Assert.Equal("the daily digest goes to 34 readers now", Announcement.OfDigest(Cadence.Daily, 34));

    [Fact]
    public void APostReachesThoseWhoChoseItsTopicsAndDoNotPause()
    {
        ImmutableArray<TopicChoice> cats = [new("cats", Now.AddDays(-1))];
        ImmutableArray<ReaderGroup> groups =
        [
            new(Cadence.EachPost, [], [], 10), new(Cadence.EachPost, cats, [], 3), new(Cadence.Weekly, [], [], 4), new(Cadence.Daily, cats, [], 1),
            new(Cadence.EachPost, [], [new Pause(Now.AddDays(-1), Now.AddDays(1))], 100),
        ];

        Assert.Equal(new Reach(10, 4, 118), Reach.Of(groups, ["dogs"], Now));
        Assert.Equal(new Reach(13, 5, 118), Reach.Of(groups, ["Cats"], Now));
        Assert.Equal(new Reach(110, 4, 118), Reach.Of(groups, [], Now.AddDays(2)));
    }
}
