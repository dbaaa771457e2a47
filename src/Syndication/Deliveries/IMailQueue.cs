using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;

namespace Syndication.Deliveries;

/// <summary>What differs between the queues that a dispatcher sends from. How rows go out, and what becomes of them, is the same: see <see cref="DispatchRun"/>.</summary>
internal interface IMailQueue
{
    /// <summary>Leases and states.</summary>
    public QueueStore Rows { get; }

    /// <summary>Leases what is due, the oldest first, and reads whom it goes to.</summary>
    /// <param name="owner">Names this process in leases.</param>
    /// <param name="now">When.</param>
    /// <param name="until">The end of the lease.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="blocked">Editions that are passed over.</param>
    /// <param name="stop">Cancels.</param>
    public Task<ImmutableArray<QueuedMail>> ClaimAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IReadOnlyCollection<long> blocked, CancellationToken stop);

    /// <summary>Makes the mail of a row. Safe for any number of callers at once.</summary>
    public Task<MailDraft> DraftAsync(QueuedMail mail, CancellationToken stop);

    /// <summary>What may go on the wire, and what has ended, as the transaction sees it that sets the rest on the wire.</summary>
    public Task<Permit> PermitAsync(DbTransaction transaction, IReadOnlyCollection<StartingMail> mails, CancellationToken stop);

    /// <summary>Keeps what those are owed whose mail failed because its time was over, or ended with its edition.</summary>
    public Task OweAsync(DbTransaction transaction, IReadOnlyCollection<QueuedMail> expired, CancellationToken stop);
}

/// <summary>Rows by what may become of them; those in none of the sets wait.</summary>
/// <param name="MayGo">On the wire, now.</param>
/// <param name="Ended">Never again.</param>
/// <param name="Owed">Of those that ended, the ones whose posts are owed if the row was still to be ended.</param>
/// <param name="Moved">To be made anew: for another address than the one the mail was made for, or without a post that was withdrawn since.</param>
internal sealed record Permit(IReadOnlySet<long> MayGo, IReadOnlySet<long> Ended, IReadOnlySet<long> Owed, IReadOnlySet<long> Moved);
