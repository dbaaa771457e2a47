using System.Collections.Concurrent;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>What is to become of a row before it goes on the wire.</summary>
internal enum DraftVerdict
{
    Send,

    /// <summary>Not now: its posts or templates cannot be read at the moment.</summary>
    Wait,

    /// <summary>Never: all of its posts were withdrawn.</summary>
    Withdraw,
}

/// <summary>A row's mail, or why there is none.</summary>
internal sealed record MailDraft(DraftVerdict Verdict, OutgoingMail? Mail = null, string? Reason = null);

/// <summary>
/// Makes the mail of a row: the variant's text, prepared once, and the reader's own places in it. For any number of threads.
/// </summary>
internal sealed class MailSource(EditionStore editions, VariantTexts texts, TokenKeys keys)
{
    private readonly ConcurrentDictionary<string, PreparedVariant> _prepared = new(StringComparer.Ordinal);

    /// <param name="delivery">The row.</param>
    /// <param name="reader">Whose it is.</param>
    /// <param name="newsletter">The newsletter as configured now.</param>
    /// <param name="catalog">The posts of the moment; null or unsettled = wait.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<MailDraft> DraftAsync(ClaimedDelivery delivery, Subscriber reader, Newsletter newsletter, PostCatalog? catalog, CancellationToken stop)
    {
        if (catalog is not { IsSettled: true } || await editions.FindAsync(delivery.EditionId, stop) is not Edition edition)
        {
            return new MailDraft(DraftVerdict.Wait, Reason: "the posts are not read yet");
        }

        try
        {
            VariantText text = await texts.GetAsync(edition, delivery.Variant, newsletter, catalog, stop);
            if (text.Text is null)
            {
                return new MailDraft(DraftVerdict.Withdraw);
            }

            PreparedVariant prepared = _prepared.GetOrAdd(
                text.Key, _ => MailComposer.Prepare(text.Text, catalog.Site, newsletter, edition.Slot, MailKind.Edition));
            Uri unsubscribe = SiteUrls.Absolute(catalog.Site, "unsubscribe/" + SignedToken.ForUnsubscribing(keys, reader.Uuid));
            return new MailDraft(DraftVerdict.Send, prepared.To(reader, unsubscribe));
        }
        catch (DataFormatException e)
        {
            return new MailDraft(DraftVerdict.Wait, Reason: e.Message);
        }
    }
}
