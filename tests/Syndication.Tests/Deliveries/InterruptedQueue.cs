using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Deliveries;
using Syndication.Ledger;

namespace Syndication.Tests.Deliveries;

/// <summary>A moment of a row on its way to the wire.</summary>
internal enum RowMoment
{
    BeforeClaim,
    AfterClaim,
    AfterDraft,
}

/// <summary>A queue in which something happens once, after rows were leased, or after mails were made and before they are set on the wire.</summary>
internal sealed class InterruptedQueue(DeliveryQueue queue, RowMoment moment, Func<Task> happens) : IMailQueue
{
    private readonly Lazy<Task> _happened = new(happens);

    public QueueStore Rows => queue.Rows;

    public async Task<ImmutableArray<QueuedMail>> ClaimAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IReadOnlyCollection<long> blocked, CancellationToken stop)
    {
        ImmutableArray<QueuedMail> claimed = await queue.ClaimAsync(owner, now, until, limit, blocked, stop);
        await HappenAsync(RowMoment.AfterClaim);
        return [.. claimed.Cast<QueuedDelivery>().Select(q => q with { Queue = this })];
    }

    public async Task<MailDraft> DraftAsync(QueuedMail mail, CancellationToken stop)
    {
        MailDraft draft = await queue.DraftAsync(mail, stop);
        await HappenAsync(RowMoment.AfterDraft);
        return draft;
    }

    public Task<Permit> PermitAsync(DbTransaction transaction, IReadOnlyCollection<StartingMail> mails, CancellationToken stop) =>
        queue.PermitAsync(transaction, mails, stop);

    public Task OweAsync(DbTransaction transaction, IReadOnlyCollection<QueuedMail> expired, CancellationToken stop) =>
        queue.OweAsync(transaction, expired, stop);

    private Task HappenAsync(RowMoment at) => at == moment ? _happened.Value : Task.CompletedTask;
}
