using System.Globalization;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class PostDatesTests
{
    [Theory]
    [InlineData("2020-01-31", true, "2020-01-31T00:00:00-05:00")]
    [InlineData("2020-01-31 10:00", true, "2020-01-31T10:00:00-05:00")]
    [InlineData("2020-01-31 10:00:00", true, "2020-01-31T05:00:00-05:00")]
    [InlineData("2020-01-31 10:00:00", false, "2020-01-31T10:00:00-05:00")]
    [InlineData("2020-06-07T10:11:12+09:00", true, "2020-06-06T21:11:12-04:00")]
    [InlineData("9999-12-31", true, "9999-12-31T00:00:00-05:00")]
    public void InJekyllATimestampWithoutOffsetIsUtcAndAllElseIsTheSitesTime(string text, bool plain, string expected) =>
        Assert.Equal(expected, Read(SiteKind.Jekyll, "America/New_York", text, plain));

    [Theory]
    [InlineData("America/New_York", "2021-03-14 02:30", "2021-03-14T03:30:00-04:00")]
    [InlineData("America/New_York", "2021-11-07 01:30", "2021-11-07T01:30:00-05:00")]
    [InlineData("Europe/Berlin", "2021-03-28 02:30", "2021-03-28T03:30:00+02:00")]
    [InlineData("Europe/Berlin", "2021-10-31 02:30", "2021-10-31T02:30:00+01:00")]
    [InlineData("Australia/Lord_Howe", "2021-10-03 02:15", "2021-10-03T02:45:00+11:00")]
    [InlineData("Australia/Lord_Howe", "2021-04-04 01:45", "2021-04-04T01:45:00+10:30")]
    public void JekyllReadsGapsAndDoubledHoursAsRubyDoes(string zone, string text, string expected) =>
        Assert.Equal(expected, Read(SiteKind.Jekyll, zone, text, plain: true));

    [Theory]
    [InlineData("America/New_York", "2020-03-08 02:30:00", "2020-03-08T01:30:00-05:00")]
    [InlineData("America/New_York", "2020-11-01 01:30:00", "2020-11-01T01:30:00-04:00")]
    [InlineData("Europe/Berlin", "2021-03-28 02:30:00", "2021-03-28T03:30:00+02:00")]
    [InlineData("Europe/Berlin", "2021-10-31 02:30:00", "2021-10-31T02:30:00+01:00")]
    public void HugoReadsThemAsGoDoesAndNeverTakesUtc(string zone, string text, string expected) =>
        Assert.Equal(expected, Read(SiteKind.Hugo, zone, text, plain: true));

    [Fact]
    public void HugoKeepsAWrittenOffsetForThePermalink() =>
        Assert.Equal("2020-01-01T01:00:00+09:00", Read(SiteKind.Hugo, "UTC", "2020-01-01T01:00:00+09:00", plain: true));

    [Theory]
    [InlineData(nameof(SiteKind.Hugo), "2020-01-01T00:00:00+00:00")]
    [InlineData(nameof(SiteKind.Bare), "2020-01-01T00:00:00+00:00")]
    [InlineData(nameof(SiteKind.Jekyll), null)]
    public void SecondsSince1970AreADateOutsideJekyll(string kind, string? expected) =>
        Assert.Equal(expected, Read(Enum.Parse<SiteKind>(kind), "UTC", "1577836800", plain: true));

    [Fact]
    public void InstantsAreCutToMicroseconds()
    {
        DateTimeOffset read = new PostDates(SiteKind.Bare, TimeZoneInfo.Utc).InZone(DateTimeOffset.UnixEpoch.AddTicks(19));

        Assert.Equal(10, read.Ticks - DateTimeOffset.UnixEpoch.Ticks);
    }

    private static string? Read(SiteKind kind, string zone, string text, bool plain) =>
        new PostDates(kind, TimeZoneInfo.FindSystemTimeZoneById(zone)).Read(text, plain)
            ?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
