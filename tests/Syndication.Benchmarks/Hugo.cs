namespace Syndication.Benchmarks;

/// <summary>The peer for reading posts: Hugo, set up to make nothing but one RSS feed with the posts in full.</summary>
internal static class Hugo
{
    private const string Configuration = """
        baseURL = "https://example.org/"
        title = "Measured"
        timeout = "10m"
        disableKinds = ["taxonomy", "term", "section", "404", "sitemap", "robotsTXT"]
        [outputs]
        home = ["RSS"]
        [[module.mounts]]
        source = "CONTENT"
        target = "content/posts"
        [[module.mounts]]
        source = "layouts"
        target = "layouts"
        """;

    private const string Template = """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>{{ .Site.Title }}</description>
        {{ range POSTS }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
        <pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><guid>{{ .Permalink }}</guid>
        <content:encoded>{{ .Content | html }}</content:encoded></item>
        {{ end }}</channel></rss>
        """;

    private static readonly string? Program = RunningProgram.Find("hugo");

    public static bool IsThere => Program is not null;

    /// <summary>Makes a site over a folder of posts.</summary>
    /// <param name="work">Where the site is made.</param>
    /// <param name="posts">The folder of posts.</param>
    /// <param name="limit">Posts in the feed; null = all.</param>
    public static void MakeSite(WorkFolder work, string posts, int? limit)
    {
        string range = limit is int count ? $"first {count} .Site.RegularPages" : ".Site.RegularPages";
        work.Write("hugo/config.toml", Configuration.Replace("CONTENT", posts, StringComparison.Ordinal));
        work.Write("hugo/layouts/index.rss.xml", Template.Replace("POSTS", range, StringComparison.Ordinal));
    }

    /// <summary>Serves from memory. Without fast rendering: with it a feed is not made anew when a post changes.</summary>
    public static RunningProgram Serve(WorkFolder work, int port) => RunningProgram.Start(
        Program!, work["hugo"], "server", "--bind", "127.0.0.1", "--port", $"{port}", "--disableLiveReload", "--disableFastRender");

    public static Uri Feed(int port) => new($"http://127.0.0.1:{port}/index.xml");

    public static Task<(double Seconds, double PeakMb, string Output)> BuildAsync(WorkFolder work, CancellationToken stop) =>
        RunningProgram.RunAsync(Program!, work["hugo"], ["--quiet"], stop);

    /// <summary>Where a build's feed is.</summary>
    public static string Output(WorkFolder work) => work["hugo/public/index.xml"];
}
