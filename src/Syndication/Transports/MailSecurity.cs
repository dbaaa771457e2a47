namespace Syndication.Transports;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>Plain at first, then TLS; without it nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Plain text.</summary>
    None,

    /// <summary>TLS with any certificate where the server offers it, else plain text: whoever sits on the line can read all.</summary>
    Opportunistic,
}
