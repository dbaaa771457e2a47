using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// Makes the mail of a row: the variant's text, prepared once, and the reader's own places in it. For any number of threads.
/// </summary>
internal sealed class MailSource(VariantTexts texts, TokenKeys keys, MailOptions mail)
{
    private readonly LastUsed<string, PreparedVariant> _prepared = new(VariantTexts.KeptAtHand);

    /// <param name="delivery">The row.</param>
    /// <param name="reader">Whose it is.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<MailDraft> DraftAsync(ClaimedDelivery delivery, Subscriber reader, CancellationToken stop)
    {
        try
        {
            if (await texts.GetAsync(delivery.EditionId, delivery.Variant, stop) is not VariantText text)
            {
                return new MailDraft(DraftVerdict.Wait, Reason: "its posts are not read yet, or a file of theirs is missing or cannot be read");
            }

            if (text.Text is null)
            {
                return new MailDraft(DraftVerdict.Withdraw);
            }

            if (!_prepared.TryGet(text.Key, out PreparedVariant? prepared))
            {
                prepared = MailComposer.Prepare(text.Text, text.Site, text.Newsletter, text.Edition.Slot, MailKind.Edition);
                _prepared.Set(text.Key, prepared);
            }

            string? returnPath = mail.ReturnPath is string all ? ReturnAddress.Of(all, keys, reader.Uuid, delivery.EditionId) : null;
            return Addressed(prepared, reader, SubscriberLinks.Unsubscribe(text.Site.Url, keys, reader.Uuid), returnPath, delivery.Dated ?? text.Edition.Slot) with { Text = text };
        }
        catch (DataFormatException e)
        {
            return new MailDraft(DraftVerdict.Wait, Reason: e.Message);
        }
        catch (Exception e) when (e is not StorageException)
        {
            // One text that cannot be made must not hold up all that is due after it.
            return new MailDraft(
                DraftVerdict.Wait,
                Reason: OneLine.Of($"edition {delivery.EditionId}, variant {delivery.Variant} cannot be written: {e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>Whether a post of a mail was withdrawn since the mail was made.</summary>
    public bool IsOutdated(MailDraft draft) => draft.Text is VariantText text && texts.HasWithdrawn(text);

    private static MailDraft Addressed(PreparedVariant prepared, Subscriber reader, Uri unsubscribe, string? returnPath, DateTimeOffset date)
    {
        try
        {
            return new MailDraft(DraftVerdict.Send, prepared.To(reader, unsubscribe, returnPath, date));
        }
        catch (DataFormatException e)
        {
            return new MailDraft(DraftVerdict.Fail, Reason: e.Message);
        }
    }
}
