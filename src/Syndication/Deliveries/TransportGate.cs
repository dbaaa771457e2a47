using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// Whether mail may go out by a transport. It opens for one mail at first, and for all once the other side has looked at one: so a wrong
/// password is tried once, not by each connection. One thread at a time.
/// </summary>
internal sealed class TransportGate(PauseStore pauses, ITransport transport)
{
    private SendingPause? _pause;
    private PauseKind? _told;

    /// <summary>How the pauses of this transport are named.</summary>
    public string Scope { get; } = PauseRule.OfTransport(transport.Name);

    /// <summary>Whether the other side has looked at a mail since the process or the last pause began; until then one goes alone.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Takes in what is kept, which says what the operator resumed.</summary>
    public void See(IEnumerable<SendingPause> kept)
    {
        _pause = kept.FirstOrDefault(p => p.Scope == Scope);
        _told = _pause is null ? null : _told;
    }

    public bool IsOpen(DateTimeOffset now) => _pause is null || _pause.NextProbe <= now;

    /// <summary>Nobody gets through to a recipient. Gives the pause where it was not told of in this process, or is of another kind.</summary>
    public async Task<PauseChange?> CloseAsync(SendOutcome outcome, DateTimeOffset now)
    {
        PauseKind? told = _told;
        SendingPause pause = PauseRule.After(Scope, _pause, outcome, now);
        await SaveAsync(pause);
        return pause.Kind == told ? null : new PauseChange(pause, IsOver: false);
    }

    /// <summary>So many were refused that it cannot be the recipients.</summary>
    public async Task<PauseChange> CloseForPolicyAsync(SendOutcome last, DateTimeOffset now)
    {
        SendingPause pause = PauseRule.AfterRefusals(Scope, last, now);
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

        await pauses.EndAsync(Scope, CancellationToken.None);
        (_pause, _told) = (null, null);
        return new PauseChange(over, IsOver: true);
    }

    private async Task SaveAsync(SendingPause pause)
    {
        await pauses.SaveAsync(pause, CancellationToken.None);
        (_pause, _told, IsProven) = (pause, pause.Kind, false);
    }
}
