using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>Plans and sends editions from a command, where no serve runs: both at once, so that the first mail does not wait for the last row.</summary>
internal static class EditionDispatch
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(1);

    /// <summary>Sends what is due until nothing is, or until it is told to stop; then shows the edition's account. False when that does not balance.</summary>
    public static async Task<bool> RunAsync(Invocation run, IServiceProvider parts, Edition edition, CancellationToken stop)
    {
        EditionStore editions = parts.GetRequiredService<EditionStore>();
        LedgerStore ledger = parts.GetRequiredService<LedgerStore>();
        try
        {
            await SendAsync(run, parts, edition, stop);
        }
        catch (OperationCanceledException)
        {
            // What was not on the wire waits in the ledger.
        }

        run.Terminal.PrintProgress("");
        EditionAccount account = await EditionAccount.OfAsync(ledger, (await editions.FindAsync(edition.Id, CancellationToken.None))!, CancellationToken.None);
        EditionsListCommand.Print(run, account);
        if (account.Counts.Waiting > 0)
        {
            run.Terminal.PrintLine($"What waits is sent by the next `serve`, or by this command when it is called again; it is kept in {parts.GetRequiredService<Database>().Name}");
        }

        return account.IsBalanced;
    }

    private static async Task SendAsync(Invocation run, IServiceProvider parts, Edition edition, CancellationToken stop)
    {
        TimeProvider time = run.Terminal.Time;
        EditionMaker maker = parts.GetRequiredService<EditionMaker>();
        Dispatcher dispatcher = parts.GetRequiredService<Dispatcher>();
        RelaySet relays = parts.GetRequiredService<RelaySet>();
        LedgerStore ledger = parts.GetRequiredService<LedgerStore>();
        EditionStore editions = parts.GetRequiredService<EditionStore>();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // On a thread of its own: SQLite does its work on the caller's.
        Task planning = Task.Run(() => maker.PlanAsync(time.GetUtcNow(), ending.Token), CancellationToken.None);
        try
        {
            DateTimeOffset shown = DateTimeOffset.MinValue;
            while (!stop.IsCancellationRequested)
            {
                bool wasPlanned = planning.IsCompleted;
                bool hasTaken = false;
                await foreach (DispatchEvent told in dispatcher.RunAsync(stop))
                {
                    hasTaken |= told is MailsTaken;
                    Tell(run.Terminal, told);
                    if (run.Terminal.IsWatched && time.GetUtcNow() - shown >= BetweenProgress)
                    {
                        shown = time.GetUtcNow();
                        run.Terminal.PrintProgress((await EditionProgress.ReadAsync(editions, ledger, edition.Id, shown, CancellationToken.None)).Text);
                    }
                }

                if (hasTaken)
                {
                    continue;
                }

                if (!wasPlanned)
                {
                    await Task.WhenAny(planning, Task.Delay(BetweenLooks, time, stop));
                }
                else if (relays.WaitFor(time.GetUtcNow(), isNotice: false) is { Ticks: > 0 } limited
                    && (await ledger.WaitingAsync(edition.Id, CancellationToken.None)).Mails > 0)
                {
                    // A limit is used up for now.
                    await Task.Delay(limited < LongestWait ? limited : LongestWait, time, stop);
                }
                else
                {
                    break;
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await planning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await planning;
    }

    /// <summary>Why mail waits or is paused; a pause ends what this command can do.</summary>
    private static void Tell(Terminal terminal, DispatchEvent told)
    {
        switch (told)
        {
            case MailWaits waits:
                terminal.PrintError($"mail waits: {waits.Reason}");
                break;
            case PauseChange { IsOver: false } pause:
                terminal.PrintError($"mail is paused: {pause.Pause.Reason}");
                break;
        }
    }
}
