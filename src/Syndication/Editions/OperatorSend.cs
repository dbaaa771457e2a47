using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>What came of the operator's word to send something now.</summary>
internal enum SendingResult
{
    /// <summary>Its edition is open, and goes out as soon as somebody plans and dispatches it.</summary>
    Open,

    /// <summary>The post was released before, and its edition is not sent to its end.</summary>
    UnderWay,

    /// <summary>The post had its edition: it is mailed once.</summary>
    MailedBefore,

    /// <summary>The post is in an edition that waits for approval, together with others.</summary>
    InHeldEdition,

    /// <summary>The digest would be empty for everybody.</summary>
    Nothing,
}

/// <param name="Result">What came of it.</param>
/// <param name="Edition">The edition that is to be sent, held, or under way.</param>
internal sealed record Sending(SendingResult Result, Edition? Edition);

/// <summary>
/// Opens what the operator wants to go now, whatever it waits for. It writes rows, each time in one transaction; that each reader
/// gets each post once is up to marks and keys, as ever.
/// </summary>
internal sealed class OperatorSend(Database database, EditionStore editions, LedgerStore ledger)
{
    /// <summary>Releases a post and opens its edition, past approval too; one that is held takes it in instead.</summary>
    public async Task<Sending> PostAsync(Newsletter newsletter, Post post, DateTimeOffset now, CancellationToken stop)
    {
        Edition? held = await editions.HeldAsync(newsletter.Name, Cadence.EachPost, stop);
        bool isNew = await database.WriteAsync(
            async transaction =>
            {
                if (await ReleaseStore.ReleaseAsync(transaction, newsletter.Name, new News(post, null), EditionMaker.TopicsOf(post), now, stop) is not Release release)
                {
                    return false;
                }

                Edition edition = New(newsletter, Cadence.EachPost, post.Id, now, release.Number, release.ReleasedAt);
                if (held is null || !await EditionStore.MergeAsync(transaction, held.Id, edition, stop))
                {
                    held = null;
                    await EditionStore.OpenAsync(transaction, edition, stop);
                }

                return true;
            },
            stop);
        if (isNew && held is not null)
        {
            return new Sending(SendingResult.InHeldEdition, held);
        }

        Edition? edition = await editions.FindAsync(newsletter.Name, Cadence.EachPost, post.Id, stop);
        return isNew ? new Sending(SendingResult.Open, edition)
            : edition is not null && await IsUnderWayAsync(edition, stop) ? new Sending(SendingResult.UnderWay, edition)
            : new Sending(SendingResult.MailedBefore, null);
    }

    /// <summary>
    /// Opens a digest with what its readers have not got, or lets the held one go with that. It has a key of its own beside the
    /// slot's: the slots of the day, and what is released after this, stay as they are.
    /// </summary>
    public async Task<Sending> DigestAsync(Newsletter newsletter, Cadence cadence, TimeZoneInfo zone, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<Release> releases = await editions.Releases.AllAsync(newsletter.Name, stop);
        if (await DigestForecast.OfAsync(new AudienceStore(database), newsletter.Name, cadence, releases, now, stop) is { Readers: 0 })
        {
            return new Sending(SendingResult.Nothing, null);
        }

        long upto = releases.IsEmpty ? 0 : releases[^1].Number;
        Edition? held = await editions.HeldAsync(newsletter.Name, cadence, stop);
        string? key = await database.WriteAsync(
            async transaction =>
            {
                if (held is not null && await EditionStore.MergeAsync(transaction, held.Id, New(newsletter, cadence, held.Key, now, upto, now), stop))
                {
                    await EditionStore.MoveAsync(transaction, held.Id, EditionStatus.Held, EditionStatus.Planning, stop);
                    return held.Key;
                }

                for (int i = 1; ; i++)
                {
                    string extra = SlotPlanner.ExtraKeyOf(now, zone, i);
                    if (await EditionStore.OpenAsync(transaction, New(newsletter, cadence, extra, now, upto, now), stop))
                    {
                        return extra;
                    }
                }
            },
            stop);
        return new Sending(SendingResult.Open, await editions.FindAsync(newsletter.Name, cadence, key, stop));
    }

    private async Task<bool> IsUnderWayAsync(Edition edition, CancellationToken stop) =>
        edition.Status == EditionStatus.Planning || (edition.Status == EditionStatus.Planned && (await ledger.WaitingAsync(edition.Id, stop)).Mails > 0);

    private static Edition New(Newsletter newsletter, Cadence cadence, string key, DateTimeOffset slot, long upto, DateTimeOffset now) =>
        EditionMaker.New(newsletter, cadence, key, slot, upto, now) with { Status = EditionStatus.Planning };
}
