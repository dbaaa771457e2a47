using System.Buffers;
using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>A line of an imported list: a reader, or what is wrong with it.</summary>
internal sealed record SubscriberLine(int Line, NewSubscriber? Subscriber, Problem? Problem);

/// <summary>Lists of readers as CSV: a line with the names of the columns, then a line for each subscription.</summary>
internal static class SubscriberCsv
{
    private const string ExpectedHeader = "a first line with names of columns: address (or email), and any of name, cadence, topics, time_zone, status";
    private static readonly ImmutableArray<string> Columns = ["address", "name", "cadence", "topics", "time_zone", "status"];

    private static readonly SearchValues<char> ToBeQuoted = SearchValues.Create("\",;\t\r\n'");

    private static readonly ImmutableArray<SubscriberStatus> Statuses =
        [SubscriberStatus.Active, SubscriberStatus.Pending, SubscriberStatus.Unsubscribed, SubscriberStatus.Suppressed];

    /// <summary>Every line below the first; warnings about the first line as lines of their own. Without a column of addresses one error.</summary>
    /// <param name="text">The list.</param>
    /// <param name="file">Its name for problems.</param>
    /// <exception cref="DataFormatException">The text is not in the encoding it was opened with.</exception>
    public static IEnumerable<SubscriberLine> Read(TextReader text, string file)
    {
        Dictionary<string, int>? header = null;
        int width = 0;
        foreach (CsvRecord record in new CsvRecords(text).Read())
        {
            if (header is not null)
            {
                yield return record.Wrong is string wrong ? Bad(file, record.Line, wrong)
                    : record.Fields.Length > width ? Bad(file, record.Line, $"it has {record.Fields.Length} fields, and the first line {width}", "quotation marks around a field with a separator in it")
                    : Reader(name => Field(record, header, name), file, record.Line);
                continue;
            }

            (header, ImmutableArray<SubscriberLine> problems) = Header(record, file);
            width = record.Fields.Length;
            foreach (SubscriberLine problem in problems)
            {
                yield return problem;
            }

            if (!header.ContainsKey(Columns[0]))
            {
                yield return Bad(file, record.Line, "there is no column for addresses", ExpectedHeader);
                yield break;
            }
        }

        if (header is null)
        {
            yield return Bad(file, 1, "it is empty", ExpectedHeader);
        }
    }

    public static void WriteHeader(TextWriter text) => text.Write(string.Join(',', Columns) + "\n");

    public static void Write(TextWriter text, SubscriberEntry entry) => text.Write(string.Join(',', ((IEnumerable<string>)
    [
        entry.Subscriber.Address,
        entry.Subscriber.Name ?? "",
        CadenceText.Of(entry.Subscription.Cadence),
        string.Join(", ", entry.Subscription.ChosenTopics),
        entry.Subscriber.TimeZone ?? "",
        StatusText(entry.Subscriber.Status),
    ]).Select(Quoted)) + "\n");

    public static string StatusText(SubscriberStatus status) => status.ToString().ToLowerInvariant();

    private static (Dictionary<string, int> Header, ImmutableArray<SubscriberLine> Problems) Header(CsvRecord record, string file)
    {
        Dictionary<string, int> header = new(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<SubscriberLine>.Builder problems = ImmutableArray.CreateBuilder<SubscriberLine>();
        for (int i = 0; i < record.Fields.Length; i++)
        {
            string name = record.Fields[i].Trim().ToLowerInvariant();
            name = name == "email" ? Columns[0] : name;
            if (!Columns.Contains(name) || !header.TryAdd(name, i))
            {
                problems.Add(new SubscriberLine(record.Line, null, Problem.Warning(
                    file, record.Line, $"the column '{record.Fields[i]}' is not read", ExpectedHeader)));
            }
        }

        return (header, problems.ToImmutable());
    }

    private static SubscriberLine Reader(Func<string, string> field, string file, int line)
    {
        string text = field("address");
        (EmailAddress? address, string? wrong) = EmailAddress.Read(text);
        if (address is null)
        {
            return Bad(file, line, $"'{text}' is no mail address: {wrong}");
        }

        string cadenceText = field("cadence");
        Cadence? cadence = cadenceText.Length == 0 ? Cadence.EachPost : CadenceText.Read(cadenceText);
        if (cadence is null)
        {
            return Bad(file, line, $"cadence is '{cadenceText}'", string.Join(", ", CadenceText.Names));
        }

        string statusText = field("status");
        ImmutableArray<SubscriberStatus> status = statusText.Length == 0
            ? [SubscriberStatus.Active]
            : [.. Statuses.Where(s => StatusText(s).Equals(statusText, StringComparison.OrdinalIgnoreCase))];
        if (status.IsEmpty)
        {
            return Bad(file, line, $"status is '{statusText}'", string.Join(", ", Statuses.Select(StatusText)));
        }

        string zoneText = field("time_zone");
        string? zone = zoneText.Length == 0 ? null : ZoneName.Of(zoneText);
        return zoneText.Length > 0 && zone is null
            ? Bad(file, line, $"time_zone is '{zoneText}'", TimeZones.Expected(zoneText))
            : new SubscriberLine(line, new NewSubscriber
            {
                Address = address,
                Name = PlainLine.OfName(field("name")),
                TimeZone = zone,
                Cadence = cadence.Value,
                Topics = SubscriptionChanges.ReadTopics(field("topics")),
                Status = status[0],
            }, null);
    }

    private static string Field(CsvRecord record, Dictionary<string, int> header, string name) =>
        header.TryGetValue(name, out int i) && i < record.Fields.Length ? Unguarded(record.Fields[i].Trim()) : "";

    private static SubscriberLine Bad(string file, int line, string what, string? expected = null) =>
        new(line, null, Problem.Error(file, line, what, expected));

    private static string Quoted(string field)
    {
        string guarded = IsFormula(field) ? "'" + field : field;
        return guarded.AsSpan().ContainsAny(ToBeQuoted) || guarded != guarded.Trim()
            ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : guarded;
    }

    private static string Unguarded(string field) => field.StartsWith('\'') && IsFormula(field) ? field[1..] : field;

    /// <summary>
    /// What a spreadsheet would run: a name is a stranger's text. Such a field is written with an apostrophe before it, and so is one
    /// that has the apostrophe already, so that reading gives back what was written.
    /// </summary>
    private static bool IsFormula(string field) => field.TrimStart('\'') is [('=' or '+' or '-' or '@'), ..];
}
