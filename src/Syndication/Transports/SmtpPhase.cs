namespace Syndication.Transports;

/// <summary>How far a conversation with a mail server has come.</summary>
internal enum SmtpPhase
{
    /// <summary>TCP, greeting and EHLO.</summary>
    Connect,

    StartTls,

    Auth,

    MailFrom,

    RcptTo,

    /// <summary>The DATA command, and the mail as far as it is certain that its end was not sent.</summary>
    Data,

    /// <summary>The end of the mail may have reached the server.</summary>
    FinalDot,
}

/// <summary>Why there is no reply to judge.</summary>
internal enum SmtpFailure
{
    /// <summary>The name is unknown, or nobody listens there.</summary>
    Unreachable,

    TimedOut,

    /// <summary>The connection broke, or what came is not SMTP.</summary>
    Lost,

    /// <summary>We were told to stop.</summary>
    Stopped,

    /// <summary>The server lacks STARTTLS or a way to authenticate.</summary>
    NotOffered,

    /// <summary>TLS failed, or the certificate is not to be trusted.</summary>
    Untrusted,
}
