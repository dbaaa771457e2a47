using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;

namespace Syndication.Benchmarks;

/// <summary>What it took to send mails.</summary>
/// <param name="Messages">How many were taken by the server.</param>
/// <param name="Seconds">From the first that was begun to the last that ended.</param>
/// <param name="CpuSeconds">Of the sender, its start included.</param>
/// <param name="PeakMb">The most that was resident.</param>
internal sealed record Sent(long Messages, double Seconds, double CpuSeconds, double PeakMb)
{
    public double Rate => Messages / Seconds;
}

/// <summary>What only the product is asked.</summary>
/// <param name="FirstSeconds">From the command to the first mail whose outcome was kept.</param>
/// <param name="FirstRate">Of the first tenth, of 100,000 at most.</param>
/// <param name="LastRate">Of as many at the end.</param>
internal sealed record SentFrom(double FirstSeconds, double FirstRate, double LastRate);

/// <summary>
/// The product as it mails: a database with subscribers who were imported, and `editions send` for one post after the other. When
/// each mail began and ended is read from its ledger afterwards, so that looking costs nothing.
/// </summary>
internal sealed class Mailing(WorkFolder work, int connections)
{
    private const int Longest = 100_000;

    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(50);

    private int _posts;

    /// <summary>Makes subscribers, a few at each of many domains; gives seconds and megabytes.</summary>
    public async Task<(double Seconds, double PeakMb)> ImportAsync(int readers, CancellationToken stop)
    {
        const int domains = 97;
        await using (StreamWriter list = File.CreateText(work["readers.csv"]))
        {
            await list.WriteLineAsync("address,name");
            for (int i = 0; i < readers; i++)
            {
                await list.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"reader{i}@host{i % domains}.example,Reader {i}"));
            }
        }

        (double seconds, double peak, _) = await RunningProgram.RunAsync(
            Product.Program, work.Root, ["subscribers", "import", "readers.csv", "--data", work["data"]], stop);
        return (seconds, peak);
    }

    /// <summary>Mails the next post to all.</summary>
    /// <param name="server">Where to; null = the outbox folder.</param>
    /// <param name="dkim">The key to sign with; null = unsigned.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<(Sent Sent, SentFrom From)> SendAsync(IPEndPoint? server, FileInfo? dkim, CancellationToken stop)
    {
        string[] way = server is null ? [$"--Mail:Outbox={work["outbox"]}"] :
        [
            $"--Mail:Host={server.Address}", $"--Mail:Port={server.Port}", "--Mail:Security=none",
            string.Create(CultureInfo.InvariantCulture, $"--Mail:Connections={connections}"),
        ];
        string[] signed = dkim is null ? [] : ["--Mail:Dkim:0:Domain=example.org", "--Mail:Dkim:0:Selector=measured", $"--Mail:Dkim:0:KeyFile={dkim.FullName}"];
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        (double cpu, double peak) = await WatchAsync(
            ["editions", "send", MailPost.Name(_posts++), "--site", work["site"], "--data", work["data"], "--Newsletter:Address=1 Harbour Road", .. way, .. signed], stop);
        return await ReadAsync(began, cpu, peak, stop);
    }

    private async Task<(double CpuSeconds, double PeakMb)> WatchAsync(IEnumerable<string> arguments, CancellationToken stop)
    {
        await using RunningProgram sender = RunningProgram.Start(Product.Program, work.Root, arguments);
        (_, double cpu, double peak) = await sender.WatchAsync(Sampling, stop);
        return (cpu, peak);
    }

    private async Task<(Sent Sent, SentFrom From)> ReadAsync(DateTimeOffset began, double cpu, double peak, CancellationToken stop)
    {
        await using SqliteConnection ledger = new($"Data Source={work["data/syndication.db"]};Mode=ReadOnly;Pooling=False");
        await ledger.OpenAsync(stop);
        const string sent = "from deliveries where edition = (select max(edition) from deliveries)";
        long all = await AskAsync($"select count(*) {sent}");
        long messages = await AskAsync($"select count(*) {sent} and status = 3");
        if (messages < all || all == 0)
        {
            throw new BenchmarkException($"{messages} of {all} mails were sent");
        }

        long first = await AskAsync($"select min(first_attempt) {sent}");
        long last = await EndedAsync(messages - 1);
        long part = Math.Min(Longest, Math.Max(1, messages / 10));
        double beginning = Seconds(await EndedAsync(part - 1) - await EndedAsync(0));
        double end = Seconds(last - await EndedAsync(messages - part));
        double start = (await EndedAsync(0) / 1000.0) - began.ToUnixTimeMilliseconds();
        return (new Sent(messages, Seconds(last - first), cpu, peak), new SentFrom(start / 1000, part / beginning, part / end));

        async Task<long> EndedAsync(long place) => await AskAsync($"select changed_at {sent} order by changed_at limit 1 offset {place}");

        async Task<long> AskAsync(string query)
        {
            await using SqliteCommand command = ledger.CreateCommand();
            command.CommandText = query;
            return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
        }

        static double Seconds(long microseconds) => microseconds / (double)TimeSpan.MicrosecondsPerSecond;
    }
}
