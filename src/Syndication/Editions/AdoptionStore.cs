using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace Syndication.Editions;

/// <summary>The statements that let newsletters begin anew, for a database that may not know all that was mailed.</summary>
internal static class AdoptionStore
{
    /// <summary>The highest number of each newsletter.</summary>
    private const string Highest = "select newsletter, max(number) as Number from releases group by newsletter order by newsletter";

    /// <summary>Ends editions whose rows are not all made.</summary>
    private const string CancelEditions = "update editions set status = 3 where status in (0, 1)";

    /// <summary>What waited for its release may have been mailed already: it is not news any more. Backdated posts stay the operator's.</summary>
    private const string DropCandidates = "update candidates set state = 1 where state not in (1, 2)";

    /// <summary>The next look at the site is again the first: what is there then is not news, and slots count from it.</summary>
    private const string Begin = "delete from newsletters";

    private const string ForgetSlots = "delete from slots";

    public static async Task<ImmutableArray<(string Newsletter, long Number)>> HighestAsync(DbTransaction transaction, CancellationToken stop) =>
        [.. await transaction.Connection!.QueryAsync<(string, long)>(new CommandDefinition(Highest, transaction: transaction, cancellationToken: stop))];

    /// <summary>Gives how many editions were ended, and how many posts are not news any more.</summary>
    public static async Task<(int Editions, int Posts)> AbandonAsync(DbTransaction transaction, CancellationToken stop)
    {
        int editions = await ExecuteAsync(transaction, CancelEditions, stop);
        int posts = await ExecuteAsync(transaction, DropCandidates, stop);
        await ExecuteAsync(transaction, Begin, stop);
        await ExecuteAsync(transaction, ForgetSlots, stop);
        return (editions, posts);
    }

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: stop));
}
