namespace Syndication.Transports;

/// <summary>A way out of the house for mail. Safe for any number of callers at once; more than <see cref="Connections"/> wait for each other.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Names it to the operator, and in the store; without secrets.</summary>
    public string Name { get; }

    /// <summary>How many mails can be under way at once, so that it pays to call for so many.</summary>
    public int Connections { get; }

    /// <summary>
    /// Sends one mail and says what came of it; never throws for what the other side does. What is said to be sent has outlived a
    /// power failure here as well. Cancelling gives the mail back as deferred where that is still possible.
    /// </summary>
    public Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop);
}

/// <summary>A mail that is ready for the wire.</summary>
/// <param name="MessageId">Without angle brackets; the same on every attempt.</param>
/// <param name="Sender">Envelope sender; empty = the null sender.</param>
/// <param name="Recipient">Envelope recipient.</param>
/// <param name="Message">The whole message, RFC 5322 with CRLF line ends.</param>
internal sealed record OutgoingMail(string MessageId, string Sender, string Recipient, ReadOnlyMemory<byte> Message);
