namespace Syndication.Transports;

/// <summary>
/// One attempt to send one mail: how far it has come, and how long it may still take. Being told to stop ends it at once before the
/// end of the mail may be with the server; after that the answer gets a moment to come, so that fewer mails become uncertain.
/// </summary>
internal sealed class SmtpAttempt : IDisposable
{
    /// <summary>RFC 5321 section 4.5.3.2 gives the answer to a whole mail ten minutes, others two to five.</summary>
    private const int FinalPatience = 5;

    /// <summary>How long an answer is waited for once we are told to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _stopping;
    private bool _isStopped;

    /// <param name="timeout">For each answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">See <see cref="ITransport.SendAsync"/>.</param>
    public SmtpAttempt(TimeSpan timeout, TimeProvider time, CancellationToken stop)
    {
        Timeout = timeout;
        _stop = stop;
        _end = new CancellationTokenSource(timeout, time);
        _stopping = stop.Register(Stop);
    }

    public SmtpPhase Phase { get; private set; }

    /// <summary>For each answer.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>For everything that is waited for.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Why <see cref="Token"/> was cancelled.</summary>
    public SmtpFailure EndReason => _stop.IsCancellationRequested ? SmtpFailure.Stopped : SmtpFailure.TimedOut;

    /// <summary>The conversation has got so far: the time for an answer begins anew.</summary>
    /// <exception cref="OperationCanceledException">It is over already, and nothing of the new phase may begin.</exception>
    public void Enter(SmtpPhase phase)
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                throw new OperationCanceledException();
            }

            Token.ThrowIfCancellationRequested();
            Phase = phase;
            _end.CancelAfter(phase == SmtpPhase.FinalDot ? FinalPatience * Timeout : Timeout);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _end.Dispose();
    }

    private void Stop()
    {
        lock (_lock)
        {
            if (Phase == SmtpPhase.FinalDot)
            {
                _end.CancelAfter(Grace);
                return;
            }

            _isStopped = true;
        }

        _end.Cancel();
    }
}
