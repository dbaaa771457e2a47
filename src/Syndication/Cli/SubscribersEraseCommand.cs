using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Forgets one reader for good.</summary>
internal static class SubscribersEraseCommand
{
    public static async Task<int> RunAsync(Invocation run, string address, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        SubscriberStore store = new(database);
        if (await SubscribersRemoveCommand.FindAsync(terminal, database, store, address, stop) is not Subscriber reader)
        {
            return ExitCodes.WrongSetting;
        }

        await store.EraseAsync(reader.Id, terminal.Time.GetUtcNow(), stop);
        terminal.PrintLine(OneLine.Of($"{reader.Address} is forgotten by {database.Name}; a keyed hash is kept, so that no import brings it back. Backups and exports made before still hold it."));
        return ExitCodes.Done;
    }
}
