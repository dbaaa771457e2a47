using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class ChangeSignalTests
{
    [Fact]
    public async Task RaisesThatNobodyWaitedForBecomeOne()
    {
        using ChangeSignal signal = new();
        signal.Raise();
        signal.Raise();

        await signal.WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(signal.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
    }
}
