using System.Diagnostics;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A file that is written without a pause costs nobody else anything.</summary>
public sealed class RestlessFileTests
{
    [Fact]
    public async Task AFileTouchedWithoutAPauseKeepsItsLastGoodVersionAndHoldsUpNoOther()
    {
        using Workspace work = new();
        string file = work.Post("restless.md", "Restless");
        await using Service service = await Service.StartAsync(work);
        FeedItem before = await service.ItemAsync("Restless");

        using CancellationTokenSource end = new();
        Task<int> touching = Task.Run(() => TouchAsync(file, end.Token), TestContext.Current.CancellationToken);
        long start = Stopwatch.GetTimestamp();
        work.Post("other.md", "Other");
        await service.UntilThereAsync("Other");
        await Eventually.IsAsync(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(2), () => "two seconds");
        Assert.Equal(before, await service.ItemAsync("Restless"));
        await end.CancelAsync();
        int times = await touching;

        FeedItem after = await service.UntilThereAsync($"Restless {times}");
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(2, (await service.ItemsAsync()).Count);
    }

    /// <summary>Writes the file as fast as possible, first with its beginning alone, and leaves it whole.</summary>
    private static async Task<int> TouchAsync(string file, CancellationToken end)
    {
        int times = 0;
        while (!end.IsCancellationRequested || times == 0)
        {
            times++;
            await File.WriteAllTextAsync(file, "---\ntitle: Rest", CancellationToken.None);
            await File.WriteAllTextAsync(file, Workspace.TextOf($"Restless {times}"), CancellationToken.None);
        }

        return times;
    }
}
