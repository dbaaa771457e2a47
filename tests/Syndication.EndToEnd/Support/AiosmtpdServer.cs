using System.Diagnostics;
using System.Text.Json;

namespace Syndication.EndToEnd.Support;

/// <summary>aiosmtpd (Debian: python3-aiosmtpd), a mail server that we did not write.</summary>
internal sealed class AiosmtpdServer : IMailServer
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> IsThere = new(() => Machine.Succeeds(Python, "-c", "import aiosmtpd"));

    private readonly Process _process = new();
    private readonly Lines _events = new();
    private readonly Lines _errors = new();

    private AiosmtpdServer(MailServerWishes wishes)
    {
        string argument = JsonSerializer.Serialize(new
        {
            answers = wishes.Answers,
            certificate = wishes.Certificate,
            @implicit = wishes.IsImplicit,
            utf8 = wishes.TakesUtf8,
            size = wishes.Size == 0 ? (int?)null : wishes.Size,
            password = wishes.Password,
            port = wishes.Port,
        });
        _process.StartInfo = new ProcessStartInfo(Python, [Path.Join(AppContext.BaseDirectory, "Support", "aiosmtpd-server.py"), argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process.OutputDataReceived += (_, line) => Add(_events, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; private set; }

    public int Connections => Events("connected").Count();

    public IReadOnlyList<TakenMail> Mails => [.. Events("mail").Select(e => new TakenMail(
        e.GetProperty("sender").GetString()!.Trim('<', '>'),
        Texts(e, "recipients"),
        Texts(e, "options"),
        e.GetProperty("tls").GetBoolean(),
        e.GetProperty("user").GetString()!,
        e.GetProperty("peer").GetInt32(),
        e.GetProperty("content").GetBytesFromBase64()))];

    public static async Task<AiosmtpdServer> StartAsync(MailServerWishes wishes)
    {
        Machine.Require(IsThere.Value, "there is no aiosmtpd (apt-get install python3-aiosmtpd)");
        AiosmtpdServer server = new(wishes);
        await Eventually.IsAsync(() => server.Events("listens").Any() || server._process.HasExited, () => server._errors.Text);
        Assert.False(server._process.HasExited, server._errors.Text);
        server.Port = server.Events("listens").Single().GetProperty("port").GetInt32();
        return server;
    }

    public Task ReachedAsync(string command) =>
        Eventually.IsAsync(() => Events("reached").Any(e => e.GetProperty("command").GetString() == command), () => $"{command}; {_errors.Text}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private IEnumerable<JsonElement> Events(string name) =>
        _events.All.Select(l => JsonDocument.Parse(l).RootElement).Where(e => e.GetProperty("event").GetString() == name);

    private static string[] Texts(JsonElement e, string name) => [.. e.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];

    private static void Add(Lines lines, string? line)
    {
        if (line is not null)
        {
            lines.Add(line);
        }
    }
}
