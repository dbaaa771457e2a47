using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>Looks at the feed all the time, and remembers whether an item ever was missing or had another id.</summary>
internal sealed class Witness : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Service _service;
    private readonly IReadOnlyDictionary<string, string> _expected;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _looking;
    private string? _deviation;
    private int _looks;

    private Witness(Service service, IReadOnlyDictionary<string, string> expected)
    {
        _service = service;
        _expected = expected;
        _looking = LookAsync();
    }

    /// <summary>Begins with what the feed shows now.</summary>
    public static async Task<Witness> OfAsync(Service service) => new(service, await service.IdsAsync());

    /// <summary>Looks on for longer than the program waits before it believes that something is gone.</summary>
    public async Task LookOnAsync()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan longer = TimeSpan.FromSeconds(8);
        int before = _looks;
        await Eventually.IsAsync(() => Stopwatch.GetElapsedTime(start) > longer && _looks > before, () => "a look at the feed");
        Assert.True(_deviation is null, _deviation);
    }

    /// <summary>Every item that was there at the beginning has been there all the time, under its id, and is there now.</summary>
    public async Task SawNoChangeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        Compare(await _service.IdsAsync());
        Assert.True(_deviation is null, _deviation);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Compare(await _service.IdsAsync());
            _looks++;
            await Task.Delay(Pause, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Compare(IReadOnlyDictionary<string, string> seen)
    {
        foreach ((string title, string id) in _expected.Where(e => seen.GetValueOrDefault(e.Key) != e.Value))
        {
            _deviation ??= $"'{title}' had the id {id} and then {seen.GetValueOrDefault(title) ?? "was missing"}; {_service.Program.Console}";
        }
    }
}
