using Syndication.Site;

namespace Syndication.Editions;

/// <summary>Where an edition stands. The numbers are stored.</summary>
internal enum EditionStatus
{
    /// <summary>Waits for `editions approve`; nothing is planned yet, and the next slot merges into it.</summary>
    Held = 0,

    /// <summary>Rows are made, chunk by chunk; the cursor says how far.</summary>
    Planning = 1,

    /// <summary>All rows are made.</summary>
    Planned = 2,

    Cancelled = 3,
}

/// <summary>One issue of a newsletter.</summary>
internal sealed record Edition
{
    public required long Id { get; init; }

    public required string Newsletter { get; init; }

    public required Cadence Cadence { get; init; }

    /// <summary>The local date of a digest's slot (2026-11-24), with a number where the operator sent it (2026-11-24/1); or the id of the post of "each post".</summary>
    public required string Key { get; init; }

    /// <summary>When it is due.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>What clocks show when it is due for each reader where they are; null = at the slot, for all.</summary>
    public DateTime? LocalSlot { get; init; }

    /// <summary>The highest number it takes.</summary>
    public required long Upto { get; init; }

    /// <summary>Subscriptions that began later are not of its audience.</summary>
    public required DateTimeOffset Cutoff { get; init; }

    public required EditionStatus Status { get; init; }

    public required bool IsPaused { get; init; }

    /// <summary>It is cancelled for good, whatever its state says: nobody is sent it, and its posts come with no other edition.</summary>
    public bool IsDropped { get; init; }

    /// <summary>It is cancelled: nothing of it is sent any more.</summary>
    public bool IsOver => Status == EditionStatus.Cancelled || IsDropped;

    /// <summary>Its rows may go on the wire.</summary>
    public bool MayBeSent => Status is EditionStatus.Planning or EditionStatus.Planned && !IsPaused && !IsOver;

    /// <summary>The last subscription that was planned.</summary>
    public required long Cursor { get; init; }

    /// <summary>Rows that were planned so far: sent + failed + cancelled + waiting must be as many.</summary>
    public required long Candidates { get; init; }

    /// <summary>How its mails ended; null while any waits.</summary>
    public EditionEnd? End { get; init; }
}

/// <summary>The account of an edition whose mails all have their outcome.</summary>
/// <param name="At">When that was seen.</param>
/// <param name="Sent">How many were sent.</param>
/// <param name="Failed">How many failed for good.</param>
/// <param name="Cancelled">How many were not to be sent any more.</param>
/// <param name="FoldedAt">When its rows began to be taken out of the ledger, and the account became all there is; null while they are there.</param>
internal sealed record EditionEnd(DateTimeOffset At, long Sent, long Failed, long Cancelled, DateTimeOffset? FoldedAt);
