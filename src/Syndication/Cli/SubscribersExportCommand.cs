using System.Text;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Writes all readers as CSV: to standard output, or into a file that only its owner may read.</summary>
internal static class SubscribersExportCommand
{
    public static async Task<int> RunAsync(Invocation run, string? file, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        if (file is not null && !terminal.HasFolderOf(file))
        {
            return ExitCodes.WrongSetting;
        }

        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
        SubscriberStore store = new(database);
        if (file is null)
        {
            long written = await WriteAsync(store, terminal.Out, stop);
            terminal.PrintHint(Count(written, database));
            return ExitCodes.Done;
        }

        // Whole or not at all: a list that breaks off looks like one that is complete.
        string target = Path.GetFullPath(file, terminal.CurrentFolder);
        string partial = target + ".partial";
        File.Delete(partial);
        PrivateFile.Create(partial);
        long count;
        await using (StreamWriter text = new(partial, new UTF8Encoding(false), new FileStreamOptions { Mode = FileMode.Truncate, Access = FileAccess.Write }))
        {
            count = await WriteAsync(store, text, stop);
        }

        File.Move(partial, target, overwrite: true);
        terminal.PrintLine($"{Count(count, database)} -> {file}");
        return ExitCodes.Done;
    }

    private static async Task<long> WriteAsync(SubscriberStore store, TextWriter text, CancellationToken stop)
    {
        long count = 0;
        SubscriberCsv.WriteHeader(text);
        await foreach (SubscriberEntry entry in SubscribersListCommand.AllAsync(store, stop))
        {
            SubscriberCsv.Write(text, entry);
            count++;
        }

        return count;
    }

    private static string Count(long count, Database database) =>
        $"{Counted.Of(count, "subscription")} of {database.Name}";
}
