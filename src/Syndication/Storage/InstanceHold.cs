using System.Data.Common;

namespace Syndication.Storage;

/// <summary>
/// That this process, alone of all, sends from a database. Where that hangs on a connection it may be lost: then another process may
/// have it, and it does not come back. For any number of threads.
/// </summary>
/// <param name="held">What gives it back.</param>
/// <param name="proof">Fails where it is lost; null = it lasts as long as the process.</param>
internal sealed class InstanceHold(IAsyncDisposable held, Func<CancellationToken, Task>? proof) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isLost;

    public bool IsLost => _isLost;

    /// <summary>Looks whether it is still there.</summary>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        if (_isLost || proof is null)
        {
            return !_isLost;
        }

        await _turn.WaitAsync(stop);
        try
        {
            await proof(stop);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            _isLost = true;
        }
        finally
        {
            _turn.Release();
        }

        return !_isLost;
    }

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return held.DisposeAsync();
    }
}
