using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class SubscriberStatesTests
{
    [Fact]
    public void ErasedIsForEverAndReachedFromEverywhere()
    {
        foreach (SubscriberStatus status in Enum.GetValues<SubscriberStatus>())
        {
            Assert.False(SubscriberStates.MayMove(SubscriberStatus.Erased, status));
            Assert.Equal(status != SubscriberStatus.Erased, SubscriberStates.MayMove(status, SubscriberStatus.Erased));
        }
    }

    [Fact]
    public void WhoeverIsMailedOrWasMayLeave()
    {
        Assert.True(SubscriberStates.MayMove(SubscriberStatus.Pending, SubscriberStatus.Unsubscribed));
        Assert.True(SubscriberStates.MayMove(SubscriberStatus.Active, SubscriberStatus.Unsubscribed));
        Assert.True(SubscriberStates.MayMove(SubscriberStatus.Suppressed, SubscriberStatus.Unsubscribed));
    }

    [Fact]
    public void ABounceThatComesLateDoesNotUndoThatSomebodyLeft() =>
        Assert.False(SubscriberStates.MayMove(SubscriberStatus.Unsubscribed, SubscriberStatus.Suppressed));

    [Fact]
    public void WhoIsActiveNeedsNoNewConfirmation() => Assert.False(SubscriberStates.MayMove(SubscriberStatus.Active, SubscriberStatus.Pending));
}
