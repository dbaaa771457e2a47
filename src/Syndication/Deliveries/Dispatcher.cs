using System.Collections.Immutable;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>How a dispatcher works.</summary>
/// <param name="Owner">Names this process in leases.</param>
/// <param name="Connections">Mails on the wire at once.</param>
/// <param name="Batch">Rows leased at once.</param>
/// <param name="ResendsUncertain">A mail whose answer was lost is sent again; else it is held until somebody looks.</param>
internal sealed record DispatchRules(string Owner, int Connections, int Batch, bool ResendsUncertain)
{
    /// <summary>A mail whose answer is lost so often is sent no more in this run: the server may have taken it each time.</summary>
    public const int UncertainAttempts = 3;
}

/// <summary>What a dispatcher did.</summary>
/// <param name="Taken">How many rows it took: 0 = nothing is due, or nothing may go.</param>
/// <param name="Waiting">Why some of them wait.</param>
/// <param name="Pauses">Pauses that began or ended.</param>
internal sealed record DispatchResult(int Taken, ImmutableArray<string> Waiting, ImmutableArray<PauseChange> Pauses);

/// <summary>The queues that a dispatcher sends from.</summary>
internal sealed record DispatchQueues(NoticeQueue Notices, DeliveryQueue Deliveries);

/// <summary>Sends what is due at this moment, notices first: leases rows, sends them in waves, and stops where the transport does.</summary>
internal sealed class Dispatcher(DispatchQueues queues, MailWave waves, TransportGate gate, RefusalWatch refusals, DispatchRules rules, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Takes and sends what is due, up to a batch of each queue.</summary>
    /// <param name="stop">No further wave begins; the one on the wire ends first, and the rest is handed back.</param>
    public async Task<DispatchResult> RunAsync(CancellationToken stop)
    {
        DispatchTurn turn = new();
        await RunAsync(queues.Notices, turn, stop);
        await RunAsync(queues.Deliveries, turn, stop);
        return turn.Result;
    }

    private async Task RunAsync<T>(IMailQueue<T> queue, DispatchTurn turn, CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!await gate.IsOpenAsync(now, stop))
        {
            return;
        }

        if (rules.ResendsUncertain)
        {
            await queue.Rows.RequeueUncertainAsync(now, DispatchRules.UncertainAttempts, stop);
        }

        ImmutableArray<T> claimed = await queue.ClaimAsync(rules.Owner, now, now + Lease, rules.Batch, stop);
        turn.Taken += claimed.Length;
        int taken = 0;
        try
        {
            for (bool goesOn = true; goesOn && taken < claimed.Length && !stop.IsCancellationRequested;)
            {
                ImmutableArray<T> wave = [.. claimed.Skip(taken).Take(rules.Connections)];
                taken += wave.Length;
                WaveResult<T> result = await waves.SendAsync(queue, wave, gate.IsProven ? rules.Connections : 1, stop);
                turn.Waiting.UnionWith(result.Waiting);
                goesOn = await DrawAsync(queue, result.Sent, turn, stop);
            }
        }
        finally
        {
            if (taken < claimed.Length)
            {
                await queue.Rows.ReleaseAsync(rules.Owner, claimed.Skip(taken).Select(m => queue.RowOf(m).Id), DateTimeOffset.UnixEpoch, CancellationToken.None);
            }
        }
    }

    /// <summary>What a wave says of the transport and of editions. False when no further wave may begin.</summary>
    private async Task<bool> DrawAsync<T>(IMailQueue<T> queue, ImmutableArray<SentMail<T>> sent, DispatchTurn turn, CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (sent.IsEmpty)
        {
            return true;
        }

        if (sent.All(s => OutcomeRule.IsOurs(s.Outcome)))
        {
            // To be told to stop looks the same, and says nothing about the transport.
            turn.Add(stop.IsCancellationRequested ? null : await gate.CloseAsync(sent.Select(s => s.Outcome).MaxBy(o => o.NeedsOperator)!, now));
            return false;
        }

        turn.Add(await gate.ProveAsync());
        foreach (SentMail<T> refused in sent.Where(s => s.Outcome is { IsPolicy: true, Result: SendResult.Deferred }))
        {
            turn.Add(await refusals.PauseAsync(refused.Outcome, queue.EditionOf(refused.Mail), now));
        }

        return await gate.IsOpenAsync(now, CancellationToken.None);
    }

    /// <summary>Gathers what one run did.</summary>
    private sealed class DispatchTurn
    {
        private readonly List<PauseChange> _pauses = [];

        public int Taken { get; set; }

        public HashSet<string> Waiting { get; } = new(StringComparer.Ordinal);

        public DispatchResult Result => new(Taken, [.. Waiting], [.. _pauses]);

        public void Add(PauseChange? change)
        {
            if (change is not null)
            {
                _pauses.Add(change);
            }
        }
    }
}
