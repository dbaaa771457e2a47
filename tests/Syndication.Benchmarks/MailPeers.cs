using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Syndication.Benchmarks;

/// <summary>What a peer is told, in a file.</summary>
internal sealed record PeerWork(int Port, int Messages, int Connections, MailPost Mail, string? DkimKey);

/// <summary>Other senders of mail, each a program of its own, over as many connections and with mails of the same size. None keeps a record.</summary>
internal static class MailPeers
{
    private const string Package = "nodemailer";

    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(50);

    /// <summary>Postfix's own generator of mail, in C: it sends the same bytes over and over.</summary>
    public static Task<Sent> SmtpSourceAsync(WorkFolder work, PeerWork peer, CancellationToken stop)
    {
        string program = RunningProgram.Find("smtp-source") ?? throw new BenchmarkException("no smtp-source here (apt-get install postfix)");
        return RunAsync(work, peer, program, [
            "-d", "-s", Text(peer.Connections), "-m", Text(peer.Messages), "-l", Text(peer.Mail.Size), "-f", "newsletter@example.org", "-t", "reader@host.example",
            $"127.0.0.1:{peer.Port}"], stop);
    }

    /// <summary>nodemailer's pool, in JavaScript.</summary>
    public static async Task<Sent> NodemailerAsync(WorkFolder work, PeerWork peer, CancellationToken stop)
    {
        string folder = work[Package];
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            await RunningProgram.RunAsync(RunningProgram.Find("npm") ?? throw new BenchmarkException("no npm here"), folder, ["install", "--no-audit", "--no-fund", Package], stop);
            File.Copy(Path.Join(AppContext.BaseDirectory, "nodemailer.mjs"), work[$"{Package}/send.mjs"]);
        }

        return await RunAsync(work, peer, RunningProgram.Find("node") ?? throw new BenchmarkException("no node here"), [work[$"{Package}/send.mjs"], Tell(work, peer)], stop);
    }

    /// <summary>A bare loop over MailKit, which is what the product sends with.</summary>
    public static Task<Sent> MailKitAsync(WorkFolder work, PeerWork peer, CancellationToken stop) =>
        RunAsync(work, peer, Environment.ProcessPath!, ["mailkit-loop", Tell(work, peer)], stop);

    /// <summary>The loop, in a process of its own.</summary>
    public static async Task<int> LoopAsync(string file, CancellationToken stop)
    {
        PeerWork peer = JsonSerializer.Deserialize<PeerWork>(await File.ReadAllTextAsync(file, stop))!;
        int next = -1;
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, peer.Connections), new ParallelOptions { MaxDegreeOfParallelism = peer.Connections, CancellationToken = stop }, async (_, stop) =>
        {
            using SmtpClient client = await ConnectAsync(peer.Port, stop);
            for (int i = Interlocked.Increment(ref next); i < peer.Messages; i = Interlocked.Increment(ref next))
            {
                using MimeMessage mail = Make(peer.Mail, i);
                await client.SendAsync(mail, stop);
            }

            await client.DisconnectAsync(quit: true, stop);
        });
        await Console.Out.WriteLineAsync(Stopwatch.GetElapsedTime(started).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static MimeMessage Make(MailPost post, int reader)
    {
        string link = string.Create(CultureInfo.InvariantCulture, $"https://example.org/unsubscribe/{reader:x40}");
        MimeMessage mail = new()
        {
            Subject = post.Subject,
            Body = new BodyBuilder
            {
                TextBody = post.Text.Replace(post.Link, link, StringComparison.Ordinal),
                HtmlBody = post.Html.Replace(post.Link, link, StringComparison.Ordinal),
            }.ToMessageBody(),
        };
        mail.From.Add(new MailboxAddress("Measured", "newsletter@example.org"));
        mail.To.Add(new MailboxAddress($"Reader {reader}", string.Create(CultureInfo.InvariantCulture, $"reader{reader}@host{reader % 97}.example")));
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{link}>");
        mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return mail;
    }

    private static async Task<SmtpClient> ConnectAsync(int port, CancellationToken stop)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, stop);
        SmtpClient client = new();
        await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None, stop);
        return client;
    }

    private static async Task<Sent> RunAsync(WorkFolder work, PeerWork peer, string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        await using RunningProgram sender = RunningProgram.Start(program, work.Root, arguments);
        (double seconds, double cpu, double peak) = await sender.WatchAsync(Sampling, stop);

        // Who needs long to start says in a last line how long sending alone took.
        bool tells = double.TryParse(sender.Output.Split('\n')[^1], CultureInfo.InvariantCulture, out double told);
        return new Sent(peer.Messages, tells ? told : seconds, cpu, peak);
    }

    private static string Tell(WorkFolder work, PeerWork peer)
    {
        string file = work["peer.json"];
        File.WriteAllText(file, JsonSerializer.Serialize(peer));
        return file;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
