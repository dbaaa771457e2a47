using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>A pause that began, changed its kind or ended.</summary>
/// <param name="Pause">The pause as it is, or was.</param>
/// <param name="IsOver">Whether it ended.</param>
internal sealed record PauseChange(SendingPause Pause, bool IsOver);

/// <summary>
/// Whether mail may go out. It opens for one mail at first, and for all once the other side has looked at one: so a wrong password is
/// tried once, not by each connection. One thread at a time.
/// </summary>
internal sealed class TransportGate(PauseStore pauses, ITransport transport)
{
    private readonly string _scope = PauseRule.OfTransport(transport.Name);
    private SendingPause? _pause;
    private PauseKind? _told;
    private bool _hasBegun;

    /// <summary>Whether the other side has looked at a mail since the process or the last pause began; until then one goes alone.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Whether anything may go now. What the operator resumed is seen here.</summary>
    public async Task<bool> IsOpenAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (!_hasBegun)
        {
            await pauses.RestartAsync(_scope, now, stop);
            _hasBegun = true;
        }

        if (!IsProven)
        {
            _pause = (await pauses.ListAsync(stop)).FirstOrDefault(p => p.Scope == _scope);
            _told = _pause is null ? null : _told;
        }

        return _pause is null || _pause.NextProbe <= now;
    }

    /// <summary>No mail of a wave got as far as to its recipient. Gives the pause where it was not told of in this process, or is of another kind.</summary>
    public async Task<PauseChange?> CloseAsync(SendOutcome outcome, DateTimeOffset now)
    {
        PauseKind? told = _told;
        SendingPause pause = PauseRule.After(_scope, _pause, outcome, now);
        await SaveAsync(pause);
        return pause.Kind == told ? null : new PauseChange(pause, IsOver: false);
    }

    /// <summary>So many were refused that it cannot be the recipients.</summary>
    public async Task<PauseChange> CloseForPolicyAsync(SendOutcome last, DateTimeOffset now)
    {
        SendingPause pause = PauseRule.AfterRefusals(_scope, last, now);
        await SaveAsync(pause);
        return new PauseChange(pause, IsOver: false);
    }

    /// <summary>The other side has looked at a mail. Gives the pause that ended by it.</summary>
    public async Task<PauseChange?> ProveAsync()
    {
        IsProven = true;
        if (_pause is not SendingPause over)
        {
            return null;
        }

        await pauses.EndAsync(_scope, CancellationToken.None);
        (_pause, _told) = (null, null);
        return new PauseChange(over, IsOver: true);
    }

    private async Task SaveAsync(SendingPause pause)
    {
        await pauses.SaveAsync(pause, CancellationToken.None);
        (_pause, _told, IsProven) = (pause, pause.Kind, false);
    }
}
