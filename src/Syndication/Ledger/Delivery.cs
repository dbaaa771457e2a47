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

/// <summary>The table of legal moves; the store's SQL and the tests read it.</summary>
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
        (DeliveryStatus.Uncertain, DeliveryStatus.Queued),
        (DeliveryStatus.Uncertain, DeliveryStatus.Sent),
        (DeliveryStatus.Uncertain, DeliveryStatus.Failed),
        (DeliveryStatus.Uncertain, DeliveryStatus.Cancelled));

    public static bool MayMove(DeliveryStatus from, DeliveryStatus to) => Moves.Contains((from, to));

    /// <summary>States in which something is still to come: together with sent, failed and cancelled they make up the candidates.</summary>
    public static bool IsWaiting(DeliveryStatus status) =>
        status is DeliveryStatus.Queued or DeliveryStatus.Sending or DeliveryStatus.Deferred or DeliveryStatus.Uncertain;
}

/// <summary>One edition to one subscriber.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="EditionId">The edition.</param>
/// <param name="SubscriberId">The subscriber; the address is read when it is sent.</param>
/// <param name="Variant">Which set of posts within the edition.</param>
/// <param name="Status">See <see cref="DeliveryStates"/>.</param>
/// <param name="DueAt">When the next attempt may begin.</param>
/// <param name="Attempts">How many have begun.</param>
/// <param name="Reply">The last reply or failure, or null.</param>
internal sealed record Delivery(
    long Id, long EditionId, long SubscriberId, int Variant, DeliveryStatus Status, DateTimeOffset DueAt, int Attempts, string? Reply);
