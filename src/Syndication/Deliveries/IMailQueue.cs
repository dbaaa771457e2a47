using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;

namespace Syndication.Deliveries;

/// <summary>What differs between the queues that a dispatcher sends from. How rows go out, and what becomes of them, is the same: see <see cref="MailWave"/>.</summary>
/// <typeparam name="T">A leased row.</typeparam>
internal interface IMailQueue<T>
{
    /// <summary>Leases and states.</summary>
    public QueueStore Rows { get; }

    /// <summary>Leases what is due.</summary>
    public Task<ImmutableArray<T>> ClaimAsync(string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop);

    public LeasedRow RowOf(T mail);

    /// <summary>The edition that the mail is of; null for a notice.</summary>
    public long? EditionOf(T mail);

    /// <summary>Makes the mails of a wave, one for each in its order.</summary>
    public Task<ImmutableArray<MailDraft>> DraftAsync(ImmutableArray<T> wave, CancellationToken stop);

    /// <summary>What of a wave may go on the wire, and what has ended, as the transaction sees it that sets the rest on the wire.</summary>
    public Task<WavePermit> PermitAsync(DbTransaction transaction, ImmutableArray<T> wave, CancellationToken stop);

    /// <summary>Keeps what those are owed whose mail failed because its time was over.</summary>
    public Task OweAsync(DbTransaction transaction, ImmutableArray<T> expired, CancellationToken stop);
}

/// <summary>Rows by what may become of them; those in neither set wait.</summary>
internal sealed record WavePermit(IReadOnlySet<long> MayGo, IReadOnlySet<long> Ended);
