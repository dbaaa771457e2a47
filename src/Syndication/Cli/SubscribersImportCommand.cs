using System.Globalization;
using System.Text;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Adds the readers of a CSV file. A line that is wrong is told and costs only itself.</summary>
internal static class SubscribersImportCommand
{
    private const int Chunk = 5_000;

    public static async Task<int> RunAsync(Invocation run, string file, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        string path = Path.GetFullPath(file, terminal.CurrentFolder);
        if (!File.Exists(path))
        {
            terminal.PrintError($"there is no file '{file}'");
            return ExitCodes.WrongSetting;
        }

        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Serve, stop);
        EnrolmentStore store = new(database);
        DateTimeOffset now = terminal.Time.GetUtcNow();
        Dictionary<AddOutcome, int> counts = [];
        int wrong = 0;
        try
        {
            // A file in another encoding must not become readers with garbled names, so bytes that are not UTF-8 are an error.
            using StreamReader text = new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            foreach (SubscriberLine[] lines in SubscriberCsv.Read(text, file).Chunk(Chunk))
            {
                Problem[] problems = [.. lines.Select(l => l.Problem).OfType<Problem>()];
                terminal.Print(problems);
                wrong += problems.Count(p => p.Severity == Severity.Error);
                SubscriberLine[] readers = [.. lines.Where(l => l.Subscriber is not null)];
                foreach ((SubscriberLine line, AddOutcome outcome) in
                    readers.Zip(await store.AddAllAsync([.. readers.Select(l => l.Subscriber!)], now, stop)))
                {
                    counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
                    TellRefusal(terminal, file, line, outcome);
                }
            }
        }
        catch (DataFormatException e)
        {
            terminal.Print([Problem.Error(file, e.Line, e.Message, "a file saved as CSV in UTF-8; what stands before that line was read")]);
            wrong++;
        }

        int refused = counts.Where(c => c.Key is not (AddOutcome.Added or AddOutcome.AlreadyThere)).Sum(c => c.Value);
        terminal.PrintLine(string.Create(CultureInfo.InvariantCulture,
            $"{counts.GetValueOrDefault(AddOutcome.Added)} added, {counts.GetValueOrDefault(AddOutcome.AlreadyThere)} there already and left as they are, ")
            + string.Create(CultureInfo.InvariantCulture, $"{refused} not brought back, {wrong} wrong"));
        terminal.PrintLine($"Kept in {database.Name}. Readers who are active are mailed without being asked to confirm: you vouch that they want it.");
        return wrong > 0 ? ExitCodes.WrongSetting : ExitCodes.Done;
    }

    private static void TellRefusal(Terminal terminal, string file, SubscriberLine line, AddOutcome outcome)
    {
        string? why = outcome switch
        {
            AddOutcome.Left => "has left",
            AddOutcome.Suppressed => "failed for good, or complained",
            AddOutcome.Erased => "was erased at the reader's wish",
            _ => null,
        };
        if (why is not null)
        {
            terminal.Print([Problem.Warning(file, line.Line, $"{line.Subscriber!.Address} {why} and is not brought back")]);
        }
    }
}
