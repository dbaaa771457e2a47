namespace Syndication.Transports;

/// <summary>A way out of the house for mail. Safe for as many callers at once as it has connections.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Sends one mail and says what came of it; never throws for what the other side does. Cancelling gives the mail back as deferred where that is still possible.</summary>
    public Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop);
}

/// <summary>A mail that is ready for the wire.</summary>
/// <param name="MessageId">Without angle brackets; the same on every attempt.</param>
/// <param name="Sender">Envelope sender.</param>
/// <param name="Recipient">Envelope recipient.</param>
/// <param name="Message">The whole message, RFC 5322 with CRLF line ends.</param>
internal sealed record OutgoingMail(string MessageId, string Sender, string Recipient, ReadOnlyMemory<byte> Message);
