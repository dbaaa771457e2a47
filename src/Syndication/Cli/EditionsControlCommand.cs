using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Holds back, lets go and ends editions. It writes rows only; the running serve reads them.</summary>
internal static class EditionsControlCommand
{
    public static async Task<int> ApproveAsync(Invocation run, long? id, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        EditionStore editions = new(database);
        int approved = 0;
        foreach (Edition held in (await editions.ListAsync(stop)).Where(e => e.Status == EditionStatus.Held && (id is null || e.Id == id)))
        {
            approved += await Maker(database).ApproveAsync(held.Id, stop) ? 1 : 0;
        }

        int posts = id is null ? await editions.ApproveCandidatesAsync(Newsletter.DefaultName, stop) : 0;
        if (approved + posts == 0)
        {
            run.Terminal.PrintError(id is null ? $"nothing is held in {database.Name}" : $"edition {id} is not held in {database.Name}");
            return ExitCodes.WrongSetting;
        }

        run.Terminal.PrintLine($"{approved} editions and {posts} posts are let go in {database.Name}");
        return ExitCodes.Done;
    }

    public static async Task<int> PauseAsync(Invocation run, long id, bool pause, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        bool isThere = await new EditionStore(database).PauseAsync(id, pause, stop) == 1;
        if (!pause)
        {
            await new PauseStore(database).EndAsync(PauseRule.OfEdition(id), stop);
        }

        return Say(run, id, isThere, pause ? "is paused" : "goes on", database);
    }

    /// <summary>Lets mail go at once where it is paused as a whole.</summary>
    public static async Task<int> ResumeAsync(Invocation run, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        PauseStore pauses = new(database);
        SendingPause[] paused = [.. (await pauses.ListAsync(stop)).Where(p => PauseRule.TransportOf(p) is not null)];
        if (paused.Length == 0)
        {
            run.Terminal.PrintError($"mail is not paused in {database.Name}; a paused edition is resumed by its number");
            return ExitCodes.WrongSetting;
        }

        foreach (SendingPause pause in paused)
        {
            await pauses.EndAsync(pause.Scope, stop);
            run.Terminal.PrintLine($"Mail by {PauseRule.TransportOf(pause)} goes on ({database.Name})");
        }

        return ExitCodes.Done;
    }

    public static async Task<int> CancelAsync(Invocation run, long id, bool drop, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        bool cancelled = await Maker(database).CancelAsync(id, drop, run.Terminal.Time.GetUtcNow(), stop);
        return Say(run, id, cancelled, drop ? "is cancelled, and its posts are not mailed to those who have not got them" : "is cancelled; its posts come with the next one", database);
    }

    private static EditionMaker Maker(Database database) => new(database, new EditionStore(database), new LedgerStore(database), new SubscriptionStore(database));

    private static int Say(Invocation run, long id, bool done, string what, Database database)
    {
        if (done)
        {
            run.Terminal.PrintLine($"Edition {id} {what} ({database.Name})");
            return ExitCodes.Done;
        }

        run.Terminal.PrintError($"there is no edition {id} to do that with in {database.Name}");
        return ExitCodes.WrongSetting;
    }
}
