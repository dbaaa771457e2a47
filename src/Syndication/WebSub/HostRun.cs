using System.Collections.Immutable;

namespace Syndication.WebSub;

/// <summary>
/// Calls many hosts at once, and each with little at a time. One that does not answer is not asked again in this run, and one that is slow is
/// left for the next.
/// </summary>
/// <param name="hostOf">Whom an item is about.</param>
/// <param name="ask">Calls; gives the item as it was asked.</param>
/// <param name="keep">Keeps what came of some calls, before the next.</param>
/// <param name="time">The clock.</param>
/// <param name="isOneParty">What a host that does not answer was still to be asked counts as not answered, too; else it was not asked.</param>
internal sealed class HostRun<T>(
    Func<T, string> hostOf, Func<T, CancellationToken, Task<(T Item, CallbackAnswer Answer)>> ask, Func<ImmutableArray<(T Item, CallbackAnswer Answer)>, CancellationToken, Task> keep, TimeProvider time, bool isOneParty)
{
    private const int HostsAtOnce = 32;

    /// <summary>Calls to one host at once.</summary>
    public const int OfHost = 2;

    /// <summary>No call to a host begins later in a run, so that many that are slow hold nobody up for long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="items">In the order in which each host is asked, and the hosts too.</param>
    /// <param name="stop">Cancels.</param>
    public Task RunAsync(IEnumerable<T> items, CancellationToken stop) => Parallel.ForEachAsync(
        items.GroupBy(hostOf, StringComparer.OrdinalIgnoreCase),
        new ParallelOptions { MaxDegreeOfParallelism = HostsAtOnce, CancellationToken = stop },
        async (host, cancelled) => await AskAsync([.. host], cancelled));

    private async Task AskAsync(ImmutableArray<T> items, CancellationToken stop)
    {
        long began = time.GetTimestamp();
        for (int i = 0; i < items.Length && time.GetElapsedTime(began) < Longest; i += OfHost)
        {
            ImmutableArray<T> some = items.Slice(i, Math.Min(OfHost, items.Length - i));
            (T Item, CallbackAnswer Answer)[] asked = await Task.WhenAll(some.Select(item => ask(item, stop)));
            CallbackAnswer? silent = asked.Select(a => a.Answer).FirstOrDefault(answer => answer.Status is null);
            ImmutableArray<T> rest = silent is null || !isOneParty ? [] : items[(i + some.Length)..];
            await keep([.. asked, .. rest.Select(item => (item, silent!))], stop);
            if (silent is not null)
            {
                return;
            }
        }
    }
}
