using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Syndication.EndToEnd.Support;

/// <summary>Postfix's smtp-sink: a fast mail server that throws mail away, or refuses it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const string Backlog = "1000";

    private static readonly string Program = File.Exists("/usr/sbin/smtp-sink") ? "/usr/sbin/smtp-sink" : "smtp-sink";

    /// <summary>Without arguments it says how it is used, and fails: what counts is that it is there.</summary>
    private static readonly Lazy<bool> IsThere = new(() => File.Exists("/usr/sbin/smtp-sink") || Machine.Succeeds("which", Program));

    private readonly Process _process = new();

    private SmtpSink(IEnumerable<string> arguments)
    {
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        _process.StartInfo = new ProcessStartInfo(Program, [.. user, .. arguments, $"127.0.0.1:{Port}", Backlog])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>Starts it with arguments of its own, such as -f RCPT.</summary>
    public static async Task<SmtpSink> StartAsync(params string[] arguments)
    {
        Machine.Require(IsThere.Value, "there is no smtp-sink (apt-get install postfix)");
        SmtpSink sink = new(arguments);
        await Eventually.IsAsync(sink.ListensAsync, () => "smtp-sink does not listen");
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
