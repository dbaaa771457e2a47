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
internal sealed class NoticeQueue(NoticeStore notices, SubscriberStore subscribers, NoticeComposer composer, Sender sender, MailOptions mail) : IMailQueue
{
    private static readonly HashSet<long> Nothing = [];

    public QueueStore Rows => notices.Rows;

    public async Task<ImmutableArray<QueuedMail>> ClaimAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IReadOnlyCollection<long> blocked, CancellationToken stop)
    {
        ImmutableArray<ClaimedNotice> claimed = await notices.ClaimAsync(owner, now, until, limit, stop);
        long[] ids = [.. claimed.Select(n => n.Notice.SubscriberId).OfType<long>()];
        ImmutableDictionary<long, Subscriber> readers = ids.Length == 0
            ? ImmutableDictionary<long, Subscriber>.Empty
            : (await subscribers.FindForSendingAsync(ids, stop)).ToImmutableDictionary(s => s.Id);
        return [.. claimed.Select(n => new QueuedNotice(this, n, n.Notice.SubscriberId is long id ? readers.GetValueOrDefault(id) : null))];
    }

    public Task<MailDraft> DraftAsync(QueuedMail mail, CancellationToken stop) =>
        Task.FromResult(mail is QueuedNotice queued ? Draft(queued.Notice, queued.Reader) : new MailDraft(DraftVerdict.Withdraw));

    public Task<Permit> PermitAsync(DbTransaction transaction, IReadOnlyCollection<StartingMail> mails, CancellationToken stop) =>
        Task.FromResult(new Permit(mails.Select(m => m.Queued.Row.Id).ToHashSet(), Nothing, Nothing, Nothing));

    public Task OweAsync(DbTransaction transaction, IReadOnlyCollection<QueuedMail> expired, CancellationToken stop) => Task.CompletedTask;

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
