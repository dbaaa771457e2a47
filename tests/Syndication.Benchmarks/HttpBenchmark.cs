using System.Globalization;
using System.IO.Compression;

namespace Syndication.Benchmarks;

/// <summary>How many requests for a feed are answered each second, beside nginx with the same bytes in a file.</summary>
internal static class HttpBenchmark
{
    private const int Rounds = 3;
    private const string Seconds = "3s";
    private const int Connections = 32;

    private const string NginxConfiguration = """
        user root;
        worker_processes auto;
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 1024; }
        http {
          types { application/atom+xml xml; }
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 100000000;
          gzip_static on;
          client_body_temp_path .;
          proxy_temp_path .;
          fastcgi_temp_path .;
          uwsgi_temp_path .;
          scgi_temp_path .;
          server { listen 127.0.0.1:PORT; root ROOT; }
        }
        """;

    public static async Task<int> RunAsync(CancellationToken stop)
    {
        if (RunningProgram.Find("wrk") is not string wrk || RunningProgram.Find("nginx") is not string nginx)
        {
            await Console.Error.WriteLineAsync("http needs wrk and nginx (apt-get install wrk nginx); nothing was measured");
            return 0;
        }

        using WorkFolder work = new();
        SamplePosts.Write(Product.MakeSite(work), SamplePosts.InFeed);
        (int ownPort, int peerPort) = (RunningProgram.FreePort(), RunningProgram.FreePort());
        using FeedClient client = new();
        Uri own = Product.Feeds(ownPort)[0];
        Uri peer = new($"http://127.0.0.1:{peerPort}/feed.xml");
        await using RunningProgram product = Product.Serve(work, ownPort);
        await client.FirstAnswerAsync(product, own, stop);
        Compress(work["data/public/feed.xml"]);
        work.Write("nginx/nginx.conf", NginxConfiguration
            .Replace("PORT", peerPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("ROOT", work["data/public"], StringComparison.Ordinal));
        await using RunningProgram server = RunningProgram.Start(nginx, work.Root, "-p", work["nginx"], "-c", work["nginx/nginx.conf"]);
        await client.FirstAnswerAsync(server, peer, stop);

        Figures figures = new("http", "nginx");
        figures.Describe("feed_bytes", (await client.LookAsync(own, "identity", stop)).Length);
        figures.Describe("gzip_bytes", (await client.LookAsync(own, "gzip", stop)).Length);
        (string, string, bool)[] kinds = [("not_modified_per_s", "gzip", true), ("full_gzip_per_s", "gzip", false), ("full_plain_per_s", "identity", false)];
        foreach ((string name, string coding, bool conditional) in kinds)
        {
            List<double> owns = [];
            List<double> peers = [];
            for (int round = 0; round < Rounds; round++)
            {
                owns.Add(await RateAsync(client, wrk, own, coding, conditional, stop));
                peers.Add(await RateAsync(client, wrk, peer, coding, conditional, stop));
            }

            figures.Add(name, Figures.Median(owns), Figures.Median(peers));
        }

        figures.Print();
        return 0;
    }

    /// <summary>The median needs no warm-up of its own: the first of the rounds is one.</summary>
    private static async Task<double> RateAsync(FeedClient client, string wrk, Uri feed, string coding, bool conditional, CancellationToken stop)
    {
        List<string> arguments = ["-t1", $"-c{Connections}", "-d" + Seconds, "-H", $"Accept-Encoding: {coding}"];
        if (conditional)
        {
            (string tag, _) = await client.LookAsync(feed, coding, stop);
            arguments.AddRange(["-H", $"If-None-Match: {tag}"]);
        }

        (_, _, string output) = await RunningProgram.RunAsync(wrk, Path.GetTempPath(), [.. arguments, feed.AbsoluteUri], stop);
        string line = output.Split('\n').FirstOrDefault(l => l.StartsWith("Requests/sec:", StringComparison.Ordinal))
            ?? throw new BenchmarkException($"wrk says nothing of requests:\n{output}");
        return double.Parse(line["Requests/sec:".Length..], CultureInfo.InvariantCulture);
    }

    private static void Compress(string file)
    {
        using FileStream plain = File.OpenRead(file);
        using GZipStream packed = new(File.Create(file + ".gz"), CompressionLevel.Optimal);
        plain.CopyTo(packed);
    }
}
