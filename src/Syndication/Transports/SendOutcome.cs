namespace Syndication.Transports;

/// <summary>What came of one attempt.</summary>
internal enum SendResult
{
    /// <summary>The other side has taken the mail.</summary>
    Sent,

    /// <summary>Not now: try again later.</summary>
    Deferred,

    /// <summary>Never for this recipient.</summary>
    Rejected,

    /// <summary>The connection was lost after the mail was handed over and before the answer: nobody knows.</summary>
    Uncertain,
}

/// <summary>Whom a result that is not <see cref="SendResult.Sent"/> is about.</summary>
internal enum OutcomeScope
{
    Recipient,

    /// <summary>The text of the mail (a policy answer to DATA).</summary>
    Message,

    /// <summary>Us: connect, STARTTLS, AUTH, MAIL FROM. No recipient is to be blamed.</summary>
    Transport,
}

/// <summary>The outcome of one attempt, as the classifier of replies judged it.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Scope">Whom it is about.</param>
/// <param name="Code">The SMTP reply code, or null when there was no reply.</param>
/// <param name="EnhancedCode">RFC 3463, such as 5.7.1, or null.</param>
/// <param name="Text">The reply or the failure on one line, never empty.</param>
internal sealed record SendOutcome(SendResult Result, OutcomeScope Scope, int? Code, string? EnhancedCode, string Text)
{
    /// <summary>Whether it will not pass by itself (a 5xx about us, a wrong certificate, a full disk), so that the transport pauses until somebody looks.</summary>
    public bool NeedsOperator { get; init; }

    /// <summary>Whether user name or password were refused: a server that is asked again and again locks the account.</summary>
    public bool IsAboutAccount { get; init; }

    /// <summary>Whether it came to MAIL FROM: it is about us, unless others get through, and then it is the mail's own.</summary>
    public bool IsAtMailFrom { get; init; }

    public bool IsPolicy => EnhancedCode?.StartsWith("5.7.", StringComparison.Ordinal) ?? false;
}
