using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// One run of the dispatcher. A single loop decides everything and commits; the mails are made and sent beside it and come back as
/// arrivals. While a commit is under way others arrive, so that commits grow as mail gets faster. One thread at a time.
/// </summary>
internal sealed partial class DispatchRun(
    ImmutableArray<IMailQueue> queues, Dispatching doing, RelaySet relays, DispatchRules rules, TimeProvider time, ILogger<Dispatcher> log)
    : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>What may go so soon is waited for; what goes later is handed back until then.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookForUncertain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMinutes(1);

    /// <summary>So often what waits for a processor goes before a commit that few share.</summary>
    private const int Turns = 2;

    /// <summary>An edition of which so many mails could not be made, and none could, is left alone for a while.</summary>
    private const int MostUnmade = 200;

    private readonly Channel<object> _arrivals = Channel.CreateUnbounded<object>();
    private readonly Backlog _backlog = new(rules.Batch, doing.Paces);
    private readonly List<DispatchEvent> _events = [];
    private readonly List<DraftedMail> _ending = [];
    private readonly List<EndedMail> _ended = [];
    private readonly List<(QueuedMail Mail, DateTimeOffset NotBefore)> _released = [];
    private readonly HashSet<(IMailQueue Queue, long Id)> _held = [];
    private readonly Dictionary<long, int> _unmade = [];
    private readonly Dictionary<long, DateTimeOffset> _blocked = [];

    /// <summary>In which turn a scope was paused last.</summary>
    private readonly Dictionary<string, long> _refused = new(StringComparer.Ordinal);

    private readonly HashSet<string> _reasons = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _abort = new();
    private readonly DateTimeOffset[] _nextLook = [.. queues.Select(_ => DateTimeOffset.MinValue)];
    private DateTimeOffset _nextUncertain = DateTimeOffset.MinValue;
    private ExceptionDispatchInfo? _failure;
    private long _failedAt;
    private bool _hasBegun;
    private long _turn;
    private int _drafting;
    private int _underWay;

    /// <summary>What happened since this was last asked.</summary>
    public ImmutableArray<DispatchEvent> Tell()
    {
        ImmutableArray<DispatchEvent> told = [.. _events];
        _events.Clear();
        return told;
    }

    /// <summary>
    /// Goes one commit on, or waits until it can. False when there is nothing more to do, or nothing may be done. A failure ends a run
    /// that has nothing on the wire; else it goes on after a moment, since what hangs there may do so for long.
    /// </summary>
    public async Task<bool> StepAsync(CancellationToken stop)
    {
        if (_failure is not null)
        {
            if (_underWay + _drafting > 0)
            {
                await WaitForArrivalAsync(Look - time.GetElapsedTime(_failedAt), stop);
            }

            if (_underWay + _drafting == 0 || stop.IsCancellationRequested)
            {
                _failure.Throw();
            }
        }

        _failure = time.GetElapsedTime(_failedAt) < Look ? _failure : null;
        try
        {
            return await GoOnAsync(time.GetUtcNow(), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Fail(ExceptionDispatchInfo.Capture(e));
            return true;
        }
    }

    private async Task<bool> GoOnAsync(DateTimeOffset now, CancellationToken stop)
    {
        _turn++;
        if (_failure is null)
        {
            await relays.LookAsync(now, !_hasBegun, CancellationToken.None);
            _hasBegun = true;
        }

        _backlog.Connections = relays.OpenConnections(now);
        await LetArriveAsync();
        if (TakeArrivals(stop) is ExceptionDispatchInfo unmade)
        {
            Fail(unmade);
        }

        await ThinkAsync(now);
        if (_failure is not null)
        {
            // What came back is kept meanwhile.
            await CommitAsync([]);
            return true;
        }

        if (stop.IsCancellationRequested)
        {
            return false;
        }

        await RefillAsync(now, stop);
        Draft(now);
        ImmutableArray<StartingMail> starting = Choose(now);
        foreach ((QueuedMail mail, DateTimeOffset notBefore) in _backlog.TakeSurplus(now))
        {
            Release(mail, notBefore);
        }

        bool hasMoved = starting.Length + _ended.Count + _ending.Count + _released.Count > 0;
        if (hasMoved)
        {
            await CommitAsync(starting);
            return true;
        }

        return await WaitAsync(now, stop);
    }

    /// <summary>Nothing begins for a moment.</summary>
    private void Fail(ExceptionDispatchInfo failure)
    {
        _failure = failure;
        _failedAt = time.GetTimestamp();
        string reason = OneLine.Of($"it is tried again after a failure: {failure.SourceException.Message}");
        if (_underWay + _drafting > 0 && _reasons.Add(reason))
        {
            _events.Add(new MailWaits(reason));
        }
    }

    /// <summary>Waits for what is on the wire, keeps what came of it, and hands the rest back.</summary>
    /// <param name="stop">Once it is cancelled, before or meanwhile, those on the wire get a moment only.</param>
    public async Task EndAsync(CancellationToken stop)
    {
        await using ITimer grace = time.CreateTimer(_ => _abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (stop.Register(() => grace.Change(DispatchRules.Grace, Timeout.InfiniteTimeSpan)))
        {
            // Whatever fails, the outcome of each mail is waited for and kept.
            ExceptionDispatchInfo? failure = null;
            do
            {
                if (_underWay + _drafting > 0)
                {
                    await _arrivals.Reader.WaitToReadAsync(CancellationToken.None);
                }

                // What else fails to be made now adds nothing to the failure that ended the run.
                _ = TakeArrivals(stop);
                if (_underWay + _drafting == 0)
                {
                    foreach (QueuedMail mail in _backlog.TakeAll())
                    {
                        Release(mail, DateTimeOffset.UnixEpoch);
                    }
                }

                try
                {
                    await ThinkAsync(time.GetUtcNow());
                    await CommitAsync([]);
                }
                catch (Exception e)
                {
                    failure ??= ExceptionDispatchInfo.Capture(e);
                }
            }
            while (_underWay + _drafting > 0);
            failure?.Throw();
        }
    }

    /// <summary>Only after <see cref="EndAsync"/>.</summary>
    public void Dispose() => _abort.Dispose();

    /// <summary>
    /// What waits for a processor goes first. Where mail waits for the processors, more has come back then to share a commit, which
    /// costs nearly the same for few as for many; else this takes no time.
    /// </summary>
    private async Task LetArriveAsync()
    {
        for (int turn = 0; turn < Turns && _arrivals.Reader.Count < _underWay / 2; turn++)
        {
            TaskCompletionSource end = new();
            ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), end, preferLocal: false);
            await end.Task;
        }
    }

    /// <summary>Takes in what came back since the last time. Gives why a mail could not be made, where that is no matter of its own.</summary>
    private ExceptionDispatchInfo? TakeArrivals(CancellationToken stop)
    {
        ExceptionDispatchInfo? failure = null;
        DateTimeOffset now = time.GetUtcNow();
        while (_arrivals.Reader.TryRead(out object? arrival))
        {
            switch (arrival)
            {
                case EndedMail came:
                    EndedMail ended = came with { Outcome = Attribute(came) };
                    _underWay--;
                    _held.Remove((ended.Queued.Queue, ended.Queued.Row.Id));
                    ended.Relay.Ended(ended, stop.IsCancellationRequested, now);
                    _backlog.Ended(ended.Queued, ended.Outcome, ended.Took, now);
                    _ended.Add(ended);
                    break;
                case DraftedMail drafted:
                    _drafting--;
                    Sort(drafted, now);
                    break;
                case UndraftedMail undrafted:
                    _drafting--;
                    _backlog.Drop(undrafted.Queued);
                    Release(undrafted.Queued, now + WhileWaiting);
                    failure ??= undrafted.Failure;
                    break;
            }
        }

        return failure;
    }

    /// <summary>The outcome, with whom it is about in the light of what others were told.</summary>
    private SendOutcome Attribute(EndedMail ended) =>
        ended.Epoch == ended.Relay.Epoch && ended.Relay.IsSound && doing.Runs.OfPolicy(ended.Relay.Name, null).IsOwn(ended.Queued.Row.FirstAttempt)
            ? OutcomeRule.OfTheMail(ended.Outcome)
            : ended.Outcome;

    private void Sort(DraftedMail drafted, DateTimeOffset now)
    {
        QueuedMail mail = drafted.Queued;
        if (drafted.Draft.Verdict == DraftVerdict.Send)
        {
            _backlog.Drafted(drafted);
            if (mail.EditionId is long made)
            {
                _unmade[made] = 0;
            }

            return;
        }

        _backlog.Drop(mail);
        if (drafted.Draft.Verdict != DraftVerdict.Wait)
        {
            _held.Remove((mail.Queue, mail.Row.Id));
            _ending.Add(drafted);
            return;
        }

        Release(mail, now + WhileWaiting);
        if (drafted.Draft.Reason is string reason && _reasons.Add(reason))
        {
            _events.Add(new MailWaits(reason));
        }

        if (mail.EditionId is long edition && (_unmade[edition] = _unmade.GetValueOrDefault(edition) + 1) == MostUnmade)
        {
            _unmade[edition] = 0;
            _blocked[edition] = now + WhileWaiting;
            foreach (QueuedMail other in _backlog.Take(edition))
            {
                Release(other, now + WhileWaiting);
            }
        }
    }

    /// <summary>
    /// What is no plain success is kept before anything else begins, since it may close a relay or pause an edition, and what opens a
    /// relay as well.
    /// </summary>
    private async Task ThinkAsync(DateTimeOffset now)
    {
        if (!_ended.Exists(e => e.Outcome.Result != SendResult.Sent || !e.Relay.Gate.IsProven)
            && relays.All.All(r => r.Closing is null))
        {
            return;
        }

        EndedMail[] ended = [.. _ended];
        await CommitAsync([]);
        foreach (Relay relay in relays.All)
        {
            if (relay.Closing is SendOutcome reason)
            {
                Add(await relay.Gate.CloseAsync(reason, now));
                relay.Closed();
            }
            else if (ended.Any(e => e.Relay == relay && relay.Proves(e)))
            {
                Add(await relay.Gate.ProveAsync());
            }
        }

        foreach (EndedMail refused in ended.Where(e => OutcomeRule.IsForRun(e.Outcome)))
        {
            if (await doing.Refusals.PauseAsync(refused.Outcome, refused.Relay, refused.Queued.EditionId, now) is PauseChange pause)
            {
                Add(pause);
                _refused[pause.Pause.Scope] = _turn;
                if (pause.Pause.Scope == refused.Relay.Gate.Scope)
                {
                    refused.Relay.Closed();
                }
            }
        }
    }

    /// <summary>Leases what is due. Notices are looked for each second, whatever else waits.</summary>
    private async Task RefillAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (_underWay == 0 && (relays.WaitFor(now, isNotice: true) is not TimeSpan wait || wait > Soon))
        {
            return;
        }

        if (rules.ResendsUncertain && now >= _nextUncertain)
        {
            _nextUncertain = now + LookForUncertain;
            foreach (IMailQueue queue in queues)
            {
                await queue.Rows.RequeueUncertainAsync(now, DispatchRules.UncertainAttempts, stop);
            }
        }

        foreach (long edition in _blocked.Where(b => b.Value <= now).Select(b => b.Key).ToList())
        {
            _blocked.Remove(edition);
        }

        for (int index = 0; index < queues.Length; index++)
        {
            bool isLast = index == queues.Length - 1;
            bool mayGo = !isLast || (_backlog.Count <= rules.Batch / 2 && (relays.WaitFor(now, isNotice: false) is TimeSpan soon ? soon <= Soon : _underWay > 0));
            if (now < _nextLook[index] || !mayGo)
            {
                continue;
            }

            ImmutableArray<QueuedMail> claimed = await queues[index].ClaimAsync(rules.Owner, now, now + DispatchRules.Lease, rules.Batch / 2, _blocked.Keys, stop);
            _nextLook[index] = isLast && claimed.Length == rules.Batch / 2 ? now : now + Look;

            // One whose lease has run out while it waits is leased anew by this, and waits on.
            foreach (QueuedMail mail in claimed.Where(m => _held.Add((m.Queue, m.Row.Id))))
            {
                _backlog.Add(mail);
            }

            if (!claimed.IsEmpty)
            {
                _events.Add(new MailsTaken(claimed.Length));
            }
        }
    }

    /// <summary>Makes as many mails as will be wanted in a moment.</summary>
    private void Draft(DateTimeOffset now)
    {
        int wanted = (2 * relays.Connections) - _backlog.Startable(now) - _drafting;
        while ((wanted-- > 0 || _backlog.HasNotice) && _backlog.NextToDraft(now) is QueuedMail mail)
        {
            _drafting++;
            _ = Task.Run(() => DraftAsync(mail));
        }
    }

    private async Task DraftAsync(QueuedMail mail)
    {
        object arrival;
        try
        {
            arrival = new DraftedMail(mail, await mail.Queue.DraftAsync(mail, CancellationToken.None));
        }
        catch (Exception e)
        {
            arrival = new UndraftedMail(mail, ExceptionDispatchInfo.Capture(e));
        }

        _arrivals.Writer.TryWrite(arrival);
    }

    /// <summary>The mails for which there is a relay.</summary>
    private ImmutableArray<StartingMail> Choose(DateTimeOffset now)
    {
        ImmutableArray<StartingMail>.Builder starting = ImmutableArray.CreateBuilder<StartingMail>();
        while (relays.WaitFor(now, isNotice: true) == TimeSpan.Zero
            && _backlog.NextToSend(now, onlyNotices: relays.WaitFor(now, isNotice: false) != TimeSpan.Zero) is DraftedMail next)
        {
            Relay relay = relays.Take(now, next.Queued.EditionId is null)!;
            starting.Add(new StartingMail(next.Queued, next.Draft, relay, relay.Epoch, _turn));
        }

        return starting.ToImmutable();
    }

    private async Task CommitAsync(ImmutableArray<StartingMail> starting)
    {
        DateTimeOffset now = time.GetUtcNow();
        KeptOutcome[] outcomes = [.. _ended.Select(e => Keep(e, now))];
        DraftedMail[] ending = [.. _ending];
        _ended.Clear();
        _ending.Clear();
        HashSet<QueuedMail> left = new(starting.Select(s => s.Queued), ReferenceEqualityComparer.Instance);
        HashSet<QueuedMail> started = new(ReferenceEqualityComparer.Instance);
        try
        {
            if (outcomes.Length + starting.Length + ending.Length > 0)
            {
                CommitResult result = await doing.Commits.RunAsync(outcomes, starting, ending);
                DateTimeOffset begun = time.GetUtcNow();
                foreach (StartingMail start in starting.Where(s => result.Marked.Contains(s.Queued)))
                {
                    _backlog.Begun(start.Queued, begun);
                    left.Remove(start.Queued);
                    started.Add(start.Queued);
                    _underWay++;
                    _ = Task.Run(() => SendAsync(start));
                }

                left.ExceptWith(result.Ended);
                _held.ExceptWith(result.Ended.Select(m => (m.Queue, m.Row.Id)));
                foreach (QueuedMail moved in result.Moved)
                {
                    left.Remove(moved);
                    Release(moved, DateTimeOffset.UnixEpoch);
                }
            }
        }
        finally
        {
            foreach (StartingMail start in starting)
            {
                bool isStarted = started.Contains(start.Queued);
                start.Relay.Settle(isStarted);
                if (!isStarted)
                {
                    _backlog.Withheld(start.Queued);
                }
            }

            // Whatever was neither sent nor ended is paused, or could not be marked. It comes back later than what is due now, which may be all right.
            foreach (QueuedMail mail in left)
            {
                Release(mail, now + WhileWaiting);
            }
        }

        await HandBackAsync();
    }

    private async Task HandBackAsync()
    {
        foreach (IGrouping<IMailQueue, (QueuedMail Mail, DateTimeOffset NotBefore)> queue in _released.GroupBy(r => r.Mail.Queue))
        {
            await queue.Key.Rows.ReleaseAsync(rules.Owner, queue.Select(r => (r.Mail.Row.Id, r.NotBefore)), CancellationToken.None);
        }

        _released.Clear();
    }

    /// <summary>A transport is not to throw; where one does, nobody knows what became of the mail, and the others go on.</summary>
    private async Task SendAsync(StartingMail mail)
    {
        long began = time.GetTimestamp();
        SendOutcome outcome;
        try
        {
            outcome = await mail.Relay.Transport.SendAsync(mail.Mail, _abort.Token);
        }
        catch (Exception e)
        {
            Log.Uncertain(log, mail.Relay.Name, e.Message, e);
            outcome = new SendOutcome(SendResult.Uncertain, OutcomeScope.Recipient, null, null, OneLine.Of($"{e.GetType().Name}: {e.Message}"));
        }

        _arrivals.Writer.TryWrite(new EndedMail(mail, outcome, time.GetElapsedTime(began)));
    }

    private KeptOutcome Keep(EndedMail ended, DateTimeOffset now)
    {
        LeasedRow row = ended.Queued.Row;
        if (OutcomeRule.IsOurs(ended.Outcome))
        {
            // Where others got through, the server takes fewer connections than we open, say: so not at once.
            bool goesOn = ended.Relay.Closing is null && ended.Epoch == ended.Relay.Epoch && !_abort.IsCancellationRequested;
            bool isAtMailFrom = ended.Outcome.IsAtMailFrom;
            if (goesOn && isAtMailFrom)
            {
                // Perhaps it is its own: that it was tried is remembered, for the next time.
                FinishedDelivery tried = OutcomeRule.Apply(row, ended.Outcome, othersSucceeded: false, now);
                return new KeptOutcome(ended.Queued, tried, OutcomeRule.IsExpired(tried, ended.Outcome));
            }

            // Where it is the mail's own, the next that is tried by a closed relay has to be another.
            return new KeptOutcome(ended.Queued, OutcomeRule.GiveBack(row, ended.Outcome, goesOn || isAtMailFrom ? now + WhileWaiting : row.DueAt), IsExpired: false);
        }

        if (_refused.Any(p => ended.Started.Turn < p.Value && RefusalWatch.IsOf(p.Key, ended.Outcome, ended.Relay, ended.Queued.EditionId)))
        {
            // It was on the wire while a run of refusals ended that it would have been of.
            return new KeptOutcome(ended.Queued, OutcomeRule.GiveBack(row, ended.Outcome, row.DueAt), IsExpired: false);
        }

        RefusalRun run = doing.Runs.Add(
            ended.Outcome, ended.Relay.Name, ended.Started.Mail.Recipient, new RefusedRow(ended.Queued.Queue.Rows.Table, row.Id, ended.Queued.EditionId), now);
        FinishedDelivery finished = OutcomeRule.Apply(row, ended.Outcome, ended.Outcome.IsAtMailFrom || run.IsOwn(row.FirstAttempt), now);
        return new KeptOutcome(ended.Queued, finished, OutcomeRule.IsExpired(finished, ended.Outcome));
    }

    /// <summary>Waits until something arrives, or it is time to look again. False when neither can happen soon.</summary>
    private async Task<bool> WaitAsync(DateTimeOffset now, CancellationToken stop)
    {
        TimeSpan wait = Look;
        if (_underWay + _drafting == 0)
        {
            if (_backlog.Startable(now) == 0 || relays.WaitFor(now, _backlog.HasDraftedNotice) is not TimeSpan soon || soon > Soon)
            {
                return false;
            }

            wait = soon;
        }

        await WaitForArrivalAsync(wait, stop);
        return true;
    }

    private async Task WaitForArrivalAsync(TimeSpan wait, CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task arrival = _arrivals.Reader.WaitToReadAsync(end.Token).AsTask();
        await Task.WhenAny(arrival, Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, end.Token));
        await end.CancelAsync();
    }

    private void Release(QueuedMail mail, DateTimeOffset notBefore)
    {
        _held.Remove((mail.Queue, mail.Row.Id));
        _released.Add((mail, notBefore));
    }

    private void Add(PauseChange? change)
    {
        if (change is not null)
        {
            _events.Add(change);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "nobody knows whether a mail went out by {Transport}: {Reason}")]
        public static partial void Uncertain(ILogger logger, string transport, string reason, Exception exception);
    }
}
