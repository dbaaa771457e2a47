using System.Collections.Concurrent;

namespace Syndication.Feeds;

/// <summary>Writes several feeds in one walk over their items: each item is made once, and only a few are in memory at a time.</summary>
internal static class FeedRun
{
    /// <summary>Items that are handed on together: to wake a thread for each costs more than to write it.</summary>
    public const int Together = 32;

    /// <summary>How many such handfuls the slowest writer may be behind.</summary>
    private const int Ahead = 4;

    /// <param name="items">The items that all feeds have.</param>
    /// <param name="writers">Each walks once through the items that it is given, to their end.</param>
    public static void Write(IEnumerable<FeedItem> items, IReadOnlyList<Action<IEnumerable<FeedItem>>> writers)
    {
        using CancellationTokenSource failed = new();
        BlockingCollection<FeedItem[]>[] queues = [.. writers.Select(_ => new BlockingCollection<FeedItem[]>(Ahead))];

        // Threads of their own: they wait for each other, which those of the pool must not.
        Task[] running = [.. writers.Zip(queues, (write, queue) => Task.Factory.StartNew(
            () => Run(write, queue, failed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            foreach (FeedItem[] some in items.Chunk(Together))
            {
                foreach (BlockingCollection<FeedItem[]> queue in queues)
                {
                    queue.Add(some, failed.Token);
                }
            }
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // The writer that failed says why.
        }
        catch
        {
            failed.Cancel();
            throw;
        }
        finally
        {
            Array.ForEach(queues, queue => queue.CompleteAdding());
            Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            Array.ForEach(queues, queue => queue.Dispose());
        }

        Task.WhenAll(running.Where(task => task.Exception is { } e && e.InnerException is not OperationCanceledException)).GetAwaiter().GetResult();
    }

    private static void Run(Action<IEnumerable<FeedItem>> write, BlockingCollection<FeedItem[]> queue, CancellationTokenSource failed)
    {
        try
        {
            write(queue.GetConsumingEnumerable(failed.Token).SelectMany(some => some));
        }
        catch
        {
            failed.Cancel();
            throw;
        }
    }
}
