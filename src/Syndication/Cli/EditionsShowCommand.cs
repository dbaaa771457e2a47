using System.Collections.Immutable;
using System.Globalization;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>Shows one edition: its account, how far it is, and what servers said.</summary>
internal static class EditionsShowCommand
{
    private const int MostReplies = 10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>In a file or a pipe, a line each second would say little.</summary>
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <param name="run">The call.</param>
    /// <param name="id">The edition.</param>
    /// <param name="follow">Whether it tells how far the edition is until that is done, or it is told to stop.</param>
    /// <param name="stop">Ends following.</param>
    public static async Task<int> RunAsync(Invocation run, long id, bool follow, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
        if (await new EditionStore(database).FindAsync(id, stop) is null)
        {
            run.Terminal.PrintError($"there is no edition {id} in {database.Name}");
            return ExitCodes.WrongSetting;
        }

        if (follow)
        {
            try
            {
                await FollowAsync(run.Terminal, database, id, stop);
            }
            catch (OperationCanceledException)
            {
                // Where it stands now is shown all the same.
            }

            run.Terminal.PrintProgress("");
        }

        return await ShowAsync(run, database, id, CancellationToken.None);
    }

    /// <summary>Rewrites one line on a terminal; elsewhere writes a line now and then, where something changed.</summary>
    private static async Task FollowAsync(Terminal terminal, Database database, long id, CancellationToken stop)
    {
        (EditionStore editions, LedgerStore ledger) = (new(database), new(database));
        string printed = "";
        for (DateTimeOffset next = DateTimeOffset.MinValue; ;)
        {
            DateTimeOffset now = terminal.Time.GetUtcNow();
            EditionProgress progress = await EditionProgress.ReadAsync(editions, ledger, id, now, stop);
            if (progress.IsDone)
            {
                return;
            }

            if (terminal.IsWatched)
            {
                terminal.PrintProgress(progress.Text);
            }
            else if (now >= next && progress.Text != printed)
            {
                (printed, next) = (progress.Text, now + BetweenLines);
                terminal.PrintLine(printed);
            }

            await Task.Delay(BetweenLooks, terminal.Time, stop);
        }
    }

    private static async Task<int> ShowAsync(Invocation run, Database database, long id, CancellationToken stop)
    {
        EditionStore editions = new(database);
        LedgerStore ledger = new(database);
        Edition edition = (await editions.FindAsync(id, stop))!;
        EditionAccount account = await EditionAccount.OfAsync(ledger, edition, stop);
        bool balanced = EditionsListCommand.Print(run, account);
        EditionProgress progress = await EditionProgress.ReadAsync(editions, ledger, id, run.Terminal.Time.GetUtcNow(), stop);
        if (!progress.IsDone)
        {
            run.Terminal.PrintLine($"  under way: {progress.Text}");
        }

        ImmutableDictionary<long, string> posts = (await editions.Releases.AllAsync(edition.Newsletter, stop))
            .ToImmutableDictionary(r => r.Number, r => r.Correction is null ? r.PostId : $"correction of {r.PostId}");
        foreach (Variant variant in await editions.VariantsAsync(id, stop))
        {
            run.Terminal.PrintLine(OneLine.Of($"  variant {variant.Number}: {string.Join(", ", variant.Posts.Select(n => posts[n]))}"));
        }

        if (edition.End?.FoldedAt is DateTimeOffset folded)
        {
            run.Terminal.PrintLine(string.Create(CultureInfo.InvariantCulture, $"  folded on {folded.UtcDateTime:yyyy-MM-dd}: it is no longer kept who got it"));
            foreach ((string reply, long mails) in await editions.FoldedRepliesAsync(id, stop))
            {
                run.Terminal.PrintLine(OneLine.Of(string.Create(CultureInfo.InvariantCulture, $"  {mails} failed: {reply}")));
            }
        }

        foreach (DeliveryReply reply in await ledger.RepliesAsync(id, MostReplies, stop))
        {
            string what = reply.Status == DeliveryStatus.Failed
                ? string.Create(CultureInfo.InvariantCulture, $"{reply.Mails} failed")
                : string.Create(CultureInfo.InvariantCulture, $"{reply.Mails} tried again from {reply.NextTry.UtcDateTime:yyyy-MM-dd HH:mm} UTC on");
            run.Terminal.PrintLine(OneLine.Of($"  {what}: {reply.Reply}"));
        }

        foreach (UncertainDelivery uncertain in (await ledger.UncertainAsync(stop)).Where(u => u.EditionId == id))
        {
            run.Terminal.PrintLine(string.Create(CultureInfo.InvariantCulture, $"  uncertain: subscriber {uncertain.SubscriberId} since {uncertain.Since:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        return balanced ? ExitCodes.Done : ExitCodes.OutsideFailed;
    }
}
