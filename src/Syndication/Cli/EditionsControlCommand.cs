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

        int posts = id is null ? await editions.Releases.ApproveCandidatesAsync(Newsletter.DefaultName, stop) : 0;
        if (approved + posts == 0)
        {
            run.Terminal.PrintError(id is null ? $"nothing is held in {database.Name}" : $"edition {id} is not held in {database.Name}");
            return ExitCodes.WrongSetting;
        }

        run.Terminal.PrintLine($"{Counted.Of(approved, "edition")} and {Counted.Of(posts, "post")} may go ({database.Name})");
        return ExitCodes.Done;
    }

    public static async Task<int> PauseAsync(Invocation run, long id, bool pause, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        if (await IsOverAsync(run, database, id, endsRest: false, stop))
        {
            return ExitCodes.WrongSetting;
        }

        await new EditionStore(database).PauseAsync(id, pause, stop);
        if (!pause)
        {
            await new PauseStore(database).EndAsync(PauseRule.OfEdition(id), stop);
        }

        run.Terminal.PrintLine($"Edition {id} {(pause ? "is paused" : "goes on")} ({database.Name})");
        return ExitCodes.Done;
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
        if (await IsOverAsync(run, database, id, endsRest: true, stop))
        {
            return ExitCodes.WrongSetting;
        }

        await Maker(database).CancelAsync(id, drop, run.Terminal.Time.GetUtcNow(), stop);
        string posts = (await new EditionStore(database).FindAsync(id, stop))!.IsDropped ? "its posts are not mailed to those who have not got them" : "who has not got its posts gets them with the next one";
        run.Terminal.PrintLine($"Edition {id} is cancelled; {posts} ({database.Name})");
        return ExitCodes.Done;
    }

    private static EditionMaker Maker(Database database) => new(database, new EditionStore(database), new LedgerStore(database), new SubscriptionStore(database));

    /// <summary>Whether there is nothing to stop or to let go any more, which is then said.</summary>
    /// <param name="run">The call.</param>
    /// <param name="database">Where the edition is.</param>
    /// <param name="id">The edition.</param>
    /// <param name="endsRest">Whether what a cancelled one has left, where its command was stopped, is something to stop.</param>
    /// <param name="stop">Cancels.</param>
    private static async Task<bool> IsOverAsync(Invocation run, Database database, long id, bool endsRest, CancellationToken stop)
    {
        Edition? edition = await new EditionStore(database).FindAsync(id, stop);
        string? why = edition switch
        {
            null => $"there is no edition {id} in {database.Name}; `syndication editions list` shows them",
            { IsOver: true } when !endsRest || !await AnyWaitsAsync() => $"edition {id} was cancelled before ({database.Name})",
            { Status: EditionStatus.Planned } when !await AnyWaitsAsync() => $"edition {id} is done: all of its mails have their outcome ({database.Name})",
            _ => null,
        };
        if (why is not null)
        {
            run.Terminal.PrintError(why);
        }

        return why is not null;

        async Task<bool> AnyWaitsAsync() => (await new LedgerStore(database).WaitingAsync(id, stop)).Mails > 0;
    }
}
