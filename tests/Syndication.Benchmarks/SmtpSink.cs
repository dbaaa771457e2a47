using System.Diagnostics;
using System.Globalization;

namespace Syndication.Benchmarks;

/// <summary>Postfix's smtp-sink: takes mail as fast as it comes, counts it and throws it away.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const string Name = "smtp-sink";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Looking = TimeSpan.FromMilliseconds(20);

    private readonly RunningProgram _program;

    private SmtpSink(RunningProgram program, int port) => (_program, Port) = (program, port);

    public int Port { get; }

    public static SmtpSink Start(WorkFolder work)
    {
        string program = RunningProgram.Find(Name) ?? throw new BenchmarkException($"no {Name} here (apt-get install postfix)");
        int port = RunningProgram.FreePort();
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        return new SmtpSink(RunningProgram.Start(program, work.Root, [.. user, "-c", $"127.0.0.1:{port}", "1000"]), port);
    }

    /// <summary>How many mails have come.</summary>
    public long Taken
    {
        get
        {
            // Each line of its counter: sess=4 quit=0 mesg=1234
            string line = _program.Output.Split('\n').LastOrDefault(l => l.Contains("mesg=", StringComparison.Ordinal)) ?? "mesg=0";
            return long.Parse(line.AsSpan(line.IndexOf("mesg=", StringComparison.Ordinal) + "mesg=".Length).Trim(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Waits until so many mails have come, while the sender runs.</summary>
    public async Task UntilAsync(long mails, RunningProgram? sender, CancellationToken stop)
    {
        long seen = -1;
        long moved = Stopwatch.GetTimestamp();
        while (Taken is long taken && taken < mails)
        {
            if (taken != seen)
            {
                (seen, moved) = (taken, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(moved) > Patience)
            {
                throw new BenchmarkException($"no mail for a minute, after {taken} of {mails}:\n{sender?.Output}");
            }

            if (sender?.HasEnded == true)
            {
                throw sender.Failed($"ended after {Taken} of {mails} mails");
            }

            await Task.Delay(Looking, TimeProvider.System, stop);
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
