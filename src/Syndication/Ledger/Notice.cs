using System.Collections.Immutable;

namespace Syndication.Ledger;

/// <summary>What a notice is: which templates make its mail. The numbers are stored.</summary>
internal enum NoticeKind
{
    /// <summary>Something waits for the operator.</summary>
    Alert = 0,
}

/// <summary>A mail that is no edition, to be queued.</summary>
internal sealed record Notice
{
    /// <summary>What it is about: a second notice of the same key is not queued, ever.</summary>
    public required string Key { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>Whom it goes to; null where it goes to a subscriber.</summary>
    public string? Address { get; init; }

    /// <summary>The subscriber it goes to, at the address that they have when it is sent; null where it goes to an address.</summary>
    public long? SubscriberId { get; init; }

    /// <summary>Plain text on one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Paragraphs of plain text.</summary>
    public required ImmutableArray<string> Lines { get; init; }
}

/// <summary>A notice that is leased to a dispatcher.</summary>
/// <param name="Row">Its lease.</param>
/// <param name="Notice">What it says to whom.</param>
/// <param name="QueuedAt">The date of its mail.</param>
internal sealed record ClaimedNotice(LeasedRow Row, Notice Notice, DateTimeOffset QueuedAt);
