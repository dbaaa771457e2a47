using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Syndication.Transports;

/// <summary>One connection to the mail server, which tells the attempt how far the conversation has come. One caller at a time.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    /// <summary>Over TLS the ways that every server has and no account is without; else those first that do not show the password.</summary>
    private static readonly string[] ProtectedMechanisms = ["PLAIN", "LOGIN", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"];
    private static readonly string[] BareMechanisms = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"];

    private readonly RelayOptions _options;
    private readonly X509Certificate2Collection? _roots;
    private SmtpAttempt? _attempt;
    private string? _certificateProblem;
    private long _length;

    /// <param name="options">The server.</param>
    /// <param name="roots">The authorities to trust; null = the system's.</param>
    public SmtpConnection(RelayOptions options, X509Certificate2Collection? roots)
    {
        _options = options;
        _roots = roots;

        // As in .NET's own clients: asking the authority on each connection would make its troubles ours.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = IsTrusted;
    }

    /// <summary>Mails that were tried over this connection.</summary>
    public int Messages { get; private set; }

    /// <summary>When the last attempt ended, as the pool's clock counts.</summary>
    public long IdleSince { get; set; }

    /// <summary>Connects, protects the connection as the options say, and authenticates.</summary>
    /// <returns>Null, or what ended the attempt; the connection is then of no use.</returns>
    public async Task<SendOutcome?> OpenAsync(SmtpAttempt attempt)
    {
        try
        {
            attempt.Enter(SmtpPhase.Connect);
            string host = _options.Host ?? throw new InvalidOperationException("Mail:Host is not set.");

            // Without NoDelay each mail waits 40 ms for a delayed acknowledgement.
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(host, _options.EffectivePort, attempt.Token);
                LocalDomain = _options.LocalDomain ?? OwnName(socket);
                await ConnectAsync(new WireStream(socket), host, _options.EffectivePort, SocketOptions(_options.EffectiveSecurity), attempt.Token);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            if (_options.UserName is string user)
            {
                attempt.Enter(SmtpPhase.Auth);
                ChooseMechanism();
                await AuthenticateAsync(Encoding.UTF8, new NetworkCredential(user, _options.Password), attempt.Token);
            }

            return null;
        }
        catch (Exception e) when (SmtpFailures.Explain(e, attempt, _certificateProblem) is SendOutcome outcome)
        {
            return outcome;
        }
    }

    /// <summary>Sends one mail. Afterwards <see cref="SmtpClient.IsConnected"/> says whether another one can follow.</summary>
    public async Task<SendOutcome> SendAsync(OutgoingMail mail, SmtpAttempt attempt)
    {
        Messages++;
        _attempt = attempt;
        try
        {
            attempt.Enter(SmtpPhase.MailFrom);
            if (SmtpEnvelope.TryParse(mail.Sender) is not MailboxAddress sender)
            {
                return SmtpReplies.Unsendable(OutcomeScope.Transport, "the sender's address cannot be sent by SMTP");
            }

            if (SmtpEnvelope.TryParse(mail.Recipient) is not { Address.Length: > 0 } recipient)
            {
                return SmtpReplies.Unsendable(OutcomeScope.Recipient, "the address cannot be sent by SMTP");
            }

            if (Objection(mail, SmtpEnvelope.NeedsUtf8(sender) || SmtpEnvelope.NeedsUtf8(recipient)) is SendOutcome objection)
            {
                return objection;
            }

            using MimeMessage? message = PreparedMessage.TryCreate(mail.Message, OnContent);
            if (message is null)
            {
                return SmtpReplies.Unsendable(OutcomeScope.Message, "the mail has no header, or lines that do not end in CRLF");
            }

            _length = mail.Message.Length;
            string reply = await SendAsync(FormatOptions.Default, message, sender, [recipient], attempt.Token);
            return SmtpReplies.Judge(SmtpPhase.FinalDot, new SmtpReply((int)SmtpStatusCode.Ok, reply));
        }
        catch (Exception e) when (SmtpFailures.Explain(e, attempt, _certificateProblem) is SendOutcome outcome)
        {
            return outcome;
        }
        finally
        {
            _attempt = null;
        }
    }

    /// <summary>Where the server takes a mail in one piece (RFC 3030), no line of it has to be looked at for a dot.</summary>
    protected override bool PreferSendAsBinaryData => true;

    /// <inheritdoc/>
    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _attempt?.Enter(SmtpPhase.RcptTo);

    /// <summary>With pipelining this is called even where the sender was refused.</summary>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_attempt?.Phase == SmtpPhase.RcptTo)
        {
            _attempt.Enter(SmtpPhase.Data);
        }
    }

    /// <summary>The message is ready, and must go out as it is.</summary>
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }

    /// <summary>The size is known; MailKit would write the message to measure it.</summary>
    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => Task.FromResult(_length);

    /// <inheritdoc/>
    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        SslClientAuthenticationOptions tls = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        if (_roots is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(_roots);
        }

        return tls;
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_options.EffectiveSecurity == MailSecurity.Opportunistic)
        {
            return true;
        }

        _certificateProblem = CertificateCheck.Problem(_options.Host ?? "", certificate, chain, errors);
        return _certificateProblem is null;
    }

    /// <summary>Leaves one way by which a password is tried: to try a wrong one by each would have the account locked.</summary>
    private void ChooseMechanism()
    {
        string? chosen = (IsSecure ? ProtectedMechanisms : BareMechanisms).FirstOrDefault(AuthenticationMechanisms.Contains);
        AuthenticationMechanisms.RemoveWhere(mechanism => mechanism != chosen);
    }

    /// <summary>Up to its last buffer a mail is certainly not whole at the server; that one leaves after the content.</summary>
    private void OnContent(bool isWritten) => _attempt?.Enter(isWritten ? SmtpPhase.FinalDot : SmtpPhase.Data);

    /// <summary>What the server has said beforehand that it would refuse.</summary>
    private SendOutcome? Objection(OutgoingMail mail, bool needsUtf8)
    {
        if (needsUtf8 && !Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            return SmtpReplies.Unsendable(OutcomeScope.Recipient, "the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)");
        }

        // Only such an address makes the header international (RFC 6531); all else is encoded before it comes here.
        if (!needsUtf8 && !Ascii.IsValid(mail.Message.Span))
        {
            return SmtpReplies.Unsendable(OutcomeScope.Message, "the mail has bytes outside of ASCII");
        }

        return MaxSize > 0 && mail.Message.Length > MaxSize
            ? SmtpReplies.Unsendable(
                OutcomeScope.Message, string.Create(CultureInfo.InvariantCulture, $"the mail has {mail.Message.Length} bytes; the mail server takes {MaxSize}"))
            : null;
    }

    /// <summary>RFC 5321 section 4.1.4: the full name of this machine, else the address of the connection.</summary>
    private static string OwnName(Socket socket)
    {
        string name = Dns.GetHostName();
        return name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name) == UriHostNameType.Dns
            ? name
            : ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
    }

    private static SecureSocketOptions SocketOptions(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.Opportunistic => SecureSocketOptions.StartTlsWhenAvailable,
        _ => throw new ArgumentOutOfRangeException(nameof(security)),
    };
}
