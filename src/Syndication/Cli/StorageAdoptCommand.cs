using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>The operator's word on a database that was put back, copied or given to another site. A running serve goes on a moment later.</summary>
internal static class StorageAdoptCommand
{
    /// <param name="run">The call.</param>
    /// <param name="skip">Nothing that may have been mailed is mailed; else the database is right as it is.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<int> RunAsync(Invocation run, bool skip, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        if (run.ReadSite()?.Site is not SiteDefinition site)
        {
            return ExitCodes.WrongSetting;
        }

        InstanceWatch instance = run.Instance(database);
        RememberedSite? asked = SiteMemory.Of(run, site);
        await using InstanceHold? alone = await database.TryTakeInstanceAsync(stop);
        bool isHeld = await instance.ReadAsync(stop) is not null;
        bool isOtherSite = asked is not null && (await new InstanceStore(database).LoadAsync(stop)).Site?.Shares(asked) == false;
        if (!isHeld && (alone is null || !isOtherSite))
        {
            run.Terminal.PrintError($"{database.Name}: sending is not held, so there is nothing to adopt; when it is, `serve` says so");
            return ExitCodes.WrongSetting;
        }

        if (skip)
        {
            Skipped skipped = await Adoption.SkipAsync(instance, new LedgerStore(database), new NoticeStore(database), asked, run.Terminal.Time.GetUtcNow(), stop);
            run.Terminal.PrintLine(
                $"Adopted {database.Name}: {Counted.Of(skipped.Mails, "waiting mail")} and {Counted.Of(skipped.Editions, "edition")} are cancelled, {Counted.Of(skipped.Owed, "owed post")} and "
                + $"{Counted.Of(skipped.Posts, "post")} before their release are dropped; what is there when `serve` looks next is not mailed, later posts are");
        }
        else
        {
            await Adoption.ResendAsync(instance, asked, stop);
            run.Terminal.PrintLine($"Adopted {database.Name}: mail goes on where it stands");
        }

        return ExitCodes.Done;
    }
}
