using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>Waits for something by asking again and again. The deadline says when to give up, and nothing of how fast it is.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <param name="isSo">Asked until it is true.</param>
    /// <param name="failure">What to say when it never was.</param>
    public static async Task IsAsync(Func<Task<bool>> isSo, Func<string> failure)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > Deadline)
            {
                Assert.Fail($"Not within {Deadline.TotalSeconds} s: {failure()}");
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="IsAsync(Func{Task{bool}}, Func{string})"/>
    public static Task IsAsync(Func<bool> isSo, Func<string> failure) => IsAsync(() => Task.FromResult(isSo()), failure);
}
