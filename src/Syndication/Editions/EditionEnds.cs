using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Ledger;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>
/// Closes the account of editions whose mails all have their outcome, and folds the rows of those that ended long ago: what is left of
/// them are counts, and what servers said. Nothing that anyone is sent changes, but that a later correction of their posts reaches
/// nobody of whom it is no longer known that they got them. Each step may be repeated, or be done by two nodes at once.
/// </summary>
internal sealed class EditionEnds(Database database, EditionStore editions, LedgerStore ledger)
{
    private const int ChunkSize = 2000;
    private const int MostReplies = 10;

    /// <summary>Closes what has ended since the last time.</summary>
    /// <returns>The accounts that do not balance: those editions stay open, and nothing of them is folded.</returns>
    public async Task<ImmutableArray<EditionAccount>> CloseAsync(DateTimeOffset now, CancellationToken stop)
    {
        List<EditionAccount> wrong = [];
        foreach (Edition edition in await editions.UnendedAsync(stop))
        {
            if (await database.ReadAsync(connection => EndedStore.AnyWaitingAsync(connection, null, edition.Id, stop), stop))
            {
                continue;
            }

            EditionAccount account = await EditionAccount.OfAsync(ledger, edition, stop);
            if (!account.IsBalanced)
            {
                wrong.Add(account);
                continue;
            }

            await database.WriteAsync(
                async transaction => !await EndedStore.AnyWaitingAsync(transaction.Connection!, transaction, edition.Id, stop)
                    && await EditionStore.EndAsync(transaction, account, now, stop),
                stop);
        }

        return [.. wrong];
    }

    /// <summary>Folds what ended before an instant, chunk by chunk.</summary>
    public async Task FoldAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken stop)
    {
        foreach (Edition edition in await editions.FoldableAsync(before, stop))
        {
            ImmutableArray<DeliveryReply> replies = edition.End!.FoldedAt is null ? await ledger.RepliesAsync(edition.Id, MostReplies, stop) : [];
            while (await database.WriteAsync(transaction => FoldChunkAsync(transaction, edition, replies, now, stop), stop) == ChunkSize)
            {
                // The next chunk is a transaction of its own, so that mail goes on in between.
            }
        }
    }

    private async Task<int> FoldChunkAsync(
        DbTransaction transaction, Edition edition, ImmutableArray<DeliveryReply> replies, DateTimeOffset now, CancellationToken stop) =>
        await editions.FoldAsync(transaction, edition.Id, replies, now, stop) ? await EndedStore.FoldAsync(transaction, edition.Id, ChunkSize, stop) : 0;
}
