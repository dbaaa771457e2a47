namespace Syndication.Transports;

/// <summary>What becomes of a mail of which nobody knows whether the server took it.</summary>
internal enum UncertainMail
{
    /// <summary>It is sent again with the same Message-ID.</summary>
    Resend,

    /// <summary>It waits for the operator.</summary>
    Hold,
}
