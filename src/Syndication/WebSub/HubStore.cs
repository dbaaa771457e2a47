using System.Collections.Immutable;
using Dapper;
using Syndication.Storage;

namespace Syndication.WebSub;

/// <summary>Keeps who subscribed to which feed, until when, and what they were sent last.</summary>
internal sealed class HubStore(Database database)
{
    /// <summary>How many others there are.</summary>
    private const string Count = """
        select count(*) as every, count(case when host = @host then 1 end) as OfHost
        from websub_subscriptions where not (callback = @callback and topic = @topic) and lease_until > @now
        """;

    /// <summary>A lease is renewed without forgetting what is owed.</summary>
    private const string Subscribe = """
        insert into websub_subscriptions (callback, topic, host, secret, lease_until, done, attempts)
        values (@callback, @topic, @host, @secret, @until, @version, 0)
        on conflict (callback, topic) do update set secret = excluded.secret, lease_until = excluded.lease_until
        """;

    private const string Unsubscribe = "delete from websub_subscriptions where callback = @callback and topic = @topic";

    private const string List = $"select id, callback, topic, secret, {EffortRow.Columns} from websub_subscriptions where lease_until > @now order by id";

    private const string EndLeases = "delete from websub_subscriptions where lease_until <= @now";

    private readonly string _save = $"""
        update websub_subscriptions set done = kept.done, version = kept.version, attempts = kept.attempts, last_try = kept.last_try, due_at = kept.due_at
        from (
          select cast(value ->> 0 as bigint) as id, value ->> 1 as done, value ->> 2 as version,
            cast(value ->> 3 as bigint) as attempts, cast(value ->> 4 as bigint) as last_try, cast(value ->> 5 as bigint) as due_at
          from {database.Dialect.Rows}
        ) kept
        where websub_subscriptions.id = kept.id
        """;

    private readonly string _end = $"delete from websub_subscriptions where id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})";

    /// <summary>How many there are beside the one that is asked for.</summary>
    public Task<HubCounts> CountAsync(HubRequest request, DateTimeOffset now, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            object of = new { host = request.Callback.IdnHost, callback = request.Callback.AbsoluteUri, topic = request.Topic, now = UnixMicroseconds.Of(now) };
            (long all, long ofHost) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(Count, of, cancellationToken: stop));
            return new HubCounts(all, ofHost);
        },
        stop);

    /// <summary>Makes what was asked for so.</summary>
    public Task<int> ApplyAsync(HubRequest request, DateTimeOffset now, CancellationToken stop) => ExecuteAsync(
        request.Mode == HubMode.Subscribe ? Subscribe : Unsubscribe,
        new
        {
            callback = request.Callback.AbsoluteUri,
            topic = request.Topic,
            host = request.Callback.IdnHost,
            secret = request.Secret,
            until = UnixMicroseconds.Of(now + request.Lease),
            version = request.Version,
        },
        stop);

    /// <summary>Those whose lease has not ended.</summary>
    public Task<ImmutableArray<HubSubscription>> ListAsync(DateTimeOffset now, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(List, new { now = UnixMicroseconds.Of(now) }, cancellationToken: stop)))
            .Select(r => new HubSubscription(
                r.Id, new Uri(r.Callback), r.Topic, r.Secret, EffortRow.ToEffort(r.Done, r.Version, r.Attempts, r.LastTry, r.DueAt))).ToImmutableArray(),
        stop);

    /// <summary>Keeps how far it has come.</summary>
    public Task<int> SaveAsync(IEnumerable<(long Id, Effort Effort)> efforts, CancellationToken stop) =>
        ExecuteAsync(_save, new { rows = SqlRows.Of(efforts, e => [e.Id, .. EffortRow.Of(e.Effort)]) }, stop);

    public Task<int> EndAsync(IEnumerable<long> ids, CancellationToken stop) =>
        ExecuteAsync(_end, new { rows = SqlRows.Of(ids, id => [id]) }, stop);

    /// <summary>Forgets those whose lease has ended.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndLeasesAsync(DateTimeOffset now, CancellationToken stop) => ExecuteAsync(EndLeases, new { now = UnixMicroseconds.Of(now) }, stop);

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken stop) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop)), stop);

    private sealed record Row(
        long Id, string Callback, string Topic, string? Secret, string? Done, string? Version, long Attempts, long? LastTry, long? DueAt);
}
