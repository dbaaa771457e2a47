using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>The runs of refusals under way: one of the transport (RCPT), and one of each edition (DATA). One thread at a time.</summary>
internal sealed class RefusalRuns
{
    private readonly Dictionary<long, RefusalRun> _editions = [];
    private RefusalRun _transport = RefusalRun.Empty;

    /// <summary>Takes an outcome in; gives the run that it belongs to.</summary>
    /// <param name="outcome">What came of the mail.</param>
    /// <param name="edition">The mail's edition; null = it is a notice.</param>
    /// <param name="recipient">The mail's recipient.</param>
    /// <param name="row">The mail's row.</param>
    /// <param name="now">When.</param>
    public RefusalRun Add(SendOutcome outcome, long? edition, string recipient, RefusedRow row, DateTimeOffset now)
    {
        if (outcome.Result == SendResult.Sent)
        {
            Set(edition, RefusalRun.AfterSuccess(now));
            return Set(null, RefusalRun.AfterSuccess(now));
        }

        long? of = outcome.Scope == OutcomeScope.Message ? edition : null;
        bool counts = outcome is { IsPolicy: true, Result: SendResult.Deferred } && (edition is not null || outcome.Scope == OutcomeScope.Recipient);
        return counts ? Set(of, Of(of).Refused(recipient, row)) : Of(of);
    }

    /// <summary>What had to be done about a run was done.</summary>
    public void Forget(long? edition) => Set(edition, RefusalRun.Empty);

    /// <summary>The run of an edition; null = the transport's.</summary>
    public RefusalRun Of(long? edition) => edition is long id ? _editions.GetValueOrDefault(id, RefusalRun.Empty) : _transport;

    private RefusalRun Set(long? edition, RefusalRun run)
    {
        if (edition is long id)
        {
            _editions[id] = run;
        }
        else
        {
            _transport = run;
        }

        return run;
    }
}
