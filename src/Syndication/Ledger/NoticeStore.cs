using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Syndication.Storage;

namespace Syndication.Ledger;

/// <summary>The queue of notices.</summary>
internal sealed class NoticeStore(Database database)
{
    /// <summary>Queues notices; one whose key was queued before is passed over.</summary>
    private readonly string _queue = $"""
        insert into notices (key, kind, address, subscriber, subject, lines, queued_at, status, due_at, attempts, changed_at)
        select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, cast(value ->> 3 as bigint), value ->> 4, value ->> 5, @now,
          {(int)DeliveryStatus.Queued}, @now, 0, @now
        from {database.Dialect.Rows} where true
        on conflict (key) do nothing
        """;

    /// <summary>Notices by state.</summary>
    private const string Count = "select status, count(*) as rows from notices group by status";

    /// <summary>Their leases and states.</summary>
    public QueueStore Rows { get; } = new(
        database, "notices", "key as NoticeKey, kind, address, subscriber, subject, lines, queued_at as QueuedAt");

    /// <summary>Queues notices, each key once for ever. Gives how many were new.</summary>
    public Task<int> QueueAsync(IReadOnlyCollection<Notice> notices, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            _queue,
            new
            {
                rows = SqlRows.Of(notices, n => [n.Key, (long)n.Kind, n.Address, n.SubscriberId, n.Subject, JsonSerializer.Serialize(n.Lines)]),
                now = UnixMicroseconds.Of(now),
            },
            transaction,
            cancellationToken: stop)),
        stop);

    /// <summary>Leases notices that are due; see <see cref="QueueStore.ClaimAsync{T}"/>.</summary>
    public async Task<ImmutableArray<ClaimedNotice>> ClaimAsync(string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop) =>
        [.. (await Rows.ClaimAsync<Row>(owner, now, until, limit, [], stop)).Select(r => r.ToNotice()).OrderBy(n => n.Row.DueAt).ThenBy(n => n.Row.Id)];

    public Task<DeliveryCounts> CountAsync(CancellationToken stop) => database.ReadAsync(
        async connection => DeliveryCounts.Of(await connection.QueryAsync<(long, long)>(new CommandDefinition(Count, cancellationToken: stop))), stop);

    /// <summary>A row as the drivers give it: every number is a long on both engines.</summary>
    private sealed record Row(
        long Id, long DueAt, long Attempts, long? FirstAttempt, string NoticeKey, long Kind, string? Address, long? Subscriber, string Subject, string Lines,
        long QueuedAt)
    {
        public ClaimedNotice ToNotice() => new(
            new LeasedRow(
                Id, UnixMicroseconds.ToInstant(DueAt), (int)Attempts, UnixMicroseconds.ToInstant(FirstAttempt)),
            new Notice
            {
                Key = NoticeKey,
                Kind = (NoticeKind)Kind,
                Address = Address,
                SubscriberId = Subscriber,
                Subject = Subject,
                Lines = JsonSerializer.Deserialize<ImmutableArray<string>>(Lines),
            },
            UnixMicroseconds.ToInstant(QueuedAt));
    }
}
