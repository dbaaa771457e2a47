using System.Collections.Immutable;

namespace Syndication.Deliveries;

/// <summary>The relays, and which of them a mail goes by: those that are open, in the proportion of their weights. One thread at a time.</summary>
internal sealed class RelaySet(ImmutableArray<Relay> relays, PauseStore pauses, TransportStore uses, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SteadyClock _clock = new(time);
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private bool _hasBegun;

    public int Connections { get; } = relays.Sum(r => r.Transport.Connections);

    public ImmutableArray<Relay> All => relays;

    /// <summary>How long until a mail may go; null = when one that is under way has ended, or a pause.</summary>
    public TimeSpan? WaitFor(DateTimeOffset now, bool isNotice) => relays.Min(r => r.WaitFor(now, _clock.Now, isNotice));

    /// <summary>Reads what is paused, where that matters: what the operator resumed is seen here.</summary>
    /// <param name="now">When.</param>
    /// <param name="isFirst">A run begins, so that nothing seen before is good enough.</param>
    /// <param name="stop">Cancels.</param>
    public async Task LookAsync(DateTimeOffset now, bool isFirst, CancellationToken stop)
    {
        if (!_hasBegun)
        {
            await pauses.RestartAsync(relays.Select(r => r.Gate.Scope), now, stop);
            foreach (Relay relay in relays.Where(r => r.IsLimited))
            {
                relay.Resume(await uses.LoadAsync(relay.Name, stop));
            }

            _hasBegun = true;
        }

        if (relays.All(r => r.Gate.IsProven) || (!isFirst && now - _lookedAt < Look))
        {
            return;
        }

        _lookedAt = now;
        ImmutableArray<SendingPause> kept = await pauses.ListAsync(stop);
        foreach (Relay relay in relays.Where(r => !r.Gate.IsProven))
        {
            relay.Gate.See(kept);
        }
    }

    /// <summary>The relay for the next mail, which counts as under way by it; null = none can take one now.</summary>
    public Relay? Take(DateTimeOffset now, bool isNotice)
    {
        DateTimeOffset steady = _clock.Now;
        Relay? best = null;
        int weights = 0;
        foreach (Relay relay in relays.Where(r => r.WaitFor(now, steady, isNotice) == TimeSpan.Zero))
        {
            // The smoothest order for given weights: who is furthest behind its share is next.
            relay.Credit += relay.Weight;
            weights += relay.Weight;
            best = best is null || relay.Credit > best.Credit ? relay : best;
        }

        if (best is not null)
        {
            best.Credit -= weights;
            best.Began(now, steady);
        }

        return best;
    }

    /// <summary>Waits for the mails that are under way.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Relay relay in relays)
        {
            await relay.Transport.DisposeAsync();
        }
    }
}
