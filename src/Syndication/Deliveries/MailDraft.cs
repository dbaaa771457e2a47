using Syndication.Editions;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>What is to become of a row before it goes on the wire.</summary>
internal enum DraftVerdict
{
    Send,

    /// <summary>Not now: its posts or templates cannot be read at the moment.</summary>
    Wait,

    /// <summary>Never: all of its posts were withdrawn, or who should get it has left.</summary>
    Withdraw,

    /// <summary>Never, and somebody should know: the address cannot be written into a mail.</summary>
    Fail,
}

/// <summary>A row's mail, or why there is none.</summary>
internal sealed record MailDraft(DraftVerdict Verdict, OutgoingMail? Mail = null, string? Reason = null)
{
    /// <summary>The text that an edition's mail was made of.</summary>
    public VariantText? Text { get; init; }
}
