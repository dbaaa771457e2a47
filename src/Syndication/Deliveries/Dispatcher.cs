using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Syndication.Deliveries;

/// <summary>How a dispatcher works.</summary>
/// <param name="Owner">Names this process in leases.</param>
/// <param name="Batch">Rows leased at once, at most.</param>
/// <param name="ResendsUncertain">A mail whose answer was lost is sent again; else it is held until somebody looks.</param>
internal sealed record DispatchRules(string Owner, int Batch, bool ResendsUncertain)
{
    /// <summary>A mail whose answer is lost so often is sent no more in this run: the server may have taken it each time.</summary>
    public const int UncertainAttempts = 3;

    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Whoever stops the service waits so long for mails whose end is not with the server yet; see <see cref="Transports.ITransport.SendAsync"/>.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
}

/// <summary>Sends what is due until nothing is or nothing may go. One run at a time.</summary>
/// <param name="queues">In the order in which they go: the last one's mails wait for those of the others.</param>
/// <param name="doing">Where results are kept.</param>
/// <param name="relays">The ways out.</param>
/// <param name="rules">How it works.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what goes wrong.</param>
internal sealed class Dispatcher(
    ImmutableArray<IMailQueue> queues, Dispatching doing, RelaySet relays, DispatchRules rules, TimeProvider time, ILogger<Dispatcher> log)
{
    /// <summary>Tells what happens as it does; whoever reads on lets it go on.</summary>
    /// <param name="stop">No further mail begins; those on the wire end first, and the rest is handed back.</param>
    public async IAsyncEnumerable<DispatchEvent> RunAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using DispatchRun run = new(queues, doing, relays, rules, time, log);
        try
        {
            while (await run.StepAsync(stop))
            {
                foreach (DispatchEvent told in run.Tell())
                {
                    yield return told;
                }
            }
        }
        finally
        {
            await run.EndAsync(stop);
        }

        foreach (DispatchEvent told in run.Tell())
        {
            yield return told;
        }
    }
}

/// <summary>What runs keep their results in.</summary>
internal sealed record Dispatching(GroupCommit Commits, RefusalRuns Runs, RefusalWatch Refusals)
{
    public DomainPaces Paces { get; } = new();
}
