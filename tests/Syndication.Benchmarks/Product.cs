namespace Syndication.Benchmarks;

/// <summary>Syndication itself.</summary>
internal static class Product
{
    /// <summary>The program to be measured: as it was built beside this one, where no other is named.</summary>
    public static string Program { get; set; } = Path.Join(AppContext.BaseDirectory, "syndication");

    /// <summary>Makes a Jekyll site without posts and returns the folder for them.</summary>
    public static string MakeSite(WorkFolder work)
    {
        work.Write("site/_config.yml", "title: Measured\nurl: https://example.org\ntimezone: UTC\n");
        return work["site/_posts"];
    }

    /// <summary>Starts serve over the site on this port; data and output are kept in the folder between starts.</summary>
    public static RunningProgram Serve(WorkFolder work, int port, params IEnumerable<string> settings) => RunningProgram.Start(
        Program, work.Root, ["serve", "--site", work["site"], "--data", work["data"], "--urls", $"http://127.0.0.1:{port}",
        $"--Feeds:Limit={SamplePosts.InFeed}", .. settings]);

    /// <summary>The feeds of such a site: Atom, RSS, JSON.</summary>
    public static Uri[] Feeds(int port) =>
        [new($"http://127.0.0.1:{port}/feed.xml"), new($"http://127.0.0.1:{port}/rss.xml"), new($"http://127.0.0.1:{port}/feed.json")];

    /// <summary>Builds three feeds of all posts of a folder, in full.</summary>
    public static Task<(double Seconds, double PeakMb, string Output)> BuildAsync(WorkFolder work, string folder, CancellationToken stop) =>
        RunningProgram.RunAsync(
            Program, work.Root,
            ["build", "--site", folder, "--data", work["data"], "--output", work["output"], "--Site:Url=https://example.org/", "--Feeds:Limit=0", "--Feeds:Tags=off"],
            stop);
}
