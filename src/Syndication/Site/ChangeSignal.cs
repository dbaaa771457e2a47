namespace Syndication.Site;

/// <summary>
/// Tells the next stage that there is new state to read; it carries nothing itself. Raises that come while nobody waits
/// become one. Safe for any number of raisers and one waiter.
/// </summary>
internal sealed class ChangeSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // A change is already waiting to be read, and reading it will see this one too.
        }
    }

    /// <summary>Completes when the signal was raised since the last wait.</summary>
    public Task WaitAsync(CancellationToken stop) => _raised.WaitAsync(stop);

    public void Dispose() => _raised.Dispose();
}
