using System.Globalization;
using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2020-01-31", "2020-01-31 00:00:00", null)]
    [InlineData("2020-1-3", "2020-01-03 00:00:00", null)]
    [InlineData("Thu Jan  2 10:11:12 2014", "2014-01-02 10:11:12", null)]
    [InlineData("Thu Jan  2 10:11:12 EST 2014", "2014-01-02 10:11:12", "-05:00")]
    [InlineData("Jan 2 10:11:12 +0900 2014", "2014-01-02 10:11:12", "09:00")]
    [InlineData("12-05-06", "2012-05-06 00:00:00", null)]
    [InlineData("99-1-2", "1999-01-02 00:00:00", null)]
    [InlineData("13-5-2021", "2021-05-13 00:00:00", null)]
    [InlineData("2021/05/15", "2021-05-15 00:00:00", null)]
    [InlineData("15/05/2021", "2021-05-15 00:00:00", null)]
    [InlineData("15.5.2021 8:05", "2021-05-15 08:05:00", null)]
    [InlineData("20210515", "2021-05-15 00:00:00", null)]
    [InlineData("20210515101112", "2021-05-15 10:11:12", null)]
    [InlineData("2020-02-30", "2020-03-01 00:00:00", null)]
    [InlineData("15 May 2021 10:11", "2021-05-15 10:11:00", null)]
    [InlineData("May 15th, 2021", "2021-05-15 00:00:00", null)]
    [InlineData("Jul 08 2022", "2022-07-08 00:00:00", null)]
    [InlineData("15-Sept-2021", "2021-09-15 00:00:00", null)]
    [InlineData("Sat, 15 May 2021 10:11:12 GMT", "2021-05-15 10:11:12", "0:00")]
    [InlineData("Sat May 15 2021 10:11:12 GMT+0200 (CEST)", "2021-05-15 10:11:12", "2:00")]
    [InlineData("2021-05-15T10:11", "2021-05-15 10:11:00", null)]
    [InlineData("2021-05-15 9:08:11.123456789 +0900", "2021-05-15 09:08:11.123456", "9:00")]
    [InlineData("2019-01-01 00:00:00.000000000 +01:00", "2019-01-01 00:00:00", "1:00")]
    [InlineData("2021-05-15 10:11:12 -0530", "2021-05-15 10:11:12", "-5:30")]
    [InlineData("2021-05-15T10:11:12Z", "2021-05-15 10:11:12", "0:00")]
    [InlineData("2021-05-15 10:11:12 +9", "2021-05-15 10:11:12", "9:00")]
    [InlineData("2021-05-15 10:11 EST", "2021-05-15 10:11:00", "-5:00")]
    [InlineData("2021-05-15 10:11 CET", "2021-05-15 10:11:00", null)]
    [InlineData("2021-05-15 10:11 pm", "2021-05-15 22:11:00", null)]
    [InlineData("2021-05-15 12:05am", "2021-05-15 00:05:00", null)]
    [InlineData("2021-05-15 at 10:11", "2021-05-15 10:11:00", null)]
    [InlineData("2021-05-15 24:00", "2021-05-16 00:00:00", null)]
    [InlineData("2021-05-15 +0900", "2021-05-15 00:00:00", null)]
    [InlineData("2023-01-29 18:30:22 2023 -0800", "2023-01-29 18:30:22", null)]
    public void DatesAreReadAsPeopleWriteThem(string text, string local, string? offset)
    {
        WrittenDate? date = DateText.Read(text);

        Assert.Equal(DateTime.Parse(local, CultureInfo.InvariantCulture), date?.Local);
        Assert.Equal(offset is null ? null : TimeSpan.Parse(offset, CultureInfo.InvariantCulture), date?.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2021")]
    [InlineData("2021-05")]
    [InlineData("2021-13-01")]
    [InlineData("2021-05-32")]
    [InlineData("5/15/2021")]
    [InlineData("2021-05-15 25:11:12")]
    [InlineData("2021-05-15 10:61")]
    [InlineData("99999999999999999999")]
    public void WhatIsNoDateIsNone(string text) => Assert.Null(DateText.Read(text));

    [Theory]
    [InlineData("2020-01-01 10:11:12", true)]
    [InlineData("2020-01-01t1:11:12.5", true)]
    [InlineData("2020-01-01 10:11", false)]
    [InlineData("2020-01-01", false)]
    [InlineData("2020/01/01 10:11:12", false)]
    [InlineData("1-1-2020 10:11:12", false)]
    [InlineData("2020-01-01 10:11:12 pm", false)]
    [InlineData("2020-01-01 10:11:12 CET", false)]
    [InlineData("2020-01-01 10:11:12 or so", false)]
    public void OnlyYamlsOwnFormIsATimestamp(string text, bool timestamp) => Assert.Equal(timestamp, DateText.Read(text)?.IsTimestamp);
}
