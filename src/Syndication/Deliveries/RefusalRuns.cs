using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// The runs of refusals under way: of each transport (RCPT), and of each edition (DATA), one as against a policy, and one of each answer
/// that failed its recipients for good. One thread at a time.
/// </summary>
internal sealed class RefusalRuns
{
    private const int MostSpared = 100_000;

    private readonly Dictionary<(string Transport, long? Edition, string? Answer), RefusalRun> _runs = [];
    private readonly HashSet<RefusedRow> _spared = [];

    /// <summary>Takes an outcome in; gives the run that it belongs to.</summary>
    /// <param name="outcome">What came of the mail.</param>
    /// <param name="transport">The name of the transport that it went by.</param>
    /// <param name="recipient">The mail's recipient.</param>
    /// <param name="row">The mail's row.</param>
    /// <param name="now">When.</param>
    public RefusalRun Add(SendOutcome outcome, string transport, string recipient, RefusedRow row, DateTimeOffset now)
    {
        if (outcome.Result == SendResult.Sent)
        {
            foreach ((string Transport, long? Edition, string? Answer) ended in _runs.Keys.Where(k => k.Transport == transport && k.Answer is not null && (k.Edition is null || k.Edition == row.Edition)).ToList())
            {
                _runs.Remove(ended);
            }

            if (row.Edition is not null)
            {
                _runs[(transport, row.Edition, null)] = RefusalRun.AfterSuccess(now);
            }

            return _runs[(transport, null, null)] = RefusalRun.AfterSuccess(now);
        }

        (string, long?, string?) key = KeyOf(outcome, transport, row.Edition);
        RefusalRun run = _runs.GetValueOrDefault(key, RefusalRun.Empty);
        bool counts = OutcomeRule.IsForRun(outcome) && (row.Edition is not null || outcome.Scope == OutcomeScope.Recipient);
        return counts ? _runs[key] = run.Refused(recipient, row) : run;
    }

    /// <summary>What had to be done about a run was done. Gives the rows that are to begin anew: each that failed once only, so that it ends.</summary>
    public IReadOnlyList<RefusedRow> Forget(SendOutcome refusal, string transport, long? edition)
    {
        RefusalRun run = Of(refusal, transport, edition);
        _runs[KeyOf(refusal, transport, edition)] = RefusalRun.Empty;
        if (_spared.Count > MostSpared)
        {
            _spared.Clear();
        }

        return refusal.Result == SendResult.Rejected ? [.. run.Rows.Where(_spared.Add)] : [.. run.Rows];
    }

    /// <summary>The run that a refusal belongs to.</summary>
    public RefusalRun Of(SendOutcome refusal, string transport, long? edition) => _runs.GetValueOrDefault(KeyOf(refusal, transport, edition), RefusalRun.Empty);

    /// <summary>The run of policy refusals, which knows when a mail was taken last.</summary>
    public RefusalRun OfPolicy(string transport, long? edition) => _runs.GetValueOrDefault((transport, edition, null), RefusalRun.Empty);

    /// <summary>Texts of answers differ by address; codes do not. Where we refuse a text ourselves, there is none.</summary>
    private static (string Transport, long? Edition, string? Answer) KeyOf(SendOutcome outcome, string transport, long? edition) => (
        transport,
        outcome.Scope == OutcomeScope.Message ? edition : null,
        outcome.Result != SendResult.Rejected ? null : outcome.Code is null ? outcome.Text : $"{outcome.Code} {outcome.EnhancedCode}");
}
