using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Ledger;

/// <summary>What an edition takes for one subscription, to be planned.</summary>
/// <param name="Subscription">Whose mark moves.</param>
/// <param name="Subscriber">Who gets the mail.</param>
/// <param name="FromMark">The mark that the choice was made with.</param>
/// <param name="ToMark">The edition's highest number.</param>
/// <param name="Variant">The variant to send; null = nothing for them, and the mark moves all the same.</param>
/// <param name="DueAt">When it may be sent.</param>
internal sealed record PlannedMove(long Subscription, long Subscriber, long FromMark, long ToMark, int? Variant, DateTimeOffset DueAt)
{
    /// <summary>Numbers that were owed, and are owed no more.</summary>
    public ImmutableArray<long> Settled { get; init; } = [];
}

/// <summary>A row that was cancelled.</summary>
/// <param name="Subscription">Whose it was.</param>
/// <param name="Variant">What it would have said.</param>
/// <param name="MayHaveArrived">The answer to an attempt was lost: whoever has the mail must not get its posts once more.</param>
internal sealed record CancelledDelivery(long Subscription, int Variant, bool MayHaveArrived);

/// <summary>How the rows of an edition stand; their sum is the edition's candidates.</summary>
internal sealed record DeliveryCounts(long Queued, long Sending, long Uncertain, long Sent, long Deferred, long Failed, long Cancelled)
{
    public long Waiting => Queued + Sending + Uncertain + Deferred;

    public long All => Waiting + Sent + Failed + Cancelled;

    /// <summary>From how many rows are in each state.</summary>
    public static DeliveryCounts Of(IEnumerable<(long Status, long Rows)> found)
    {
        Dictionary<DeliveryStatus, long> rows = found.ToDictionary(f => (DeliveryStatus)f.Status, f => f.Rows);
        return new DeliveryCounts(
            rows.GetValueOrDefault(DeliveryStatus.Queued), rows.GetValueOrDefault(DeliveryStatus.Sending), rows.GetValueOrDefault(DeliveryStatus.Uncertain),
            rows.GetValueOrDefault(DeliveryStatus.Sent), rows.GetValueOrDefault(DeliveryStatus.Deferred), rows.GetValueOrDefault(DeliveryStatus.Failed),
            rows.GetValueOrDefault(DeliveryStatus.Cancelled));
    }
}

/// <summary>
/// The ledger: one row for each edition and subscriber, marks and what is owed. The mark decides, the ledger accounts. Statements
/// that make up one decision take the caller's transaction.
/// </summary>
internal sealed class LedgerStore(Database database)
{
    /// <summary>
    /// Moves marks from one number to another, of those that are still there; no mark is the mark 0. Only those that moved are given
    /// rows.
    /// </summary>
    private readonly string _move = $"""
        insert into marks (subscription, number)
        select cast(value ->> 0 as bigint), @to from {database.Dialect.Rows}
        where @from = 0 or exists (select 1 from marks m where m.subscription = cast(value ->> 0 as bigint)) order by 1
        on conflict (subscription) do update set number = excluded.number where marks.number = @from
        returning subscription
        """;

    /// <summary>Makes the rows of an edition. The unique key is the last guard: one edition, one mail.</summary>
    private readonly string _insert = $"""
        insert into deliveries (edition, subscriber, subscription, variant, status, due_at, dated, attempts, changed_at)
        select @edition, cast(value ->> 0 as bigint), cast(value ->> 1 as bigint), cast(value ->> 2 as bigint), {(int)DeliveryStatus.Queued},
          cast(value ->> 3 as bigint), case when cast(value ->> 3 as bigint) > @now then cast(value ->> 3 as bigint) else @now end, 0, @now
        from {database.Dialect.Rows} where true
        on conflict (edition, subscriber) do nothing
        """;

    /// <summary>What was owed and is now in an edition is owed no more.</summary>
    private readonly string _settle = $"""
        delete from owed
        where (subscription, number) in (select cast(value ->> 0 as bigint), cast(value ->> 1 as bigint) from {database.Dialect.Rows})
        """;

    /// <summary>Owes numbers whatever the mark says.</summary>
    private readonly string _owe = $"""
        insert into owed (subscription, number)
        select cast(value ->> 0 as bigint), cast(value ->> 1 as bigint) from {database.Dialect.Rows} where true order by 1, 2
        on conflict (subscription, number) do nothing
        """;

    /// <summary>Rows of an edition by state.</summary>
    private const string Count = "select status, count(*) as rows from deliveries where edition = @edition group by status";

    /// <summary>What servers said of the mails that failed or wait for another attempt, the most frequent first.</summary>
    private const string Replies = """
        select status, reply, count(*) as Mails, min(due_at) as NextTry from deliveries
        where edition = @edition and status in (4, 5) and reply is not null
        group by status, reply order by 3 desc, 2 limit @limit
        """;

    /// <summary>How many of an edition were sent, minute by minute.</summary>
    private const string LoadPace = "select minute, sent from pace where edition = @edition and minute > @after";

    /// <summary>How many rows of an edition wait for an attempt, and when the last of them may begin: from the index alone.</summary>
    private const string CountWaiting = "select count(*) as Rows, max(due_at) as LastDue from deliveries where edition = @edition and status in (0, 4)";

    /// <summary>How many rows of an edition are on the wire, or uncertain. The sum keeps SQLite from looking through all of the edition.</summary>
    private const string CountOnWire = "select count(*) from deliveries where status in (1, 2) and edition + 0 = @edition";

    /// <summary>The uncertain rows, oldest first.</summary>
    private const string Uncertain = "select id, edition, subscriber, changed_at as ChangedAt from deliveries where status = 2 and status in (1, 2) order by id";

    /// <summary>Ends some rows that are not on the wire, found by the indexes of what waits and what was on the wire, and tells whose they were.</summary>
    private const string Cancel = """
        update deliveries set status = 6, lease_owner = null, lease_until = null, changed_at = @now
        where status in (0, 2, 4) and id in (
          select id from (select id from deliveries where edition = @edition and status in (0, 4) order by due_at, id limit @limit) as waiting
          union all
          select id from (select id from deliveries where status = 2 and status in (1, 2) and edition + 0 = @edition limit @limit) as uncertain)
        returning subscription, variant, lost
        """;

    private const string OweNothing = "delete from owed";

    /// <summary>Moves every mark of a newsletter up to a number, those that were never set included.</summary>
    private const string MarkAll = """
        insert into marks (subscription, number)
        select id, @number from subscriptions where newsletter = @newsletter order by id
        on conflict (subscription) do update set number = excluded.number where marks.number < excluded.number
        """;

    /// <summary>Whose mails of some variants were sent, or are going to be, among some subscribers.</summary>
    private readonly string _sent = $"""
        select d.subscription, d.edition, d.variant
        from (select cast(value ->> 0 as bigint) as edition, cast(value ->> 1 as bigint) as variant from {database.Dialect.Rows}) as copies
        join deliveries d on d.edition = copies.edition and d.variant = copies.variant
        where d.status not in ({(int)DeliveryStatus.Failed}, {(int)DeliveryStatus.Cancelled})
          and d.subscriber in (select cast(value ->> 0 as bigint) from {database.Dialect.RowsOf("readers")})
        """;

    /// <summary>The leases and states of deliveries.</summary>
    public QueueStore Rows { get; } = new(database, "deliveries", "edition, subscriber, subscription, variant, dated", group: "edition");

    /// <summary>
    /// Plans one chunk of an edition: marks move by compare-and-set, and rows are made for those that moved. Gives how many rows
    /// were made.
    /// </summary>
    /// <exception cref="DBConcurrencyException">Another edition took something meanwhile that was owed: nothing of the chunk may be kept.</exception>
    public async Task<int> PlanAsync(DbTransaction transaction, long edition, IReadOnlyCollection<PlannedMove> moves, DateTimeOffset now, CancellationToken stop)
    {
        HashSet<long> won = [];
        foreach (IGrouping<(long From, long To), PlannedMove> move in moves.GroupBy(m => (m.FromMark, m.ToMark)))
        {
            IEnumerable<long> subscriptions = move.Select(m => m.Subscription);
            won.UnionWith(move.Key.From == move.Key.To
                ? subscriptions
                : await QueryAsync<long>(transaction, _move, new { rows = Ids(subscriptions), from = move.Key.From, to = move.Key.To }, stop));
        }

        (long, long)[] settled = [.. moves.Where(m => won.Contains(m.Subscription)).SelectMany(m => m.Settled.Select(number => (m.Subscription, number)))];
        if (settled.Length > 0 && await SettleAsync(transaction, settled, stop) < settled.Length)
        {
            throw new DBConcurrencyException("What was owed is owed no more.");
        }

        PlannedMove[] mailed = [.. moves.Where(m => won.Contains(m.Subscription) && m.Variant is not null)];
        if (mailed.Length == 0)
        {
            return 0;
        }

        // Rows are sent in the order in which they are made: those of one text one after the other.
        string rows = SqlRows.Of(mailed.OrderBy(m => m.Variant), m => [m.Subscriber, m.Subscription, (long)m.Variant!.Value, UnixMicroseconds.Of(m.DueAt)]);
        return await ExecuteAsync(transaction, _insert, new { edition, rows, now = UnixMicroseconds.Of(now) }, stop);
    }

    /// <summary>Owes numbers no more; gives how many were owed.</summary>
    public Task<int> SettleAsync(DbTransaction transaction, IReadOnlyCollection<(long Subscription, long Number)> owed, CancellationToken stop) =>
        ExecuteAsync(transaction, _settle, new { rows = SqlRows.Of(owed, o => [o.Subscription, o.Number]) }, stop);

    /// <summary>The subscriptions of some subscribers whose mail of one of these variants was sent, or is on its way.</summary>
    public async Task<IReadOnlyList<(long Subscription, long Edition, int Variant)>> SentAsync(
        DbTransaction transaction, IEnumerable<(long Edition, int Variant)> variants, IEnumerable<long> subscribers, CancellationToken stop) =>
        [.. (await QueryAsync<(long Subscription, long Edition, long Variant)>(
                transaction, _sent, new { rows = SqlRows.Of(variants, v => [v.Edition, (long)v.Variant]), readers = Ids(subscribers) }, stop))
            .Select(d => (d.Subscription, d.Edition, (int)d.Variant))];

    public Task OweAsync(DbTransaction transaction, IReadOnlyCollection<(long Subscription, long Number)> owed, CancellationToken stop) =>
        ExecuteAsync(transaction, _owe, new { rows = SqlRows.Of(owed, o => [o.Subscription, o.Number]) }, stop);

    /// <summary>Leases deliveries that are due, but for those of blocked editions; see <see cref="QueueStore.ClaimAsync{T}"/>.</summary>
    public async Task<ImmutableArray<ClaimedDelivery>> ClaimAsync(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IEnumerable<long> blocked, CancellationToken stop) =>
        [.. (await Rows.ClaimAsync<Row>(owner, now, until, limit, blocked, stop)).Select(r => r.ToDelivery()).OrderBy(d => d.DueAt).ThenBy(d => d.Id)];

    public Task<DeliveryCounts> CountAsync(long edition, CancellationToken stop) => database.ReadAsync(
        async connection => DeliveryCounts.Of(await connection.QueryAsync<(long, long)>(new CommandDefinition(Count, new { edition }, cancellationToken: stop))), stop);

    /// <summary>How many mails of an edition have no outcome, and when the last of them may be tried: much cheaper than counting all.</summary>
    public Task<(long Mails, DateTimeOffset? LastDue)> WaitingAsync(long edition, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            (long rows, long? lastDue) = await connection.QuerySingleAsync<(long, long?)>(new CommandDefinition(CountWaiting, new { edition }, cancellationToken: stop));
            long onWire = await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountOnWire, new { edition }, cancellationToken: stop));
            return (rows + onWire, UnixMicroseconds.ToInstant(lastDue));
        },
        stop);

    /// <summary>How fast an edition was sent in the last minutes.</summary>
    public Task<Pace> PaceAsync(long edition, DateTimeOffset now, CancellationToken stop) => database.ReadAsync(
        async connection => Pace.Of(
            await connection.QueryAsync<(long, long)>(new CommandDefinition(LoadPace, new { edition, after = Pace.MinuteOf(now) - Pace.Window }, cancellationToken: stop)), now),
        stop);

    /// <summary>The replies to an edition's mails that failed or are deferred, the most frequent first.</summary>
    public Task<ImmutableArray<DeliveryReply>> RepliesAsync(long edition, int limit, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<(long Status, string Reply, long Mails, long NextTry)>(
                new CommandDefinition(Replies, new { edition, limit }, cancellationToken: stop)))
            .Select(r => new DeliveryReply((DeliveryStatus)r.Status, r.Reply, r.Mails, UnixMicroseconds.ToInstant(r.NextTry))).ToImmutableArray(),
        stop);

    public Task<ImmutableArray<UncertainDelivery>> UncertainAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<(long Id, long Edition, long Subscriber, long ChangedAt)>(
                new CommandDefinition(Uncertain, cancellationToken: stop)))
            .Select(u => new UncertainDelivery(u.Id, u.Edition, u.Subscriber, UnixMicroseconds.ToInstant(u.ChangedAt))).ToImmutableArray(),
        stop);

    /// <summary>Cancels a chunk of what is not on the wire; gives whose they were: none when all are cancelled.</summary>
    public static async Task<IReadOnlyList<CancelledDelivery>> CancelAsync(
        DbTransaction transaction, long edition, int limit, DateTimeOffset now, CancellationToken stop) =>
        [.. (await QueryAsync<(long Subscription, long Variant, long Lost)>(transaction, Cancel, new { edition, limit, now = UnixMicroseconds.Of(now) }, stop))
            .Select(c => new CancelledDelivery(c.Subscription, (int)c.Variant, c.Lost > 0))];

    /// <summary>
    /// Lets nobody get anything that was planned, owed or released before: for a database that may not know all that was mailed.
    /// Gives how many rows were ended, and how many were owed. Only while nothing is sent.
    /// </summary>
    public async Task<(int Cancelled, int Owed)> AbandonAsync(
        DbTransaction transaction, IEnumerable<(string Newsletter, long Number)> highest, DateTimeOffset now, CancellationToken stop)
    {
        int cancelled = await Rows.AbandonAsync(transaction, now, stop);
        foreach ((string newsletter, long number) in highest)
        {
            await ExecuteAsync(transaction, MarkAll, new { newsletter, number }, stop);
        }

        return (cancelled, await ExecuteAsync(transaction, OweNothing, new { }, stop));
    }

    private static string Ids(IEnumerable<long> ids) => SqlRows.Of(ids, id => [id]);

    private static Task<IEnumerable<T>> QueryAsync<T>(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));

    /// <summary>A row as the drivers give it: every number is a long on both engines.</summary>
    private sealed record Row(long Id, long DueAt, long Attempts, long? FirstAttempt, long Edition, long Subscriber, long Subscription, long Variant, long? Dated)
    {
        public ClaimedDelivery ToDelivery() => new(
            Id, Edition, Subscriber, Subscription, (int)Variant, UnixMicroseconds.ToInstant(DueAt), (int)Attempts,
            UnixMicroseconds.ToInstant(FirstAttempt))
        {
            Dated = UnixMicroseconds.ToInstant(Dated),
        };
    }
}
