using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Ends the mail to one reader, as if they had left.</summary>
internal static class SubscribersRemoveCommand
{
    public static async Task<int> RunAsync(Invocation run, string address, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        SubscriberStore store = new(database);
        if (await FindAsync(terminal, database, store, address, stop) is not Subscriber reader)
        {
            return ExitCodes.WrongSetting;
        }

        StatusMove move = await store.ChangeStatusAsync(reader.Id, SubscriberStatus.Unsubscribed, terminal.Time.GetUtcNow(), stop);
        terminal.PrintLine(OneLine.Of(move == StatusMove.AlreadySo
            ? $"{reader.Address} had left already; kept in {database.Name}"
            : $"{reader.Address} is mailed no more. The address stays in {database.Name}, so that no import brings it back; `subscribers erase` forgets it."));
        return ExitCodes.Done;
    }

    /// <summary>The reader with this address; null when there is none, which is then told.</summary>
    public static async Task<Subscriber?> FindAsync(Terminal terminal, Database database, SubscriberStore store, string text, CancellationToken stop)
    {
        (EmailAddress? address, string? wrong) = EmailAddress.Read(text);
        Subscriber? reader = address is null ? null : await store.FindAsync(address, stop);
        if (reader is null)
        {
            terminal.PrintError(address is null ? $"'{text}' is no mail address: {wrong}" : $"{address} is not among the readers in {database.Name}");
        }

        return reader;
    }
}
