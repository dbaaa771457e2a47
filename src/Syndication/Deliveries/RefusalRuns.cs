using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// The runs of refusals under way: of each transport (RCPT), and of each edition (DATA), one as against a policy, and one of each answer
/// that failed its recipients for good. One thread at a time.
/// </summary>
internal sealed class RefusalRuns
{
    /// <summary>Editions of which runs are remembered, those where something happened last. Where one is forgotten nobody is blamed before a mail of it was taken.</summary>
    public const int MostEditions = 1000;

    private const int MostSpared = 100_000;

    private readonly Dictionary<(string Transport, long? Edition), OwnRuns> _runs = [];
    private readonly HashSet<RefusedRow> _spared = [];
    private long _turn;

    /// <summary>Of how many editions, by each transport, and transports runs are remembered.</summary>
    public int Count => _runs.Count;

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
            RefusalRun anew = RefusalRun.AfterSuccess(now);
            if (row.Edition is not null)
            {
                Take(transport, row.Edition).Succeed(anew);
            }

            Take(transport, null).Succeed(anew);
            return anew;
        }

        RefusalRun run = Of(outcome, transport, row.Edition);
        if (OutcomeRule.IsForRun(outcome) && (row.Edition is not null || outcome.Scope == OutcomeScope.Recipient))
        {
            run = run.Refused(recipient, row);
            Set(outcome, transport, row.Edition, run);
        }

        return run;
    }

    /// <summary>What had to be done about a run was done. Gives the rows that are to begin anew: each that failed once only, so that it ends.</summary>
    public IReadOnlyList<RefusedRow> Forget(SendOutcome refusal, string transport, long? edition)
    {
        RefusalRun run = Of(refusal, transport, edition);
        Set(refusal, transport, edition, RefusalRun.Empty);
        if (_spared.Count > MostSpared)
        {
            _spared.Clear();
        }

        return refusal.Result == SendResult.Rejected ? [.. run.Rows.Where(_spared.Add)] : [.. run.Rows];
    }

    /// <summary>The run that a refusal belongs to.</summary>
    public RefusalRun Of(SendOutcome refusal, string transport, long? edition) =>
        _runs.GetValueOrDefault((transport, EditionOf(refusal, edition)))?[AnswerOf(refusal)] ?? RefusalRun.Empty;

    /// <summary>The run of policy refusals, which knows when a mail was taken last.</summary>
    public RefusalRun OfPolicy(string transport, long? edition) =>
        _runs.GetValueOrDefault((transport, edition))?[null] ?? RefusalRun.Empty;

    private static long? EditionOf(SendOutcome outcome, long? edition) => outcome.Scope == OutcomeScope.Message ? edition : null;

    /// <summary>Texts of answers differ by address; codes do not. Where we refuse a text ourselves, there is none.</summary>
    private static string? AnswerOf(SendOutcome outcome) =>
        outcome.Result != SendResult.Rejected ? null : outcome.Code is null ? outcome.Text : $"{outcome.Code} {outcome.EnhancedCode}";

    private void Set(SendOutcome refusal, string transport, long? edition, RefusalRun run) => Take(transport, EditionOf(refusal, edition))[AnswerOf(refusal)] = run;

    private OwnRuns Take(string transport, long? edition)
    {
        if (!_runs.TryGetValue((transport, edition), out OwnRuns? own))
        {
            ForgetOldEditions();
            _runs[(transport, edition)] = own = new OwnRuns();
        }

        own.Turn = ++_turn;
        return own;
    }

    private void ForgetOldEditions()
    {
        if (_runs.Count < MostEditions)
        {
            return;
        }

        foreach ((string, long?) old in _runs.Where(r => r.Key.Edition is not null).OrderByDescending(r => r.Value.Turn).Skip(MostEditions / 2).Select(r => r.Key).ToList())
        {
            _runs.Remove(old);
        }
    }

    /// <summary>The runs of a transport, or of an edition by it.</summary>
    private sealed class OwnRuns
    {
        private readonly Dictionary<string, RefusalRun> _ofAnswers = new(StringComparer.Ordinal);
        private RefusalRun _ofPolicy = RefusalRun.Empty;

        /// <summary>When something happened to it last, in the order of things.</summary>
        public long Turn { get; set; }

        /// <param name="answer">Null = as against a policy.</param>
        public RefusalRun this[string? answer]
        {
            get => answer is null ? _ofPolicy : _ofAnswers.GetValueOrDefault(answer, RefusalRun.Empty);
            set
            {
                if (answer is null)
                {
                    _ofPolicy = value;
                }
                else
                {
                    _ofAnswers[answer] = value;
                }
            }
        }

        public void Succeed(RefusalRun anew)
        {
            _ofPolicy = anew;
            _ofAnswers.Clear();
        }
    }
}
