using System.Text;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class SubscriberCsvTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AListWithAllColumnsIsRead()
    {
        NewSubscriber reader = Assert.Single(Readers(""""
            Email,Name,Cadence,Topics,Time_Zone,Status
            jane@example.org,"Doe, ""Jane""",Weekly,"C#, Go",Europe/Berlin,unsubscribed
            """"));

        Assert.Equal("jane@example.org", reader.Address.Value);
        Assert.Equal("Doe, \"Jane\"", reader.Name);
        Assert.Equal(Cadence.Weekly, reader.Cadence);
        Assert.Equal(["C#", "Go"], reader.Topics);
        Assert.Equal("Europe/Berlin", reader.TimeZone);
        Assert.Equal(SubscriberStatus.Unsubscribed, reader.Status);
    }

    [Theory]
    [InlineData("address\njane@example.org")]
    [InlineData("address\r\njane@example.org\r\n\r\n")]
    [InlineData("\"address\"\n\"jane@example.org\"\n")]
    [InlineData("name;address\n;jane@example.org")]
    [InlineData("address\tname\njane@example.org\t")]
    [InlineData("address,name,cadence\njane@example.org")]
    public void OnlyTheAddressIsNeeded(string text)
    {
        NewSubscriber reader = Assert.Single(Readers(text));

        Assert.Equal("jane@example.org", reader.Address.Value);
        Assert.Null(reader.Name);
        Assert.Equal(Cadence.EachPost, reader.Cadence);
        Assert.Equal(SubscriberStatus.Active, reader.Status);
    }

    [Fact]
    public void AWrongLineCostsOnlyItself()
    {
        SubscriberLine[] lines = Read("""
            address,name,cadence,time_zone,status
            a@example.org,A
            not an address,B
            b@example.org,B,hourly
            c@example.org,C,daily,Europe/Berlyn
            d@example.org,D,daily,UTC,erased
            e@example.org,"unclosed,daily
            f@example.org,"closed" too early,daily
            g@example.org,one,daily,UTC,active,more
            h@example.org,H
            """);

        Assert.Equal(["a@example.org", "h@example.org"], lines.Select(l => l.Subscriber).OfType<NewSubscriber>().Select(s => s.Address.Value));
        Assert.Equal(
            [
                "list.csv:3: 'not an address' is no mail address: it has no @",
                "list.csv:4: cadence is 'hourly'; expected post, daily, weekly, monthly",
                "list.csv:5: time_zone is 'Europe/Berlyn'; expected the name of a time zone, such as Europe/Berlin or UTC",
                "list.csv:6: status is 'erased'; expected active, pending, unsubscribed, suppressed",
                "list.csv:7: a quotation mark is opened and not closed",
                "list.csv:8: there is text after a closing quotation mark",
                "list.csv:9: it has 6 fields, and the first line 5; expected quotation marks around a field with a separator in it",
            ],
            lines.Select(l => l.Problem?.ToString()).OfType<string>());
    }

    [Fact]
    public void LineBreaksInAFieldAreCountedAndMadeSpaces()
    {
        SubscriberLine[] lines = Read("address,name\r\na@example.org,\"Two\r\nlines\"\r\nwrong,\r\n");

        Assert.Equal("Two lines", lines[0].Subscriber!.Name);
        Assert.Equal(4, lines[1].Line);
    }

    [Theory]
    [InlineData("jane@example.org\nbob@example.org")]
    [InlineData("name,mail\nJane,jane@example.org")]
    [InlineData("\"unclosed\nx")]
    public void AListThatDoesNotSayWhereItsAddressesAreIsRefused(string text)
    {
        SubscriberLine[] lines = Read(text);

        Assert.All(lines, l => Assert.Null(l.Subscriber));
        Assert.Contains("no column for addresses", Assert.Single(lines, l => l.Problem!.Severity == Severity.Error).Problem!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnThatIsNotReadIsTold()
    {
        SubscriberLine[] lines = Read("address,shoe size\na@example.org,43");

        Assert.Equal(Severity.Warning, lines[0].Problem!.Severity);
        Assert.Contains("'shoe size'", lines[0].Problem!.What, StringComparison.Ordinal);
        Assert.NotNull(lines[1].Subscriber);
    }

    [Fact]
    public void AnEmptyFileIsToldAsNone()
    {
        Problem problem = Assert.Single(Read("")).Problem!;

        Assert.Equal((Severity.Error, "it is empty"), (problem.Severity, problem.What));
    }

    [Fact]
    public void TextThatIsNotUtf8IsToldWithItsLine()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("address,name\na@example.org,J\u00fcrgen\n");
        using StreamReader text = new(new MemoryStream(latin1), new UTF8Encoding(false, true));

        DataFormatException error = Assert.Throws<DataFormatException>(() => SubscriberCsv.Read(text, "list.csv").ToList());

        Assert.NotNull(error.Line);
    }

    [Theory]
    [InlineData("Jane")]
    [InlineData("Doe, Jane; \"JD\"")]
    [InlineData("=HYPERLINK(\"http://example.org\")")]
    [InlineData("'=1")]
    [InlineData("+1")]
    [InlineData("-2")]
    [InlineData("@x")]
    [InlineData("'quoted'")]
    [InlineData("O'Neil")]
    [InlineData("名前")]
    [InlineData(null)]
    public void WhatIsWrittenIsReadBack(string? name)
    {
        StringWriter text = new();
        SubscriberCsv.WriteHeader(text);
        SubscriberCsv.Write(text, Entry(name));

        NewSubscriber back = Assert.Single(Readers(text.ToString()));

        Assert.Equal(name, back.Name);
        Assert.Equal("jane@example.org", back.Address.Value);
        Assert.Equal(Cadence.Monthly, back.Cadence);
        Assert.Equal(["C#", "Go"], back.Topics);
        Assert.Equal("America/New_York", back.TimeZone);
        Assert.Equal(SubscriberStatus.Suppressed, back.Status);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    public void NothingThatASpreadsheetWouldRunBeginsAField(string name)
    {
        StringWriter text = new();
        SubscriberCsv.Write(text, Entry(name));

        Assert.Contains($",\"'{name}\",", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfUnclosedQuotationMarksIsReadInReasonableTime()
    {
        string text = "address\n" + string.Concat(Enumerable.Repeat("\"a\n", 20_000));

        Assert.Equal(20_000, Read(text).Length);
    }

    private static SubscriberEntry Entry(string? name) => new(
        new Subscriber(1, Guid.NewGuid(), "jane@example.org", name, "America/New_York", SubscriberStatus.Suppressed, Noon),
        new Subscription
        {
            Id = 1,
            SubscriberId = 1,
            Newsletter = "posts",
            Cadence = Cadence.Monthly,
            Since = Noon,
            Topics = [new("C#", Noon), new("Go", Noon)],
        });

    private static SubscriberLine[] Read(string text) => [.. SubscriberCsv.Read(new StringReader(text), "list.csv")];

    private static IEnumerable<NewSubscriber> Readers(string text)
    {
        SubscriberLine[] lines = Read(text);
        Assert.All(lines, l => Assert.Null(l.Problem));
        return lines.Select(l => l.Subscriber!);
    }
}
