using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>Takes new readers in, one or many, and keeps those away who left.</summary>
internal sealed class EnrolmentStore(Database database)
{
    /// <summary>How many are taken in by one transaction.</summary>
    private const int Chunk = 5_000;

    /// <summary>
    /// Adds those whose address is neither there nor erased. Sorted, so that two nodes never wait for each other. Of a row:
    /// 0 uuid, 1 address, 2 its key, 3 hash, 4 name, 5 time zone, 6 status, 7 now, 8 newsletter, 9 cadence, 10 topics.
    /// </summary>
    private readonly string _addSubscribers = $"""
        insert into subscribers (uuid, address, address_key, name, time_zone, status, status_since)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 4, value ->> 5, cast(value ->> 6 as bigint), cast(value ->> 7 as bigint)
        from {database.Dialect.Rows}
        where not exists (select 1 from erased_addresses e where e.hash = value ->> 3)
        order by 3
        on conflict (address_key) do nothing
        """;

    /// <summary>Subscribes those who were just added, and those who are there and have not left.</summary>
    private readonly string _addSubscriptions = $"""
        insert into subscriptions (subscriber_id, newsletter, cadence, since, topics, pauses)
        select s.id, value ->> 8, cast(value ->> 9 as bigint), cast(value ->> 7 as bigint), value ->> 10, '[]'
        from {database.Dialect.Rows} join subscribers s on s.address_key = value ->> 2
        where s.status in (0, 1) or s.uuid = value ->> 0
        order by s.id
        on conflict (subscriber_id, newsletter) do nothing
        returning subscriber_id
        """;

    /// <summary>Who stands behind each address now.</summary>
    private readonly string _find = $"""
        select distinct s.address_key as AddressKey, s.id, s.status
        from {database.Dialect.Rows} join subscribers s on s.address_key = value ->> 2
        """;

    /// <summary>Lets an erased address be added again.</summary>
    private const string ForgetErased = "delete from erased_addresses where hash = @hash";

    /// <summary>Adds one reader, whose subscription begins now.</summary>
    public async Task<AddOutcome> AddAsync(NewSubscriber added, DateTimeOffset now, CancellationToken stop) =>
        (await AddAllAsync([added], now, stop))[0];

    /// <summary>Adds many, a transaction for each few thousand. Of an address that comes more than once the first counts.</summary>
    /// <returns>What became of each, in their order.</returns>
    public async Task<ImmutableArray<AddOutcome>> AddAllAsync(
        IReadOnlyList<NewSubscriber> added, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<AddOutcome>.Builder outcomes = ImmutableArray.CreateBuilder<AddOutcome>(added.Count);
        foreach (NewSubscriber[] chunk in added.Chunk(Chunk))
        {
            outcomes.AddRange(await database.WriteChunkAsync(transaction => AddChunkAsync(transaction, chunk, now, stop), stop));
        }

        return outcomes.MoveToImmutable();
    }

    /// <summary>Lets an address that was erased be added again, on the reader's own word.</summary>
    public Task<int> ForgetErasureAsync(EmailAddress address, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            string hash = ErasedAddress.Hash(await TokenKeyStore.ErasureKeyAsync(transaction, now, stop), address);
            return await transaction.Connection!.ExecuteAsync(new CommandDefinition(ForgetErased, new { hash }, transaction, cancellationToken: stop));
        },
        stop);

    private async Task<IEnumerable<AddOutcome>> AddChunkAsync(
        DbTransaction transaction, NewSubscriber[] chunk, DateTimeOffset now, CancellationToken stop)
    {
        ImmutableArray<byte> key = await TokenKeyStore.ErasureKeyAsync(transaction, now, stop);
        long instant = UnixMicroseconds.Of(now);
        string rows = SqlRows.Of(chunk.DistinctBy(n => (n.Address.Key, n.Newsletter)), n =>
        [
            Guid.NewGuid().ToString("n"), n.Address.Value, n.Address.Key, ErasedAddress.Hash(key, n.Address), n.Name, n.TimeZone, (long)n.Status,
            instant, n.Newsletter, (long)n.Cadence, SubscriptionJson.Of([.. n.Topics.Select(t => new TopicChoice(t, now))]),
        ]);
        DbConnection connection = transaction.Connection!;
        await connection.ExecuteAsync(Command(_addSubscribers));
        HashSet<long> subscribed = [.. await connection.QueryAsync<long>(Command(_addSubscriptions))];
        Dictionary<string, Row> found = (await connection.QueryAsync<Row>(Command(_find))).ToDictionary(r => r.AddressKey, StringComparer.Ordinal);
        return [.. chunk.Select(n => Outcome(found.GetValueOrDefault(n.Address.Key), subscribed))];

        CommandDefinition Command(string sql) => new(sql, new { rows }, transaction, cancellationToken: stop);
    }

    /// <param name="row">Who stands behind the address, or null.</param>
    /// <param name="subscribed">Who was subscribed by this chunk; each is taken out when it is told, so that a second mention is one too many.</param>
    private static AddOutcome Outcome(Row? row, HashSet<long> subscribed) =>
        row is null ? AddOutcome.Erased
        : subscribed.Remove(row.Id) ? AddOutcome.Added
        : (SubscriberStatus)row.Status switch
        {
            SubscriberStatus.Unsubscribed => AddOutcome.Left,
            SubscriberStatus.Suppressed => AddOutcome.Suppressed,
            _ => AddOutcome.AlreadyThere,
        };

    private sealed record Row(string AddressKey, long Id, long Status);
}
