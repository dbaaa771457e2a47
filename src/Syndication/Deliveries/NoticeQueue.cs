using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>Notices: to an address, or to a subscriber who was neither erased nor suppressed.</summary>
internal sealed class NoticeQueue(NoticeStore notices, SubscriberStore subscribers, NoticeComposer composer, Sender sender, MailOptions mail) : IMailQueue<ClaimedNotice>
{
    public QueueStore Rows => notices.Rows;

    public Task<ImmutableArray<ClaimedNotice>> ClaimAsync(string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop) =>
        notices.ClaimAsync(owner, now, until, limit, stop);

    public LeasedRow RowOf(ClaimedNotice mail) => mail.Row;

    public long? EditionOf(ClaimedNotice mail) => null;

    public async Task<ImmutableArray<MailDraft>> DraftAsync(ImmutableArray<ClaimedNotice> wave, CancellationToken stop)
    {
        ImmutableDictionary<long, Subscriber> readers =
            (await subscribers.FindForSendingAsync([.. wave.Select(n => n.Notice.SubscriberId).OfType<long>()], stop)).ToImmutableDictionary(s => s.Id);
        return [.. wave.Select(n => Draft(n, n.Notice.SubscriberId is long id ? readers.GetValueOrDefault(id) : null))];
    }

    public Task<WavePermit> PermitAsync(DbTransaction transaction, ImmutableArray<ClaimedNotice> wave, CancellationToken stop) =>
        Task.FromResult(new WavePermit(wave.Select(n => n.Row.Id).ToHashSet(), new HashSet<long>()));

    public Task OweAsync(DbTransaction transaction, ImmutableArray<ClaimedNotice> expired, CancellationToken stop) => Task.CompletedTask;

    private MailDraft Draft(ClaimedNotice claimed, Subscriber? reader)
    {
        if (claimed.Notice.SubscriberId is not null && reader is not { Status: not (SubscriberStatus.Erased or SubscriberStatus.Suppressed) })
        {
            return new MailDraft(DraftVerdict.Withdraw);
        }

        if (sender.Current is not (SiteDefinition site, Newsletter newsletter))
        {
            return new MailDraft(DraftVerdict.Wait, Reason: "the posts are not read yet");
        }

        PreparedVariant prepared;
        try
        {
            prepared = composer.Prepare(claimed, site, newsletter);
        }
        catch (DataFormatException e)
        {
            return new MailDraft(DraftVerdict.Wait, Reason: e.Message);
        }
        catch (Exception e) when (e is not StorageException)
        {
            return new MailDraft(DraftVerdict.Wait, Reason: OneLine.Of($"notice '{claimed.Notice.Subject}' cannot be written: {e.GetType().Name}: {e.Message}"));
        }

        try
        {
            // Without a token: there is no edition to name, and often no subscriber; what comes back names the mail by its Message-ID.
            return new MailDraft(
                DraftVerdict.Send, reader is not null ? prepared.To(reader, null, mail.ReturnPath) : prepared.To(claimed.Notice.Address ?? "", mail.ReturnPath));
        }
        catch (DataFormatException e)
        {
            return new MailDraft(DraftVerdict.Fail, Reason: e.Message);
        }
    }
}
