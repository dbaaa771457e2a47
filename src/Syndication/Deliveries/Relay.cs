using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>A transport as the dispatcher sees it: whether it is open, how much it gets, and what is under way by it. One thread at a time.</summary>
/// <param name="transport">The transport.</param>
/// <param name="gate">Its pause.</param>
/// <param name="options">Its weight and its limits.</param>
internal sealed class Relay(ITransport transport, TransportGate gate, RelayOptions options)
{
    /// <summary>From so many connections on one is kept for notices: who has just signed up does not wait for mails that hang.</summary>
    public const int FewConnections = 4;

    /// <summary>Where the one mail that is to open a relay hangs for so long, another one is tried beside it: it may be its domain's fault.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>After which it is known what those take that are chosen already.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private DateTimeOffset _lastBegan = DateTimeOffset.MinValue;
    private SteadyClock? _clock;
    private int _chosen;

    public ITransport Transport => transport;

    public string Name => transport.Name;

    public TransportGate Gate => gate;

    public int Weight => options.Weight;

    /// <summary>What it may take; null = as much as it can, or not known yet.</summary>
    public RateLimit? Limit { get; private set; }

    /// <summary>Grows with each time it was closed: what went out before says nothing any more.</summary>
    public int Epoch { get; private set; }

    public int UnderWay { get; private set; }

    public RelayPace Pace { get; private set; } = new(transport.Connections);

    /// <summary>What it is ahead of its weight: see <see cref="RelaySet.Take"/>.</summary>
    public int Credit { get; set; }

    /// <summary>Why it is to be closed, until it is; nothing goes by it then.</summary>
    public SendOutcome? Closing { get; private set; }

    /// <summary>How long until a mail may go by it; null = it is closed or all of its connections are in use.</summary>
    /// <param name="now">When.</param>
    /// <param name="isNotice">Notices have a connection of their own, where there are a few.</param>
    public TimeSpan? WaitFor(DateTimeOffset now, bool isNotice)
    {
        int kept = isNotice || transport.Connections < FewConnections ? 0 : 1;
        int most = gate.IsProven ? Pace.Most : now - _lastBegan >= Patience ? UnderWay + 1 : 1;
        most = Math.Min(most, transport.Connections - kept);
        return Closing is not null || !gate.IsOpen(now) || UnderWay >= most ? null
            : Pace.NotBefore > now ? Pace.NotBefore - now
            : Limit is null || Limit.Room(_clock!.Now, isNotice) > _chosen ? TimeSpan.Zero
            : Limit.WaitFor(_clock.Now, isNotice) is { Ticks: > 0 } wait ? wait
            : Moment;
    }

    /// <summary>Takes up what it had of its limits when a process last sent.</summary>
    public void Resume(TransportUse use, SteadyClock clock) => (Limit, _clock) = (new RateLimit(options.Limits, options.WarmUp, use.Windows, use.FirstSent), clock);

    /// <summary>So many mails are set on the wire by the transaction that keeps what this gives; null = nothing limits it.</summary>
    public RateLimit? TakeLimit(int mails)
    {
        Limit?.Take(_clock!.Now, mails);
        return Limit;
    }

    /// <summary>Whether anything limits it but its connections.</summary>
    public bool IsLimited => !options.Limits.IsNone || options.WarmUp.FirstDay is not null;

    /// <summary>A mail is to go by it: until <see cref="Settle"/> it is not known whether it does.</summary>
    public void Choose(DateTimeOffset now)
    {
        UnderWay++;
        _chosen++;
        _lastBegan = now;
    }

    /// <summary>The mail that was chosen is on the wire, or it is not.</summary>
    public void Settle(bool isStarted)
    {
        _chosen--;
        UnderWay -= isStarted ? 0 : 1;
    }

    /// <summary>A mail ended. What went out before it was closed, and what we ended ourselves, says nothing.</summary>
    public void Ended(EndedMail mail, bool isStopping, DateTimeOffset now)
    {
        UnderWay--;
        bool isOurs = OutcomeRule.IsOurs(mail.Outcome);
        if (mail.Epoch != Epoch || (isOurs && isStopping))
        {
            return;
        }

        Pace = Pace.After(mail.Outcome, mail.Queued.Domain, now);
        if (isOurs && (Closing is not null || !gate.IsProven || Pace.IsOver(mail.Outcome)))
        {
            // What somebody has to mend is told before what may pass.
            Closing = Closing is { NeedsOperator: true } ? Closing : mail.Outcome;
        }
    }

    /// <summary>Whether others get through by it now.</summary>
    public bool IsSound => gate.IsProven && Closing is null && Pace.Failures == 0;

    /// <summary>Whether the relay has looked at a mail, so that it can be opened for all.</summary>
    public bool Proves(EndedMail mail) => mail.Epoch == Epoch && !OutcomeRule.IsOurs(mail.Outcome);

    /// <summary>It was closed: the next mail that goes by it goes alone.</summary>
    public void Closed()
    {
        Closing = null;
        Pace = Pace.Anew();
        Epoch++;
    }
}
