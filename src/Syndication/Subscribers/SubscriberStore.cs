using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>What became of asking for another status.</summary>
internal enum StatusMove
{
    Moved,

    /// <summary>It was so before.</summary>
    AlreadySo,

    /// <summary>The table of <see cref="SubscriberStates"/> has no such move.</summary>
    Refused,

    /// <summary>There is no such subscriber.</summary>
    Missing,
}

/// <summary>Who the readers are and whether they are mailed. New ones come in through <see cref="EnrolmentStore"/>.</summary>
internal sealed class SubscriberStore(Database database)
{
    private const string ById = $"select {SubscriberRow.Columns} from subscribers s where s.id = @id";

    private const string ByUuid = $"select {SubscriberRow.Columns} from subscribers s where s.uuid = @uuid";

    private const string ByAddress = $"select {SubscriberRow.Columns} from subscribers s where s.address_key = @key";

    /// <summary>Many at once, for the dispatcher.</summary>
    private readonly string _byIds = $"""
        select {SubscriberRow.Columns} from subscribers s
        where s.id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
        order by s.id
        """;

    /// <summary>Which of some subscribers are active, and where.</summary>
    private readonly string _active = $"""
        select id, address from subscribers where status = 1 and id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
        """;

    /// <summary>A chunk of the subscriptions of all that are not erased, after an id.</summary>
    private const string Page = $"""
        select {SubscriberRow.Columns}, {SubscriptionRow.Columns}
        from subscriptions n join subscribers s on s.id = n.subscriber_id
        where n.id > @after and s.status <> 4
        order by n.id
        limit @limit
        """;

    /// <summary>Changes the status, unless somebody else did since it was read.</summary>
    private const string Move = """
        update subscribers set status = @to, status_since = @now
        where id = @id and status = @from and status_since = @since
        """;

    /// <summary>Takes away whatever says who it was. The uuid stays, so that links in old mails have an answer.</summary>
    private const string Anonymise = "update subscribers set address = '', address_key = null, name = null, time_zone = null where id = @id";

    /// <summary>Remembers that this address is not to come back.</summary>
    private const string RememberErased = """
        insert into erased_addresses (hash, erased_at) values (@hash, @now)
        on conflict (hash) do nothing
        """;

    public Task<Subscriber?> FindAsync(long id, CancellationToken stop) => FindAsync(ById, new { id }, stop);

    public Task<Subscriber?> FindAsync(Guid uuid, CancellationToken stop) => FindAsync(ByUuid, new { uuid = uuid.ToString("n") }, stop);

    public Task<Subscriber?> FindAsync(EmailAddress address, CancellationToken stop) => FindAsync(ByAddress, new { key = address.Key }, stop);

    /// <summary>Those of these subscribers that are there, ordered by id, whatever their status.</summary>
    public Task<ImmutableArray<Subscriber>> FindForSendingAsync(IReadOnlyCollection<long> subscriberIds, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            string ids = SqlRows.Of(subscriberIds, id => [id]);
            IEnumerable<SubscriberRow> rows = await connection.QueryAsync<SubscriberRow>(
                new CommandDefinition(_byIds, new { rows = ids }, cancellationToken: stop));
            return rows.Select(r => r.ToSubscriber()).ToImmutableArray();
        },
        stop);

    /// <summary>The addresses of those that are active, as the transaction sees it: asked in the commit that sets their mail on the wire.</summary>
    public async Task<IReadOnlyDictionary<long, string>> ActiveAsync(DbTransaction transaction, IEnumerable<long> subscriberIds, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<(long Id, string Address)>(new CommandDefinition(
            _active, new { rows = SqlRows.Of(subscriberIds.Distinct(), id => [id]) }, transaction, cancellationToken: stop))).ToDictionary(s => s.Id, s => s.Address);

    /// <summary>
    /// Each subscription of all but the erased, ordered by its id. Call again with the last id until fewer than the limit come back.
    /// </summary>
    public Task<ImmutableArray<SubscriberEntry>> ListAsync(long afterSubscriptionId, int limit, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            IEnumerable<SubscriberEntry> entries = await connection.QueryAsync<SubscriberRow, SubscriptionRow, SubscriberEntry>(
                new CommandDefinition(Page, new { after = afterSubscriptionId, limit }, cancellationToken: stop),
                (who, what) => new SubscriberEntry(who.ToSubscriber(), what.ToSubscription()));
            return entries.ToImmutableArray();
        },
        stop);

    /// <summary>
    /// Changes the status where the table allows it. Who comes back after having left gets nothing of what was released meanwhile, and
    /// a subscription that waited to be confirmed begins now.
    /// </summary>
    public Task<StatusMove> ChangeStatusAsync(long id, SubscriberStatus to, DateTimeOffset now, CancellationToken stop) =>
        to == SubscriberStatus.Erased
            ? throw new ArgumentException("Erasing takes more than a status.", nameof(to))
            : database.WriteAsync(async transaction => (await MoveAsync(transaction, id, to, now, stop)).Move, stop);

    /// <summary>Forgets who somebody is and what they chose. A keyed hash of the address stays, so that no import brings them back.</summary>
    public Task<StatusMove> EraseAsync(long id, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            (StatusMove move, SubscriberRow? row) = await MoveAsync(transaction, id, SubscriberStatus.Erased, now, stop);
            if (move == StatusMove.Moved && EmailAddress.Read(row!.Address).Address is EmailAddress address)
            {
                string hash = ErasedAddress.Hash(await TokenKeyStore.ErasureKeyAsync(transaction, now, stop), address);
                await ExecuteAsync(transaction, RememberErased, new { hash, now = UnixMicroseconds.Of(now) }, stop);
                await ExecuteAsync(transaction, Anonymise, new { id }, stop);
                await SubscriptionStore.ChangeAllAsync(transaction, id, s => s with { Topics = [], Pauses = [] }, stop);
            }

            return move;
        },
        stop);

    /// <returns>The row is as it was before.</returns>
    private static async Task<(StatusMove Move, SubscriberRow? Before)> MoveAsync(
        DbTransaction transaction, long id, SubscriberStatus to, DateTimeOffset now, CancellationToken stop)
    {
        while (true)
        {
            SubscriberRow? row = await transaction.Connection!.QuerySingleOrDefaultAsync<SubscriberRow>(
                new CommandDefinition(ById, new { id }, transaction, cancellationToken: stop));
            if (row is null)
            {
                return (StatusMove.Missing, null);
            }

            SubscriberStatus from = (SubscriberStatus)row.Status;
            if (from == to || !SubscriberStates.MayMove(from, to))
            {
                return (from == to ? StatusMove.AlreadySo : StatusMove.Refused, row);
            }

            object move = new { id, to = (long)to, now = UnixMicroseconds.Of(now), from = row.Status, since = row.StatusSince };
            if (await ExecuteAsync(transaction, Move, move, stop) == 1)
            {
                DateTimeOffset since = UnixMicroseconds.ToInstant(row.StatusSince);
                if (to == SubscriberStatus.Active)
                {
                    await SubscriptionStore.ChangeAllAsync(
                        transaction, id, s => from == SubscriberStatus.Pending ? s with { Since = now } : s.Back(since, now), stop);
                }

                return (StatusMove.Moved, row);
            }
        }
    }

    private Task<Subscriber?> FindAsync(string sql, object parameters, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<SubscriberRow>(
            new CommandDefinition(sql, parameters, cancellationToken: stop)))?.ToSubscriber(),
        stop);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));
}
