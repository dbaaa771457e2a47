using Syndication.Posts;

namespace Syndication.Benchmarks;

/// <summary>How soon serve answers, how soon a saved post is in its feeds, and what it costs to keep it running.</summary>
internal static class ServeBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(IReadOnlyList<int> counts, int saves, int idleSeconds, CancellationToken stop)
    {
        if (!Hugo.IsThere)
        {
            await Console.Error.WriteLineAsync("no hugo here (apt-get install hugo): figures without a peer");
        }

        foreach (int count in counts)
        {
            using WorkFolder work = new();
            string posts = Product.MakeSite(work);
            long size = SamplePosts.Write(posts, count);
            Plan plan = new(count, saves, TimeSpan.FromSeconds(idleSeconds));
            Measured own = await MeasureAsync(port => Product.Serve(work, port), Product.Feeds, posts, plan, stop);
            Measured? peer = null;
            if (Hugo.IsThere)
            {
                string content = work["content"];
                SamplePosts.Write(content, count);
                Hugo.MakeSite(work, content, SamplePosts.InFeed);
                peer = await MeasureAsync(port => Hugo.Serve(work, port), port => [Hugo.Feed(port)], content, plan, stop);
            }

            Print(count, size, own, peer);
        }

        return 0;
    }

    private static async Task<Measured> MeasureAsync(
        Func<int, RunningProgram> start, Func<int, IReadOnlyList<Uri>> feedsAt, string posts, Plan plan, CancellationToken stop)
    {
        int port = RunningProgram.FreePort();
        IReadOnlyList<Uri> feeds = feedsAt(port);
        using FeedClient client = new();
        Measured measured;
        await using (RunningProgram first = start(port))
        {
            double firstStart = await client.FirstAnswerAsync(first, feeds[0], stop);
            double firstCpu = first.ProcessorTime.TotalSeconds;
            await Task.Delay(Settling, TimeProvider.System, stop);
            Memory fresh = first.Memory;
            double[] saves = await ChangeAsync(client, feeds, posts, plan, "new", stop);
            double[] edits = await ChangeAsync(client, feeds, posts, plan, "edited", stop);
            await Task.Delay(Settling, TimeProvider.System, stop);
            double idle = await first.IdlePercentAsync(plan.Idle, stop);
            measured = new Measured(firstStart, firstCpu, saves, edits, fresh, first.Memory, idle);
            await first.StopAsync(stop);
        }

        await using RunningProgram second = start(port);
        double restart = await client.FirstAnswerAsync(second, feeds[0], stop);
        double restartCpu = second.ProcessorTime.TotalSeconds;
        await Task.Delay(Settling, TimeProvider.System, stop);
        return measured with { Restart = restart, RestartCpu = restartCpu, Restarted = second.Memory };
    }

    /// <summary>Writes the same few posts, newer than all others, one at a time; how many milliseconds each took to be seen.</summary>
    private static async Task<double[]> ChangeAsync(
        FeedClient client, IReadOnlyList<Uri> feeds, string posts, Plan plan, string mark, CancellationToken stop)
    {
        double[] took = new double[plan.Saves];
        for (int i = 0; i < took.Length; i++)
        {
            int index = plan.Posts + i;
            string title = $"{mark} post {i}";
            took[i] = await client.SaveAsync(Path.Join(posts, SamplePosts.Name(index)), SamplePosts.Text(index, title), title, feeds, stop);
        }

        return took;
    }

    private static void Print(int count, long size, Measured own, Measured? peer)
    {
        double still = PostFolderWatcher.Still.TotalMilliseconds;
        Figures figures = new("serve", "hugo");
        figures.Describe("posts", count);
        figures.Describe("mb", Math.Round(size / 1e6, 1));
        figures.Add("first_start_s", own.FirstStart, peer?.FirstStart);
        figures.Add("first_start_cpu_s", own.FirstCpu, peer?.FirstCpu);
        figures.Add("restart_s", own.Restart, peer?.Restart);
        figures.Add("restart_cpu_s", own.RestartCpu, peer?.RestartCpu);
        figures.Add("save_ms", Figures.Median(own.Saves), peer is null ? null : Figures.Median(peer.Saves));
        figures.Add("save_max_ms", own.Saves.Max(), peer?.Saves.Max());
        figures.Add("edit_ms", Figures.Median(own.Edits), peer is null ? null : Figures.Median(peer.Edits));
        figures.Add("edit_max_ms", own.Edits.Max(), peer?.Edits.Max());
        figures.Add("of_which_stillness_ms", still);
        figures.Add("memory_mb", own.Fresh.Resident, peer?.Fresh.Resident);
        figures.Add("memory_after_saves_mb", own.Used.Resident, peer?.Used.Resident);
        figures.Add("memory_restarted_mb", own.Restarted.Resident, peer?.Restarted.Resident);
        figures.Add("memory_peak_mb", own.Used.Peak, peer?.Used.Peak);
        figures.Add("idle_cpu_percent", own.IdlePercent, peer?.IdlePercent);
        figures.Print();
    }

    /// <param name="Posts">Posts in the folder at start.</param>
    /// <param name="Saves">New posts, each saved and later edited.</param>
    /// <param name="Idle">How long nothing is done.</param>
    private sealed record Plan(int Posts, int Saves, TimeSpan Idle);

    /// <param name="FirstStart">Seconds to the first answer, with no database yet.</param>
    /// <param name="FirstCpu">Processor time used until then, in seconds: other load on the machine changes it little.</param>
    /// <param name="Saves">Milliseconds from each save of a new post to the last of the feeds.</param>
    /// <param name="Edits">The same of an edit.</param>
    /// <param name="Fresh">Memory a few seconds after the first answer.</param>
    /// <param name="Used">Memory after saves, edits and a rest.</param>
    /// <param name="IdlePercent">Of one core.</param>
    private sealed record Measured(
        double FirstStart, double FirstCpu, double[] Saves, double[] Edits, Memory Fresh, Memory Used, double IdlePercent)
    {
        /// <summary>Seconds to the first answer when nothing has changed since the last run.</summary>
        public double Restart { get; init; }

        public double RestartCpu { get; init; }

        /// <summary>Memory a few seconds after the first answer of such a run.</summary>
        public Memory Restarted { get; init; } = new(0, 0);
    }
}
