using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>The runs of refusals under way: one of each transport (RCPT), and one of each edition (DATA). One thread at a time.</summary>
internal sealed class RefusalRuns
{
    private readonly Dictionary<(string Transport, long? Edition), RefusalRun> _runs = [];

    /// <summary>Takes an outcome in; gives the run that it belongs to.</summary>
    /// <param name="outcome">What came of the mail.</param>
    /// <param name="transport">The name of the transport that it went by.</param>
    /// <param name="edition">The mail's edition; null = it is a notice.</param>
    /// <param name="recipient">The mail's recipient.</param>
    /// <param name="row">The mail's row.</param>
    /// <param name="now">When.</param>
    public RefusalRun Add(SendOutcome outcome, string transport, long? edition, string recipient, RefusedRow row, DateTimeOffset now)
    {
        if (outcome.Result == SendResult.Sent)
        {
            if (edition is not null)
            {
                Set(transport, edition, RefusalRun.AfterSuccess(now));
            }

            return Set(transport, null, RefusalRun.AfterSuccess(now));
        }

        long? of = outcome.Scope == OutcomeScope.Message ? edition : null;
        bool counts = outcome is { IsPolicy: true, Result: SendResult.Deferred } && (edition is not null || outcome.Scope == OutcomeScope.Recipient);
        return counts ? Set(transport, of, Of(transport, of).Refused(recipient, row)) : Of(transport, of);
    }

    /// <summary>What had to be done about a run was done.</summary>
    public void Forget(string transport, long? edition) => Set(transport, edition, RefusalRun.Empty);

    /// <summary>The run of an edition's texts by a transport; null = the transport's own.</summary>
    public RefusalRun Of(string transport, long? edition) => _runs.GetValueOrDefault((transport, edition), RefusalRun.Empty);

    private RefusalRun Set(string transport, long? edition, RefusalRun run)
    {
        _runs[(transport, edition)] = run;
        return run;
    }
}
