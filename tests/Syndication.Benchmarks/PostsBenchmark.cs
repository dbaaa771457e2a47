using Syndication.Posts;

namespace Syndication.Benchmarks;

/// <summary>How fast all posts of a folder become feeds in full, from nothing and a second time; and one change under serve.</summary>
internal static class PostsBenchmark
{
    private const int Changes = 10;

    public static async Task<int> RunAsync(string folder, CancellationToken stop)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new BenchmarkException($"no *.md in {folder}");
        }

        using WorkFolder work = new();
        (double cold, double peak, _) = await Product.BuildAsync(work, folder, stop);
        (double warm, _, _) = await Product.BuildAsync(work, folder, stop);
        double change = await OneChangeAsync(work, files, stop);
        (double Seconds, double PeakMb)? peer = await MeasureHugoAsync(work, folder, stop);

        Figures figures = new("posts", "hugo");
        figures.Describe("posts", files.Length);
        figures.Describe("mb", Math.Round(files.Sum(f => new FileInfo(f).Length) / 1e6, 1));
        figures.Describe("feed_mb", Math.Round(Size(work["output/feed.xml"]), 1));
        if (peer is not null)
        {
            figures.Describe("hugo_feed_mb", Math.Round(Size(Hugo.Output(work)), 1));
        }

        figures.Add("cold_s", cold, peer?.Seconds);
        figures.Add("warm_s", warm, peer?.Seconds);
        figures.Add("one_change_ms", change);
        figures.Add("peak_mb", peak, peer?.PeakMb);
        figures.Print();
        return 0;
    }

    /// <summary>Edits the newest post under serve; the median of milliseconds until all feeds are new, without the wait for stillness.</summary>
    private static async Task<double> OneChangeAsync(WorkFolder work, IReadOnlyList<string> files, CancellationToken stop)
    {
        string posts = Product.MakeSite(work);
        Directory.CreateDirectory(posts);
        foreach (string file in files)
        {
            File.Copy(file, Path.Join(posts, Path.GetFileName(file)));
        }

        int port = RunningProgram.FreePort();
        Uri[] feeds = Product.Feeds(port);
        using FeedClient client = new();
        await using RunningProgram program = Product.Serve(work, port);
        await client.FirstAnswerAsync(program, feeds[0], stop);
        string newest = Path.Join(posts, Path.GetFileName(files[^1]));
        string text = await File.ReadAllTextAsync(newest, stop);
        double[] took = new double[Changes];
        for (int i = 0; i < Changes; i++)
        {
            string mark = $"Changed for the {i}th time.";
            took[i] = await client.SaveAsync(newest, $"{text}\n\n{mark}\n", mark, feeds, stop);
        }

        return Figures.Median(took) - PostFolderWatcher.Still.TotalMilliseconds;
    }

    private static async Task<(double Seconds, double PeakMb)?> MeasureHugoAsync(WorkFolder work, string folder, CancellationToken stop)
    {
        if (!Hugo.IsThere)
        {
            await Console.Error.WriteLineAsync("no hugo here (apt-get install hugo): figures without a peer");
            return null;
        }

        Hugo.MakeSite(work, folder, limit: null);
        (double seconds, double peak, _) = await Hugo.BuildAsync(work, stop);
        return (seconds, peak);
    }

    private static double Size(string file) => new FileInfo(file).Length / 1e6;
}
