using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Ledger;

/// <summary>A row that ended without its mail being sent.</summary>
internal sealed record UnsentDelivery(long Subscriber, long Subscription, int Variant, DeliveryStatus Status);

/// <summary>What becomes of rows that have their outcome: they go again where the operator says so, or are folded. Takes the caller's transaction.</summary>
internal sealed class EndedStore(Database database)
{
    /// <summary>Whether any row of an edition has no outcome.</summary>
    private const string AnyWaiting = """
        select (select count(*) from (select 1 from deliveries where edition = @edition and status in (0, 4) limit 1) as waiting)
          + (select count(*) from (select 1 from deliveries where status in (1, 2) and edition + 0 = @edition limit 1) as sending)
        """;

    /// <summary>A chunk of the rows of an edition that failed or were cancelled, of those who are readers now.</summary>
    private const string Unsent = """
        select d.subscriber, d.subscription, d.variant, d.status from deliveries d cross join subscribers s
        where s.id = d.subscriber and s.status = 1 and d.edition = @edition and d.subscriber > @after and d.status in (5, 6)
        order by d.subscriber limit @limit
        """;

    /// <summary>What some subscriptions are owed.</summary>
    private readonly string _owed = $"""
        select subscription, number from owed where subscription in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
        """;

    /// <summary>Rows begin anew, as if they had not been tried; the Message-ID is the same, since nothing goes into it that changes.</summary>
    private readonly string _goAgain = $"""
        update deliveries set status = {(int)DeliveryStatus.Queued}, due_at = @now, attempts = 0, first_attempt = null, reply = null, dated = @now, changed_at = @now
        where edition = @edition and status in ({(int)DeliveryStatus.Failed}, {(int)DeliveryStatus.Cancelled})
          and subscriber in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
        """;

    private const string Fold = """
        delete from deliveries where id in (select id from deliveries where edition = @edition order by subscriber limit @limit)
        """;

    private const string FoldPace = "delete from pace where edition = @edition";

    public static async Task<bool> AnyWaitingAsync(DbConnection connection, DbTransaction? transaction, long edition, CancellationToken stop) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(AnyWaiting, new { edition }, transaction, cancellationToken: stop)) > 0;

    /// <summary>Rows that were not sent, in the order of subscribers; fewer than the limit at the end.</summary>
    public static async Task<IReadOnlyList<UnsentDelivery>> UnsentAsync(DbTransaction transaction, long edition, long after, int limit, CancellationToken stop) =>
        [.. (await transaction.Connection!.QueryAsync<(long Subscriber, long Subscription, long Variant, long Status)>(
                new CommandDefinition(Unsent, new { edition, after, limit }, transaction, cancellationToken: stop)))
            .Select(d => new UnsentDelivery(d.Subscriber, d.Subscription, (int)d.Variant, (DeliveryStatus)d.Status))];

    /// <summary>What some subscriptions are owed.</summary>
    public async Task<ILookup<long, long>> OwedAsync(DbTransaction transaction, IEnumerable<long> subscriptions, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<(long Subscription, long Number)>(
            new CommandDefinition(_owed, new { rows = SqlRows.Of(subscriptions, s => [s]) }, transaction, cancellationToken: stop)))
            .ToLookup(o => o.Subscription, o => o.Number);

    /// <summary>Queues rows that failed or were cancelled once more. Gives how many.</summary>
    public Task<int> GoAgainAsync(DbTransaction transaction, long edition, IEnumerable<long> subscribers, DateTimeOffset now, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            _goAgain, new { edition, rows = SqlRows.Of(subscribers, s => [s]), now = UnixMicroseconds.Of(now) }, transaction, cancellationToken: stop));

    /// <summary>Takes some rows of an edition out of the ledger; 0 when there were none.</summary>
    public static async Task<int> FoldAsync(DbTransaction transaction, long edition, int limit, CancellationToken stop)
    {
        int folded = await transaction.Connection!.ExecuteAsync(new CommandDefinition(Fold, new { edition, limit }, transaction, cancellationToken: stop));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(FoldPace, new { edition }, transaction, cancellationToken: stop));
        return folded;
    }
}
