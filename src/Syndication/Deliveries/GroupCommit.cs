using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Deliveries;

/// <summary>A row's outcome, to be kept.</summary>
/// <param name="Mail">The row.</param>
/// <param name="Finished">What becomes of it.</param>
/// <param name="IsExpired">It failed because its time was over, so that its posts are owed.</param>
internal sealed record KeptOutcome(QueuedMail Mail, FinishedDelivery Finished, bool IsExpired);

/// <summary>What a commit let go; the sets compare by reference.</summary>
/// <param name="Marked">On the wire from now on.</param>
/// <param name="Ended">Never again.</param>
/// <param name="Moved">To be made anew, for another address.</param>
internal sealed record CommitResult(IReadOnlySet<QueuedMail> Marked, IReadOnlySet<QueuedMail> Ended, IReadOnlySet<QueuedMail> Moved);

/// <summary>
/// The commits of a dispatcher: one keeps what came of mails and sets the next on the wire, for all connections together. So every
/// outcome outlives a power failure, each row is marked before its MAIL FROM, and a crash leaves at most as many uncertain as there
/// are connections.
/// </summary>
internal sealed partial class GroupCommit(Database database, InstanceWatch instance, DispatchRules rules, TimeProvider time, ILogger<Dispatcher> log)
{
    private static readonly TimeSpan WhileDatabaseFails = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Keeps outcomes and sets mails on the wire: only if the instance and the lease are ours, the reader active and the edition neither paused nor over.
    /// Rows of those who left, of withdrawn posts, and those to addresses that are none, end.
    /// </summary>
    /// <param name="outcomes">What came of mails; when this returns or throws, it is kept.</param>
    /// <param name="starting">Mails for which there is a connection.</param>
    /// <param name="ending">Rows that are not to be sent, by their drafts.</param>
    public async Task<CommitResult> RunAsync(
        IReadOnlyCollection<KeptOutcome> outcomes, IReadOnlyCollection<StartingMail> starting, IReadOnlyCollection<DraftedMail> ending)
    {
        if (starting.Count > 0 && !await instance.IsAloneAsync(CancellationToken.None))
        {
            starting = [];
        }

        for (IReadOnlyCollection<KeptOutcome> left = outcomes; ; left = [])
        {
            try
            {
                return await WriteAsync(left, starting, ending);
            }
            catch (Exception e)
            {
                // Where nobody knows whether it was committed, what may have been set on the wire is taken off again.
                await KeepAsync([.. left, .. starting.Select(s => NotSent(s.Queued))], e);
                if (left.Count == 0)
                {
                    throw;
                }
            }
        }
    }

    private static KeptOutcome NotSent(QueuedMail mail) =>
        new(mail, new FinishedDelivery(mail.Row.Id, DeliveryStatus.Deferred, mail.Row.DueAt, null) { IsGivenBack = true }, IsExpired: false);

    private Task<CommitResult> WriteAsync(
        IReadOnlyCollection<KeptOutcome> outcomes, IReadOnlyCollection<StartingMail> starting, IReadOnlyCollection<DraftedMail> ending) => database.WriteAsync(
        async transaction =>
        {
            HashSet<QueuedMail> marked = new(ReferenceEqualityComparer.Instance);
            HashSet<QueuedMail> ended = new(ReferenceEqualityComparer.Instance);
            HashSet<QueuedMail> moved = new(ReferenceEqualityComparer.Instance);
            foreach (IMailQueue queue in outcomes.Select(o => o.Mail.Queue).Concat(starting.Select(s => s.Queued.Queue)).Concat(ending.Select(d => d.Queued.Queue)).Distinct())
            {
                await FinishAsync(transaction, queue, [.. outcomes.Where(o => o.Mail.Queue == queue)]);
                await EndAsync(transaction, queue, [.. ending.Where(d => d.Queued.Queue == queue)]);
                StartingMail[] begins = [.. starting.Where(s => s.Queued.Queue == queue)];
                if (begins.Length == 0)
                {
                    continue;
                }

                DateTimeOffset now = time.GetUtcNow();
                QueuedMail[] mails = [.. begins.Select(b => b.Queued)];
                Permit permit = await queue.PermitAsync(transaction, begins, CancellationToken.None);
                if (permit.Ended.Count > 0)
                {
                    IReadOnlyList<EndedRow> withdrawn = await queue.Rows.WithdrawAsync(transaction, rules.Owner, permit.Ended, now, CancellationToken.None);
                    await OweAsync(transaction, queue, mails.Where(m => permit.Owed.Contains(m.Row.Id)), withdrawn);
                }

                // Each row once, should it ever be here twice.
                HashSet<long> set = [.. await queue.Rows.MarkAsync(transaction, rules.Owner, permit.MayGo, now, CancellationToken.None)];
                marked.UnionWith(mails.Where(m => set.Remove(m.Row.Id)));
                ended.UnionWith(mails.Where(m => permit.Ended.Contains(m.Row.Id)));
                moved.UnionWith(mails.Where(m => permit.Moved.Contains(m.Row.Id)));
            }

            // What is taken of a limit must not be forgotten, whatever happens to the mail.
            foreach (IGrouping<Relay, StartingMail> taken in starting.Where(s => marked.Contains(s.Queued)).GroupBy(s => s.Relay))
            {
                if (taken.Key.TakeLimit(taken.Count()) is RateLimit limit)
                {
                    await TransportStore.SaveAsync(transaction, taken.Key.Name, limit, CancellationToken.None);
                }
            }

            return new CommitResult(marked, ended, moved);
        },
        CancellationToken.None);

    /// <summary>While the database fails the outcomes are offered again: a mail that went out must not be forgotten.</summary>
    private async Task KeepAsync(IReadOnlyCollection<KeptOutcome> outcomes, Exception first)
    {
        for (Exception? failure = outcomes.Count > 0 ? first : null; failure is not null;)
        {
            try
            {
                await WriteAsync(outcomes, [], []);
                if (!ReferenceEquals(failure, first))
                {
                    Log.Kept(log);
                }

                failure = null;
            }
            catch (Exception e)
            {
                if (ReferenceEquals(failure, first))
                {
                    Log.NotKept(log, e.Message, e);
                }

                failure = e;
                await Task.Delay(WhileDatabaseFails, time, CancellationToken.None);
            }
        }
    }

    private async Task FinishAsync(DbTransaction transaction, IMailQueue queue, ImmutableArray<KeptOutcome> outcomes)
    {
        if (outcomes.IsEmpty)
        {
            return;
        }

        IReadOnlyList<EndedRow> kept = await queue.Rows.FinishAsync(transaction, rules.Owner, [.. outcomes.Select(o => o.Finished)], time.GetUtcNow(), CancellationToken.None);
        await OweAsync(transaction, queue, outcomes.Where(o => o.IsExpired).Select(o => o.Mail), kept);
    }

    /// <summary>Only of rows whose end was ours to keep, now and not by a commit before, and which nobody can have.</summary>
    private static async Task OweAsync(DbTransaction transaction, IMailQueue queue, IEnumerable<QueuedMail> mails, IReadOnlyList<EndedRow> ended)
    {
        QueuedMail[] owed = [.. mails.IntersectBy(ended.Where(e => !e.MayHaveArrived).Select(e => e.Id), m => m.Row.Id)];
        if (owed.Length > 0)
        {
            await queue.OweAsync(transaction, owed, CancellationToken.None);
        }
    }

    private async Task EndAsync(DbTransaction transaction, IMailQueue queue, ImmutableArray<DraftedMail> ending)
    {
        DateTimeOffset now = time.GetUtcNow();
        long[] withdrawn = [.. ending.Where(d => d.Draft.Verdict == DraftVerdict.Withdraw).Select(d => d.Queued.Row.Id)];
        if (withdrawn.Length > 0)
        {
            await queue.Rows.WithdrawAsync(transaction, rules.Owner, withdrawn, now, CancellationToken.None);
        }

        (long, string)[] refused = [.. ending.Where(d => d.Draft.Verdict == DraftVerdict.Fail).Select(d => (d.Queued.Row.Id, d.Draft.Reason ?? ""))];
        if (refused.Length > 0)
        {
            await queue.Rows.RefuseAsync(transaction, rules.Owner, refused, now, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "what came of mails cannot be kept now, and is offered each second until it can; no other goes out before: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason, Exception exception);

        [LoggerMessage(LogLevel.Information, "what came of mails is kept now")]
        public static partial void Kept(ILogger logger);
    }
}
