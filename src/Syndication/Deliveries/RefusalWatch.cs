using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// Ends a run of refusals: where it is about us (RCPT) the transport pauses, where it is about a text (DATA) the edition, until the
/// operator resumes; and those who were refused are tried again then as if they had not been.
/// </summary>
internal sealed class RefusalWatch(RefusalRuns runs, PauseStore pauses, EditionStore editions, LedgerStore ledger, NoticeStore notices)
{
    /// <summary>What a refusal would pause: the edition where it is about the text, else the transport.</summary>
    public static string ScopeOf(SendOutcome refusal, Relay relay, long? edition) =>
        refusal.Scope == OutcomeScope.Message && edition is long id ? PauseRule.OfEdition(id) : relay.Gate.Scope;

    /// <summary>Gives the pause where the run that a refusal belongs to is over.</summary>
    /// <param name="refusal">A policy answer.</param>
    /// <param name="relay">Whose it is.</param>
    /// <param name="edition">The mail's edition; null = it is a notice.</param>
    /// <param name="now">When.</param>
    public async Task<PauseChange?> PauseAsync(SendOutcome refusal, Relay relay, long? edition, DateTimeOffset now)
    {
        long? of = refusal.Scope == OutcomeScope.Message ? edition : null;
        RefusalRun run = runs.Of(relay.Name, of);
        if (!run.IsOver)
        {
            return null;
        }

        PauseChange change = of is long id ? await PauseEditionAsync(id, refusal, now) : await relay.Gate.CloseForPolicyAsync(refusal, now);
        foreach (QueueStore queue in (QueueStore[])[ledger.Rows, notices.Rows])
        {
            await queue.BeginAnewAsync(run.Rows.Where(r => r.Queue == queue.Table).Select(r => r.Id), CancellationToken.None);
        }

        runs.Forget(relay.Name, of);
        return change;
    }

    private async Task<PauseChange> PauseEditionAsync(long id, SendOutcome refusal, DateTimeOffset now)
    {
        SendingPause pause = PauseRule.AfterRefusals(PauseRule.OfEdition(id), refusal, now);
        await pauses.SaveAsync(pause, CancellationToken.None);
        await editions.PauseAsync(id, true, CancellationToken.None);
        return new PauseChange(pause, IsOver: false);
    }
}
