using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>What `storage adopt --skip` gave up.</summary>
/// <param name="Mails">Mails that waited.</param>
/// <param name="Editions">Editions whose rows were not all made.</param>
/// <param name="Owed">Posts that were owed to somebody, counted for each.</param>
/// <param name="Posts">Posts that waited for their release.</param>
internal sealed record Skipped(int Mails, int Editions, int Owed, int Posts);

/// <summary>Goes on with a database that was put back or copied.</summary>
internal static class Adoption
{
    /// <summary>
    /// Mails nothing that may have been mailed already: everything planned, owed or waiting ends, and only posts that turn up after the
    /// next look at the site are news.
    /// </summary>
    public static Task<Skipped> SkipAsync(
        InstanceWatch instance, LedgerStore ledger, NoticeStore notices, RememberedSite? site, DateTimeOffset now, CancellationToken stop) => instance.AdoptAsync(
        async transaction =>
        {
            (int mails, int owed) = await ledger.AbandonAsync(transaction, await AdoptionStore.HighestAsync(transaction, stop), now, stop);
            mails += await notices.Rows.AbandonAsync(transaction, now, stop);
            (int editions, int posts) = await AdoptionStore.AbandonAsync(transaction, stop);
            return new Skipped(mails, editions, owed, posts);
        },
        site,
        stop);

    /// <summary>Goes on where the database stands.</summary>
    public static Task ResendAsync(InstanceWatch instance, RememberedSite? site, CancellationToken stop) =>
        instance.AdoptAsync(_ => Task.FromResult(true), site, stop);
}
