using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.Tests.Support;

/// <summary>
/// A mail server that says what a script says, right or wrong. Beside the commands of <see cref="MailServerWishes.Script"/> it knows
/// CONNECT, for the greeting, and BODY, for what comes instead of reading a mail; beside the answers "lost": the mail is taken, and the
/// connection breaks before that is said.
/// </summary>
internal sealed class ScriptedMailServer : IMailServer
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly MailServerWishes _wishes;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentDictionary<string, Queue<string>> _answers;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new();
    private readonly ConcurrentQueue<TakenMail> _mails = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly List<Task> _conversations = [];
    private readonly Task _accepting;
    private int _connections;

    public ScriptedMailServer(MailServerWishes wishes)
    {
        _wishes = wishes;
        _listener = new TcpListener(IPAddress.Loopback, wishes.Port);
        _certificate = wishes.Certificate.Length > 0 ? X509Certificate2.CreateFromPemFile(wishes.Certificate) : null;
        _answers = new(wishes.Answers.ToDictionary(a => a.Key, a => new Queue<string>(a.Value)));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<TakenMail> Mails => [.. _mails];

    public int Connections => _connections;

    /// <summary>Every command line that came, in order.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>From now on it answers as a mail server does.</summary>
    public void Mend() => _answers.Clear();

    public Task ReachedAsync(string command) =>
        Reached(command).Task.WaitAsync(Eventually.Deadline, TimeProvider.System, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_conversations);
        _certificate?.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_end.Token);
                _conversations.Add(ConverseAsync(socket, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    private async Task ConverseAsync(Socket socket, int number)
    {
        using (socket)
        {
            try
            {
                await using Conversation conversation = new(socket, number, this);
                await conversation.RunAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client has gone, or the script says so.
            }
        }
    }

    private string? NextAnswer(string command)
    {
        if (!_answers.TryGetValue(command, out Queue<string>? answers))
        {
            return null;
        }

        lock (answers)
        {
            string answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
            return answer == "ok" ? null : answer;
        }
    }

    private TaskCompletionSource Reached(string command) => _reached.GetOrAdd(command, _ => new TaskCompletionSource());

    private sealed class Conversation(Socket socket, int number, ScriptedMailServer server) : IAsyncDisposable
    {
        private Stream _stream = new NetworkStream(socket);
        private string _sender = "";
        private string[] _options = [];
        private string _user = "";
        private List<string> _recipients = [];

        public async Task RunAsync()
        {
            if (server._wishes.IsImplicit)
            {
                await ProtectAsync();
            }

            await AnswerAsync("CONNECT", "220 scripted.test");
            while (await ReadLineAsync() is string line)
            {
                server._commands.Enqueue(line);
                string command = line.Split(' ')[0].ToUpperInvariant();
                string answer = server.NextAnswer(command) ?? Usual(command, line);
                await SayAsync(command, answer);
                if (command == "STARTTLS" && answer[0] == '2')
                {
                    await ProtectAsync();
                }
                else if (command == "QUIT")
                {
                    return;
                }
                else if (command == "DATA" && answer[0] == '3')
                {
                    await TakeAsync();
                }
                else if (command == "BDAT")
                {
                    byte[] chunk = new byte[int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)];
                    await _stream.ReadExactlyAsync(chunk, server._end.Token);
                    await EndAsync(chunk);
                }
            }
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();

        private string Usual(string command, string line)
        {
            switch (command)
            {
                case "EHLO":
                    return "250-scripted.test" + (_stream is NetworkStream && server._certificate is not null ? "|250-STARTTLS" : "")
                        + (server._wishes.TakesUtf8 ? "|250-8BITMIME|250-SMTPUTF8" : "")
                        + (server._wishes.Size > 0 ? $"|250-SIZE {server._wishes.Size.ToString(CultureInfo.InvariantCulture)}" : "")
                        + (server._wishes.Password.Length > 0 ? "|250-AUTH PLAIN" : "") + "|250 HELP";
                case "MAIL":
                    string[] parts = line["MAIL FROM:".Length..].Split(' ');
                    (_sender, _options, _recipients) = (parts[0].Trim('<', '>'), parts[1..], []);
                    return "250 2.1.0 ok";
                case "RCPT":
                    _recipients.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line["RCPT TO:".Length..].Trim('<', '>'))));
                    return "250 2.1.5 ok";
                case "AUTH":
                    string[] said = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
                    _user = said[2] == server._wishes.Password ? said[1] : "";
                    return _user.Length > 0 ? "235 2.7.0 welcome" : "535 5.7.8 wrong";
                case "STARTTLS":
                    return "220 go on";
                case "DATA":
                    return "354 go on";
                case "BDAT":
                    return "";
                case "QUIT":
                    return "221 bye";
                default:
                    return "250 ok";
            }
        }

        private async Task TakeAsync()
        {
            await AnswerAsync("BODY", "");
            MemoryStream content = new();
            while (await ReadLineAsync() is string line)
            {
                if (line == ".")
                {
                    await EndAsync(content.ToArray());
                    return;
                }

                content.Write(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
            }
        }

        private async Task EndAsync(byte[] content)
        {
            string answer = server.NextAnswer(".") ?? "250 2.0.0 taken";
            if (answer.StartsWith('2') || answer == "lost")
            {
                server._mails.Enqueue(new TakenMail(_sender, [.. _recipients], _options, _stream is SslStream, _user, number, content));
            }

            await SayAsync(".", answer);
        }

        private Task AnswerAsync(string command, string usual) => SayAsync(command, server.NextAnswer(command) ?? usual);

        private async Task SayAsync(string command, string answer)
        {
            foreach (string part in answer.Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                if (part is "drop" or "lost")
                {
                    // Without lingering, so that the client sees the connection break and not end.
                    socket.LingerState = new LingerOption(true, 0);
                    socket.Close();
                    throw new IOException("dropped");
                }

                if (part == "silent")
                {
                    server.Reached(command).TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, server._end.Token);
                }

                await _stream.WriteAsync(Encoding.UTF8.GetBytes(part + "\r\n"), server._end.Token);
            }
        }

        private async Task ProtectAsync()
        {
            SslStream protectedStream = new(_stream);
            await protectedStream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server._certificate }, server._end.Token);
            _stream = protectedStream;
        }

        /// <summary>A line without its end, a character for each byte.</summary>
        private async Task<string?> ReadLineAsync()
        {
            StringBuilder line = new();
            byte[] one = new byte[1];
            while (await _stream.ReadAsync(one, server._end.Token) == 1)
            {
                if (one[0] == '\n' && line.Length > 0 && line[^1] == '\r')
                {
                    return line.ToString(0, line.Length - 1);
                }

                line.Append((char)one[0]);
            }

            return null;
        }
    }
}
