using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>Reads the state that alerts are derived from: a few rows, however much was mailed.</summary>
internal sealed class AlertReader(EditionStore editions, LedgerStore ledger, NoticeStore notices, PauseStore pauses, InstanceWatch instance, MailOptions mail)
{
    /// <summary>Whom alerts are mailed to; null = nobody.</summary>
    public string? Operator => mail.Operator;

    public async Task<AlertFacts> ReadAsync(CancellationToken stop) => new()
    {
        Held = instance.HeldBecause,
        HeldPosts = await editions.Releases.CountAsync(Newsletter.DefaultName, CandidateState.Held, stop),
        MissingPages = await editions.Releases.CountAsync(Newsletter.DefaultName, CandidateState.PageMissing, stop),
        Standing = await editions.StandingAsync(stop),
        Pauses = await pauses.ListAsync(stop),
        Uncertain = await UncertainAsync(mail.Uncertain == UncertainMail.Hold ? 0 : DispatchRules.UncertainAttempts, stop),
    };

    private async Task<(long Mails, DateTimeOffset? Since)> UncertainAsync(int attempts, CancellationToken stop)
    {
        (long mails, DateTimeOffset? first) = await ledger.Rows.CountUncertainAsync(attempts, stop);
        (long others, DateTimeOffset? second) = await notices.Rows.CountUncertainAsync(attempts, stop);
        return (mails + others, first is null || second < first ? second ?? first : first);
    }
}
