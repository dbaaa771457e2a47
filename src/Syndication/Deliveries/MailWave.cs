using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>A mail that was on the wire, and what came of it.</summary>
internal sealed record SentMail<T>(T Mail, LeasedRow Row, string Recipient, SendOutcome Outcome);

/// <summary>What came of a wave.</summary>
/// <param name="Sent">Those that were on the wire.</param>
/// <param name="Waiting">Why others wait.</param>
internal sealed record WaveResult<T>(ImmutableArray<SentMail<T>> Sent, ImmutableArray<string> Waiting);

/// <summary>
/// Sends leased rows of any queue together, with one commit before the wire and one after it, so that a crash leaves at most a wave
/// uncertain.
/// </summary>
internal sealed partial class MailWave(
    Database database, ITransport transport, DispatchRules rules, RefusalRuns runs, TimeProvider time, ILogger<MailWave> log)
{
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileDatabaseFails = TimeSpan.FromSeconds(1);

    /// <param name="queue">Whose rows they are.</param>
    /// <param name="wave">As many as there are connections, at most.</param>
    /// <param name="most">So many go on the wire at most; the others are handed back.</param>
    /// <param name="stop">What is on the wire ends first; see <see cref="ITransport.SendAsync"/>.</param>
    public async Task<WaveResult<T>> SendAsync<T>(IMailQueue<T> queue, ImmutableArray<T> wave, int most, CancellationToken stop)
    {
        try
        {
            return await RunAsync(queue, wave, most, stop);
        }
        catch
        {
            // What was not set on the wire is still leased. It comes back later than what is due now, which may be all right.
            await ReleaseAsync(queue, wave.Select(m => queue.RowOf(m).Id), time.GetUtcNow() + WhileWaiting);
            throw;
        }
    }

    private async Task<WaveResult<T>> RunAsync<T>(IMailQueue<T> queue, ImmutableArray<T> wave, int most, CancellationToken stop)
    {
        ImmutableArray<Item<T>> items = [.. wave.Zip(await queue.DraftAsync(wave, CancellationToken.None), (mail, draft) => new Item<T>(mail, queue.RowOf(mail), draft))];
        (IReadOnlySet<long> marked, IReadOnlySet<long> spared) = await MarkAsync(queue, wave, items, most);
        Item<T>[] sending = [.. items.Where(i => marked.Contains(i.Row.Id))];
        SendOutcome[] outcomes = await Task.WhenAll(sending.Select(i => SendAsync(i.Draft.Mail!, stop)));
        ImmutableArray<SentMail<T>> sent = [.. sending.Zip(outcomes, (i, outcome) => new SentMail<T>(i.Mail, i.Row, i.Draft.Mail!.Recipient, outcome))];
        await RecordAsync(queue, sent);

        // Whatever was neither sent nor ended is paused, or its posts cannot be read now.
        Item<T>[] waiting =
            [.. items.Where(i => !marked.Contains(i.Row.Id) && !spared.Contains(i.Row.Id) && i.Draft.Verdict is DraftVerdict.Send or DraftVerdict.Wait)];
        await ReleaseAsync(queue, waiting.Select(i => i.Row.Id), time.GetUtcNow() + WhileWaiting);
        await ReleaseAsync(queue, spared, DateTimeOffset.UnixEpoch);
        return new WaveResult<T>(sent, [.. waiting.Select(i => i.Draft.Reason).OfType<string>().Distinct()]);
    }

    /// <summary>
    /// One commit: rows that may go are set on the wire, only if the lease is ours; rows of those who left, of withdrawn posts, and
    /// those to addresses that are none, end.
    /// </summary>
    private Task<(IReadOnlySet<long> Marked, IReadOnlySet<long> Spared)> MarkAsync<T>(
        IMailQueue<T> queue, ImmutableArray<T> wave, ImmutableArray<Item<T>> items, int most) => database.WriteAsync(
        async transaction =>
        {
            DateTimeOffset now = time.GetUtcNow();
            WavePermit permit = await queue.PermitAsync(transaction, wave, CancellationToken.None);
            long[] withdrawn = [.. items.Where(i => permit.Ended.Contains(i.Row.Id) || i.Draft.Verdict == DraftVerdict.Withdraw).Select(i => i.Row.Id)];
            if (withdrawn.Length > 0)
            {
                await queue.Rows.WithdrawAsync(transaction, rules.Owner, withdrawn, now, CancellationToken.None);
            }

            (long, string)[] refused = [.. items.Where(i => i.Draft.Verdict == DraftVerdict.Fail).Select(i => (i.Row.Id, i.Draft.Reason ?? ""))];
            if (refused.Length > 0)
            {
                await queue.Rows.RefuseAsync(transaction, rules.Owner, refused, now, CancellationToken.None);
            }

            long[] ready = [.. items.Where(i => permit.MayGo.Contains(i.Row.Id) && i.Draft.Verdict == DraftVerdict.Send).Select(i => i.Row.Id)];
            return (await queue.Rows.MarkAsync(transaction, rules.Owner, ready.Take(most), now, CancellationToken.None), (IReadOnlySet<long>)ready.Skip(most).ToHashSet());
        },
        CancellationToken.None);

    /// <summary>A transport is not to throw; where one does, nobody knows what became of the mail, and the others of the wave go on.</summary>
    private async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
    {
        try
        {
            return await transport.SendAsync(mail, stop);
        }
        catch (Exception e)
        {
            Log.Uncertain(log, transport.Name, e.Message, e);
            return new SendOutcome(SendResult.Uncertain, OutcomeScope.Recipient, null, null, OneLine.Of($"{e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>One commit for the wave. While the database fails it is offered again: a mail that went out must not be forgotten.</summary>
    private async Task RecordAsync<T>(IMailQueue<T> queue, ImmutableArray<SentMail<T>> sent)
    {
        if (sent.IsEmpty)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        bool isAnyLookedAt = sent.Any(s => !OutcomeRule.IsOurs(s.Outcome));
        ImmutableArray<FinishedDelivery> finished = [.. sent.Select(s => Finish(queue, s, isAnyLookedAt, now))];
        ImmutableArray<T> expired = [.. sent.Zip(finished).Where(p => OutcomeRule.IsExpired(p.Second, p.First.Outcome)).Select(p => p.First.Mail)];
        for (bool hasFailed = false; ; hasFailed = true)
        {
            try
            {
                await database.WriteAsync(
                    async transaction =>
                    {
                        await queue.OweAsync(transaction, expired, CancellationToken.None);
                        return await queue.Rows.FinishAsync(transaction, rules.Owner, finished, now, CancellationToken.None);
                    },
                    CancellationToken.None);
                if (hasFailed)
                {
                    Log.Kept(log);
                }

                return;
            }
            catch (Exception e)
            {
                if (!hasFailed)
                {
                    Log.NotKept(log, e.Message, e);
                }

                await Task.Delay(WhileDatabaseFails, time, CancellationToken.None);
            }
        }
    }

    private async Task ReleaseAsync<T>(IMailQueue<T> queue, IEnumerable<long> ids, DateTimeOffset notBefore)
    {
        long[] released = [.. ids];
        if (released.Length > 0)
        {
            await queue.Rows.ReleaseAsync(rules.Owner, released, notBefore, CancellationToken.None);
        }
    }

    private FinishedDelivery Finish<T>(IMailQueue<T> queue, SentMail<T> sent, bool isAnyLookedAt, DateTimeOffset now)
    {
        if (OutcomeRule.IsOurs(sent.Outcome))
        {
            // Where others got through, the server takes fewer connections than we open, say: so not at once.
            return OutcomeRule.GiveBack(sent.Row, sent.Outcome, isAnyLookedAt ? now + WhileWaiting : sent.Row.DueAt);
        }

        RefusalRun run = runs.Add(sent.Outcome, queue.EditionOf(sent.Mail), sent.Recipient, new RefusedRow(queue.Rows.Table, sent.Row.Id), now);
        return OutcomeRule.Apply(sent.Row, sent.Outcome, run.IsOwn(sent.Row.FirstAttempt), now);
    }

    private sealed record Item<T>(T Mail, LeasedRow Row, MailDraft Draft);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "nobody knows whether a mail went out by {Transport}: {Reason}")]
        public static partial void Uncertain(ILogger logger, string transport, string reason, Exception exception);

        [LoggerMessage(LogLevel.Error, "what came of mails cannot be kept now, and is offered each second until it can; no other goes out before: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason, Exception exception);

        [LoggerMessage(LogLevel.Information, "what came of mails is kept now")]
        public static partial void Kept(ILogger logger);
    }
}
