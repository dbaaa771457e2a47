using System.Net;
using System.Net.Sockets;

namespace Syndication.Benchmarks;

/// <summary>Postfix's smtp-sink: takes mail as fast as it comes and throws it away.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const string Name = "smtp-sink";
    private static readonly TimeSpan Looking = TimeSpan.FromMilliseconds(20);

    private readonly RunningProgram _program;

    private SmtpSink(RunningProgram program, int port) => (_program, Port) = (program, port);

    public int Port { get; }

    public IPEndPoint Address => new(IPAddress.Loopback, Port);

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<SmtpSink> StartAsync(WorkFolder work, CancellationToken stop)
    {
        string program = RunningProgram.Find(Name) ?? throw new BenchmarkException($"no {Name} here (apt-get install postfix)");
        int port = RunningProgram.FreePort();
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        SmtpSink sink = new(RunningProgram.Start(program, work.Root, [.. user, $"127.0.0.1:{port}", "1000"]), port);
        for (int attempt = 0; !await sink.ListensAsync(stop); attempt++)
        {
            if (attempt == 250)
            {
                throw sink._program.Failed("does not listen");
            }

            await Task.Delay(Looking, TimeProvider.System, stop);
        }

        return sink;
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private async Task<bool> ListensAsync(CancellationToken stop)
    {
        using Socket probe = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(Address, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
