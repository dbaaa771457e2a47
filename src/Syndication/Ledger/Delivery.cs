using System.Collections.Frozen;

namespace Syndication.Ledger;

/// <summary>The state of one mail to one subscriber. The numbers are stored.</summary>
internal enum DeliveryStatus
{
    /// <summary>Waits for its time and a free connection.</summary>
    Queued = 0,

    /// <summary>On the wire: set before MAIL FROM.</summary>
    Sending = 1,

    /// <summary>Was on the wire when the process or connection died; nobody knows whether it arrived.</summary>
    Uncertain = 2,

    Sent = 3,

    /// <summary>Failed for now; waits for its next attempt.</summary>
    Deferred = 4,

    Failed = 5,
    Cancelled = 6,
}

/// <summary>The table of legal moves; a test compares every statement of the stores with it.</summary>
internal static class DeliveryStates
{
    private static readonly FrozenSet<(DeliveryStatus From, DeliveryStatus To)> Moves = FrozenSet.Create(
        (DeliveryStatus.Queued, DeliveryStatus.Sending),
        (DeliveryStatus.Queued, DeliveryStatus.Cancelled),
        (DeliveryStatus.Queued, DeliveryStatus.Failed),
        (DeliveryStatus.Deferred, DeliveryStatus.Sending),
        (DeliveryStatus.Deferred, DeliveryStatus.Cancelled),
        (DeliveryStatus.Deferred, DeliveryStatus.Failed),
        (DeliveryStatus.Sending, DeliveryStatus.Sent),
        (DeliveryStatus.Sending, DeliveryStatus.Deferred),
        (DeliveryStatus.Sending, DeliveryStatus.Failed),
        (DeliveryStatus.Sending, DeliveryStatus.Uncertain),
        (DeliveryStatus.Failed, DeliveryStatus.Queued), // the operator sends it again
        (DeliveryStatus.Cancelled, DeliveryStatus.Queued), // the same
        (DeliveryStatus.Uncertain, DeliveryStatus.Queued),
        (DeliveryStatus.Uncertain, DeliveryStatus.Sent),
        (DeliveryStatus.Uncertain, DeliveryStatus.Failed),
        (DeliveryStatus.Uncertain, DeliveryStatus.Cancelled));

    public static bool MayMove(DeliveryStatus from, DeliveryStatus to) => Moves.Contains((from, to));
}

/// <summary>One edition to one subscriber, leased to a dispatcher.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="EditionId">The edition.</param>
/// <param name="SubscriberId">The subscriber; the address is read when it is sent.</param>
/// <param name="SubscriptionId">Whose mark it moved.</param>
/// <param name="Variant">Which set of posts within the edition.</param>
/// <param name="DueAt">When this attempt might begin.</param>
/// <param name="Attempts">How many have begun before.</param>
/// <param name="FirstAttempt">When the first began; null before it.</param>
internal sealed record ClaimedDelivery(
    long Id, long EditionId, long SubscriberId, long SubscriptionId, int Variant, DateTimeOffset DueAt, int Attempts, DateTimeOffset? FirstAttempt)
{
    /// <summary>The date of the mail, the same for each attempt: when it was due first, or was planned where that was later. Null for rows of earlier versions.</summary>
    public DateTimeOffset? Dated { get; init; }

    /// <summary>Its lease, as every queue knows it.</summary>
    public LeasedRow Row => new(Id, DueAt, Attempts, FirstAttempt);
}

/// <summary>A mail of which nobody knows whether it arrived.</summary>
internal sealed record UncertainDelivery(long Id, long EditionId, long SubscriberId, DateTimeOffset Since);

/// <summary>What servers said of some mails of an edition.</summary>
/// <param name="Status">Failed, or deferred.</param>
/// <param name="Reply">On one line.</param>
/// <param name="Mails">How many mails it was said of.</param>
/// <param name="NextTry">When the first of the deferred ones is tried again.</param>
internal sealed record DeliveryReply(DeliveryStatus Status, string Reply, long Mails, DateTimeOffset NextTry);
