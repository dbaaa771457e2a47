using System.Security.Cryptography.X509Certificates;

namespace Syndication.Transports;

/// <summary>Mail over SMTP: keeps up to so many connections open as its options say, and uses each for many mails.</summary>
internal sealed class SmtpTransport : ITransport
{
    private const int ServiceClosing = 421;

    /// <summary>Servers close connections that are idle for minutes; we do before them.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly DkimSigner? _signer;
    private readonly X509Certificate2Collection? _roots;
    private readonly SemaphoreSlim _slots;
    private readonly ITimer _sweeper;
    private readonly Lock _lock = new();
    private readonly List<SmtpConnection> _idle = [];
    private bool _isDisposed;

    /// <param name="options">The server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="signer">Signs each mail; null = mails go out as they are. Others may use it, too.</param>
    /// <param name="roots">The authorities whose certificates are trusted; null = the system's.</param>
    public SmtpTransport(RelayOptions options, TimeProvider time, DkimSigner? signer = null, X509Certificate2Collection? roots = null)
    {
        _options = options;
        _time = time;
        _signer = signer;
        _roots = roots;
        _slots = new SemaphoreSlim(options.Connections);
        _sweeper = time.CreateTimer(_ => _ = CloseAsync(TakeIdle(IdleLimit)), null, IdleLimit, IdleLimit);
    }

    public string Name => _options.EffectiveName;

    public int Connections => _options.Connections;

    public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
    {
        try
        {
            await _slots.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return SmtpReplies.Judge(SmtpPhase.Connect, SmtpFailure.Stopped, "stopped");
        }

        try
        {
            if (_signer is not null)
            {
                mail = mail with { Message = _signer.Sign(mail.Message) };
            }

            using SmtpAttempt attempt = new(_options.Timeout, _time, stop);
            return Anonymous(await SendAsync(mail, attempt), mail.Recipient);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Waits for the mails that are under way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        await _sweeper.DisposeAsync();
        for (int taken = 0; taken < _options.Connections; taken++)
        {
            await _slots.WaitAsync();
        }

        await CloseAsync(TakeIdle(TimeSpan.Zero));
        _slots.Dispose();
    }

    private async Task<SendOutcome> SendAsync(OutgoingMail mail, SmtpAttempt attempt)
    {
        if (Take() is SmtpConnection kept)
        {
            SendOutcome outcome = await SendAsync(mail, attempt, kept);
            if (!WasStale(outcome, attempt))
            {
                return outcome;
            }
        }

        SmtpConnection opened = new(_options, _roots);
        SendOutcome? failure = null;
        try
        {
            failure = await opened.OpenAsync(attempt);
        }
        finally
        {
            if (!opened.IsConnected || failure is not null)
            {
                opened.Dispose();
            }
        }

        return failure ?? await SendAsync(mail, attempt, opened);
    }

    private async Task<SendOutcome> SendAsync(OutgoingMail mail, SmtpAttempt attempt, SmtpConnection connection)
    {
        SendOutcome outcome;
        try
        {
            outcome = await connection.SendAsync(mail, attempt);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        bool isOfUse = connection.IsConnected && outcome.Code != ServiceClosing;
        if (!isOfUse)
        {
            connection.Dispose();
        }
        else if (connection.Messages >= _options.MessagesPerConnection || !TryKeep(connection))
        {
            await CloseAsync([connection]);
        }

        return outcome;
    }

    /// <summary>A kept connection that the server had closed, or closes now, is no fault of the mail's: nothing of it was taken.</summary>
    private static bool WasStale(SendOutcome outcome, SmtpAttempt attempt) =>
        attempt is { Phase: SmtpPhase.MailFrom, Token.IsCancellationRequested: false }
        && outcome is { Result: SendResult.Deferred, NeedsOperator: false, Code: null or ServiceClosing };

    private SmtpConnection? Take()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            SmtpConnection freshest = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return freshest;
        }
    }

    private bool TryKeep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return false;
            }

            connection.IdleSince = _time.GetTimestamp();
            _idle.Add(connection);
            return true;
        }
    }

    private List<SmtpConnection> TakeIdle(TimeSpan atLeast)
    {
        lock (_lock)
        {
            List<SmtpConnection> taken = _idle.FindAll(c => _time.GetElapsedTime(c.IdleSince) >= atLeast);
            _idle.RemoveAll(taken.Contains);
            return taken;
        }
    }

    private async Task CloseAsync(List<SmtpConnection> connections)
    {
        foreach (SmtpConnection connection in connections)
        {
            using (connection)
            {
                using CancellationTokenSource limit = new(GoodbyeLimit, _time);
                await connection.DisconnectAsync(quit: true, limit.Token);
            }
        }
    }

    /// <summary>Replies repeat the address, which is kept nowhere but with its subscriber.</summary>
    private static SendOutcome Anonymous(SendOutcome outcome, string recipient) =>
        recipient.Length == 0 ? outcome : outcome with { Text = outcome.Text.Replace(recipient, "(recipient)", StringComparison.OrdinalIgnoreCase) };
}
