using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Shows all readers, a line each.</summary>
internal static class SubscribersListCommand
{
    private const int Chunk = 1_000;

    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
        long active = 0;
        long others = 0;
        await foreach (SubscriberEntry entry in AllAsync(new SubscriberStore(database), stop))
        {
            bool isActive = entry.Subscriber.Status == SubscriberStatus.Active;
            active += isActive ? 1 : 0;
            others += isActive ? 0 : 1;
            run.Terminal.PrintLine(LineOf(entry));
        }

        run.Terminal.PrintLine(string.Create(CultureInfo.InvariantCulture, $"{active} active, {others} not, in {database.Name}"));
        return ExitCodes.Done;
    }

    /// <summary>Every subscription, read in chunks.</summary>
    public static async IAsyncEnumerable<SubscriberEntry> AllAsync(
        SubscriberStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        ImmutableArray<SubscriberEntry> chunk;
        long after = 0;
        do
        {
            chunk = await store.ListAsync(after, Chunk, stop);
            foreach (SubscriberEntry entry in chunk)
            {
                yield return entry;
                after = entry.Subscription.Id;
            }
        }
        while (chunk.Length == Chunk);
    }

    private static string LineOf(SubscriberEntry entry)
    {
        Subscriber who = entry.Subscriber;
        Subscription what = entry.Subscription;
        string topics = what.ChosenTopics.Any() ? $"  {string.Join(", ", what.ChosenTopics)}" : "";
        string name = who.Name is null ? "" : $"  {who.Name}";
        string zone = who.TimeZone is null ? "" : $"  {who.TimeZone}";
        return OneLine.Of(string.Create(CultureInfo.InvariantCulture,
            $"{who.Address,-32}  {SubscriberCsv.StatusText(who.Status),-12}  since {who.StatusSince:yyyy-MM-dd}  {CadenceText.Of(what.Cadence),-7}{topics}{zone}{name}").TrimEnd());
    }
}
