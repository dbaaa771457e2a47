using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Syndication.Site;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Syndication.Transports;

/// <summary>Turns MailKit's exceptions into what <see cref="SmtpReplies"/> judges.</summary>
internal static class SmtpFailures
{
    private const int AuthenticationNeeded = 530;

    /// <summary>What an exception means; null where it is not of the network's making, but a mistake of ours.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="attempt">How far it had come.</param>
    /// <param name="certificateProblem">What was wrong with the server's certificate, or null.</param>
    public static SendOutcome? Explain(Exception e, SmtpAttempt attempt, string? certificateProblem) => e switch
    {
        SmtpCommandException refused => SmtpReplies.Judge(attempt.Phase, ReplyOf(refused)),
        ServiceNotAuthenticatedException refused => SmtpReplies.Judge(attempt.Phase, new SmtpReply(AuthenticationNeeded, refused.Message)),
        AuthenticationException { InnerException: SmtpCommandException refused } => SmtpReplies.Judge(SmtpPhase.Auth, ReplyOf(refused)),
        _ when attempt.Token.IsCancellationRequested => SmtpReplies.Judge(attempt.Phase, attempt.EndReason, EndText(attempt)),
        SslHandshakeException when certificateProblem is not null => SmtpReplies.Judge(SmtpPhase.StartTls, SmtpFailure.Untrusted, certificateProblem),
        SslHandshakeException { InnerException: IOException broken } =>
            SmtpReplies.Judge(SmtpPhase.StartTls, SmtpFailure.Lost, OneLine.Of(broken.Message)),
        SslHandshakeException failed =>
            SmtpReplies.Judge(SmtpPhase.StartTls, SmtpFailure.Untrusted, OneLine.Of((failed.InnerException ?? failed).Message)),
        NotSupportedException when attempt.Phase == SmtpPhase.Connect =>
            SmtpReplies.Judge(SmtpPhase.StartTls, SmtpFailure.NotOffered, "the mail server does not offer STARTTLS"),
        NotSupportedException or AuthenticationException when attempt.Phase == SmtpPhase.Auth =>
            SmtpReplies.Judge(SmtpPhase.Auth, SmtpFailure.NotOffered, "the mail server offers no way to authenticate that could be used"),
        SocketException unreachable when attempt.Phase == SmtpPhase.Connect =>
            SmtpReplies.Judge(SmtpPhase.Connect, SmtpFailure.Unreachable, OneLine.Of(unreachable.Message)),
        IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException or ObjectDisposedException =>
            SmtpReplies.Judge(attempt.Phase, SmtpFailure.Lost, OneLine.Of(e.Message)),
        _ => null,
    };

    private static SmtpReply ReplyOf(SmtpCommandException refused) => new((int)refused.StatusCode, refused.Message);

    private static string EndText(SmtpAttempt attempt) => attempt.EndReason == SmtpFailure.Stopped
        ? "stopped"
        : string.Create(CultureInfo.InvariantCulture, $"no answer in time (Timeout is {attempt.Timeout})");
}
