using System.Collections.Frozen;

namespace Syndication.Subscribers;

/// <summary>The table of legal moves of <see cref="SubscriberStatus"/>; the store and the tests read it.</summary>
internal static class SubscriberStates
{
    private static readonly FrozenSet<(SubscriberStatus From, SubscriberStatus To)> Moves = FrozenSet.Create(
        (SubscriberStatus.Pending, SubscriberStatus.Active),
        (SubscriberStatus.Pending, SubscriberStatus.Unsubscribed),
        (SubscriberStatus.Pending, SubscriberStatus.Suppressed),
        (SubscriberStatus.Pending, SubscriberStatus.Erased),
        (SubscriberStatus.Active, SubscriberStatus.Unsubscribed),
        (SubscriberStatus.Active, SubscriberStatus.Suppressed),
        (SubscriberStatus.Active, SubscriberStatus.Erased),
        // Back only by the reader's own word, or by an operator who vouches for it.
        (SubscriberStatus.Unsubscribed, SubscriberStatus.Active),
        (SubscriberStatus.Unsubscribed, SubscriberStatus.Pending),
        (SubscriberStatus.Unsubscribed, SubscriberStatus.Erased),
        (SubscriberStatus.Suppressed, SubscriberStatus.Active),
        (SubscriberStatus.Suppressed, SubscriberStatus.Pending),
        (SubscriberStatus.Suppressed, SubscriberStatus.Unsubscribed),
        (SubscriberStatus.Suppressed, SubscriberStatus.Erased));

    public static bool MayMove(SubscriberStatus from, SubscriberStatus to) => Moves.Contains((from, to));
}
