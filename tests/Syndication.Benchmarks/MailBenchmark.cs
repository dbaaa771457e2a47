using System.Diagnostics;
using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Syndication.Benchmarks;

/// <summary>
/// What it takes to import subscribers and to mail one post to each of them. The peer sends as many mails of the same size over as
/// many connections, with MailKit in a loop: it keeps no ledger, and whoever kills it knows nothing of who has got the mail.
/// </summary>
internal static class MailBenchmark
{
    private const int Connections = 4;
    private const string Title = "The post that is mailed";

    /// <summary>Some 4 kB.</summary>
    private static readonly string Body = string.Concat(Enumerable.Repeat("The harbour lies still at night, and whoever is late finds the lights out but one.\n\n", 48));

    public static async Task<int> RunAsync(int readers, CancellationToken stop)
    {
        using WorkFolder work = new();
        Product.MakeSite(work);
        work.Write("site/_posts/2026-01-01-first.md", "---\ntitle: The first\n---\nIt was here before.\n");
        StringBuilder list = new("address,name\n");
        for (int i = 0; i < readers; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"reader{i}@host{i % 97}.example,Reader {i}\n");
        }

        work.Write("readers.csv", list.ToString());
        (double importSeconds, double importPeak, _) = await RunningProgram.RunAsync(
            Product.Program, work.Root, ["subscribers", "import", "readers.csv", "--data", work["data"]], stop);

        double seconds;
        double cpu;
        Memory memory;
        await using (SmtpSink sink = SmtpSink.Start(work))
        {
            int port = RunningProgram.FreePort();
            await using RunningProgram serve = RunningProgram.Start(
                Product.Program, work.Root, "serve", "--site", work["site"], "--data", work["data"], "--urls", $"http://127.0.0.1:{port}",
                "--Mail:Host=127.0.0.1", $"--Mail:Port={sink.Port}", "--Mail:Security=none", $"--Mail:Connections={Connections}",
                "--Newsletter:QuietPeriod=00:00:00", "--Newsletter:WaitForPage=false", "--Newsletter:Address=1 Harbour Road");
            using FeedClient client = new();
            await client.FirstAnswerAsync(serve, Product.Feeds(port)[0], stop);
            work.Write(string.Create(CultureInfo.InvariantCulture, $"site/_posts/{TimeProvider.System.GetUtcNow():yyyy-MM-dd}-mailed.md"), $"---\ntitle: {Title}\n---\n{Body}");
            await sink.UntilAsync(1, serve, stop);
            long first = Stopwatch.GetTimestamp();
            TimeSpan before = serve.ProcessorTime;
            await sink.UntilAsync(readers, serve, stop);
            seconds = Stopwatch.GetElapsedTime(first).TotalSeconds;
            cpu = (serve.ProcessorTime - before).TotalSeconds;
            memory = serve.Memory;
            await serve.StopAsync(stop);
        }

        (_, _, string editions) = await RunningProgram.RunAsync(Product.Program, work.Root, ["editions", "list", "--data", work["data"]], stop);
        if (!editions.Contains($"{readers} = {readers} sent + 0 failed", StringComparison.Ordinal))
        {
            throw new BenchmarkException($"not everybody has the mail:\n{editions}");
        }

        double peer = await PeerAsync(work, readers, stop);
        Figures figures = new("mail", "mailkit loop");
        figures.Describe("readers", readers);
        figures.Describe("connections", Connections);
        figures.Add("import_s", importSeconds);
        figures.Add("import_peak_mb", importPeak);
        figures.Add("mails_per_s", readers / seconds, readers / peer);
        figures.Add("sending_s", seconds, peer);
        figures.Add("sending_cpu_s", cpu);
        figures.Add("memory_mb", memory.Resident);
        figures.Add("memory_peak_mb", memory.Peak);
        figures.Print();
        return 0;
    }

    private static async Task<double> PeerAsync(WorkFolder work, int readers, CancellationToken stop)
    {
        await using SmtpSink sink = SmtpSink.Start(work);
        string html = $"<html><body>{Body}</body></html>";
        using SmtpClient probe = await ConnectAsync(sink, stop);
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Connections), stop, async (lane, stop) =>
        {
            using SmtpClient client = await ConnectAsync(sink, stop);
            for (int i = lane; i < readers; i += Connections)
            {
                using MimeMessage mail = new();
                mail.From.Add(new MailboxAddress("Measured", "newsletter@example.org"));
                mail.To.Add(new MailboxAddress($"Reader {i}", string.Create(CultureInfo.InvariantCulture, $"reader{i}@host{i % 97}.example")));
                mail.Subject = Title;
                mail.Body = new BodyBuilder { TextBody = Body, HtmlBody = html }.ToMessageBody();
                await client.SendAsync(mail, stop);
            }
        });
        await sink.UntilAsync(readers, null, stop);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<SmtpClient> ConnectAsync(SmtpSink sink, CancellationToken stop)
    {
        System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await socket.ConnectAsync("127.0.0.1", sink.Port, stop);
                break;
            }
            catch (System.Net.Sockets.SocketException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
            }
        }

        SmtpClient client = new();
        await client.ConnectAsync(socket, "127.0.0.1", sink.Port, SecureSocketOptions.None, stop);
        return client;
    }
}
