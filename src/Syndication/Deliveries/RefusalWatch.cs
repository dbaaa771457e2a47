using System.Data.Common;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// Ends a run of refusals: where it is about us (RCPT) the transport pauses, where it is about a text (DATA) the edition, until the
/// operator resumes; and those who were refused are tried again then as if they had not been.
/// </summary>
internal sealed class RefusalWatch(Database database, RefusalRuns runs, PauseStore pauses, EditionStore editions, LedgerStore ledger, NoticeStore notices)
{
    /// <summary>Whether a refusal is of the matter that a pause is about: it was on the wire when that began.</summary>
    public static bool IsOf(string scope, SendOutcome refusal, Relay relay, long? edition) =>
        OutcomeRule.IsForRun(refusal) && ((edition is long id && scope == PauseRule.OfEdition(id)) || (refusal.Scope == OutcomeScope.Recipient && scope == relay.Gate.Scope));

    /// <summary>Gives the pause where the run that a refusal belongs to is over.</summary>
    /// <param name="refusal">An answer that counts for a run.</param>
    /// <param name="relay">Whose it is.</param>
    /// <param name="edition">The mail's edition; null = it is a notice.</param>
    /// <param name="now">When.</param>
    public async Task<PauseChange?> PauseAsync(SendOutcome refusal, Relay relay, long? edition, DateTimeOffset now)
    {
        RefusalRun run = runs.Of(refusal, relay.Name, edition);
        bool isOfEdition = refusal.Scope == OutcomeScope.Message;
        if (!run.IsOver)
        {
            // Readers of few domains may all be gone, and the others still there; but nobody is to fail before somebody has looked at it.
            if (refusal.Result != SendResult.Rejected || edition is null || !run.IsLong)
            {
                return null;
            }

            isOfEdition = true;
        }

        PauseChange change = isOfEdition && edition is long id ? await PauseEditionAsync(id, refusal, now) : await relay.Gate.CloseForPolicyAsync(refusal, now);
        IReadOnlyList<RefusedRow> again = runs.Forget(refusal, relay.Name, edition);
        await database.WriteAsync(transaction => BeginAnewAsync(transaction, again, now), CancellationToken.None);
        return change;
    }

    /// <summary>Rows of editions whose account was folded stay as they are.</summary>
    private async Task<int> BeginAnewAsync(DbTransaction transaction, IReadOnlyList<RefusedRow> rows, DateTimeOffset now)
    {
        int begun = 0;
        foreach (IGrouping<(string Queue, long? Edition), RefusedRow> some in rows.GroupBy(r => (r.Queue, r.Edition)))
        {
            if (some.Key.Edition is long edition)
            {
                if (!await EditionStore.TakeUnfoldedAsync(transaction, edition, CancellationToken.None))
                {
                    continue;
                }

                await EditionStore.ReopenAsync(transaction, edition, CancellationToken.None);
            }

            QueueStore queue = some.Key.Queue == notices.Rows.Table ? notices.Rows : ledger.Rows;
            begun += await queue.BeginAnewAsync(transaction, some.Select(r => r.Id), now, CancellationToken.None);
        }

        return begun;
    }

    private async Task<PauseChange> PauseEditionAsync(long id, SendOutcome refusal, DateTimeOffset now)
    {
        SendingPause pause = PauseRule.AfterRefusals(PauseRule.OfEdition(id), refusal, now);
        await pauses.SaveAsync(pause, CancellationToken.None);
        await editions.PauseAsync(id, true, CancellationToken.None);
        return new PauseChange(pause, IsOver: false);
    }
}
