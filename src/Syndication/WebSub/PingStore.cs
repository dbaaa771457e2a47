using System.Collections.Immutable;
using Dapper;
using Syndication.Storage;

namespace Syndication.WebSub;

/// <summary>A hub and the address of a feed of which it is told.</summary>
internal sealed record HubPing(string Hub, string Topic);

/// <summary>Keeps which version of which feed each hub was told of, so that a restart forgets none that is owed.</summary>
internal sealed class PingStore(Database database)
{
    private const string Load = $"select hub, topic, {EffortRow.Columns} from websub_pings";

    private readonly string _save = $"""
        insert into websub_pings (hub, topic, done, version, attempts, last_try, due_at)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, cast(value ->> 4 as bigint), cast(value ->> 5 as bigint), cast(value ->> 6 as bigint)
        from {database.Dialect.Rows}
        where true
        on conflict (hub, topic) do update set
          done = excluded.done, version = excluded.version, attempts = excluded.attempts, last_try = excluded.last_try, due_at = excluded.due_at
        """;

    public Task<ImmutableDictionary<HubPing, Effort>> LoadAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(Load, cancellationToken: stop)))
            .ToImmutableDictionary(r => new HubPing(r.Hub, r.Topic), r => EffortRow.ToEffort(r.Done, r.Version, r.Attempts, r.LastTry, r.DueAt)),
        stop);

    public Task<int> SaveAsync(IEnumerable<(HubPing Ping, Effort Effort)> pings, CancellationToken stop)
    {
        object rows = new { rows = SqlRows.Of(pings, p => [p.Ping.Hub, p.Ping.Topic, .. EffortRow.Of(p.Effort)]) };
        return database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(_save, rows, transaction, cancellationToken: stop)), stop);
    }

    private sealed record Row(string Hub, string Topic, string? Done, string? Version, long Attempts, long? LastTry, long? DueAt);
}
