using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Ledger;

/// <summary>A row that is leased to a dispatcher.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="DueAt">When this attempt might begin.</param>
/// <param name="Attempts">How many have begun before.</param>
/// <param name="FirstAttempt">When the first began; null before it.</param>
internal sealed record LeasedRow(long Id, DateTimeOffset DueAt, int Attempts, DateTimeOffset? FirstAttempt);

/// <summary>What came of a row that was on the wire.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="Status">The state it moves to.</param>
/// <param name="DueAt">The next attempt of a deferred row; else without meaning.</param>
/// <param name="Reply">The reply or failure on one line.</param>
internal sealed record FinishedDelivery(long Id, DeliveryStatus Status, DateTimeOffset DueAt, string? Reply)
{
    /// <summary>The attempt was not the recipient's, and counts for nothing.</summary>
    public bool IsGivenBack { get; init; }
}

/// <summary>A row that has its outcome.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="MayHaveArrived">The answer to an attempt was lost.</param>
internal readonly record struct EndedRow(long Id, bool MayHaveArrived);

/// <summary>
/// A table of mails to be sent, deliveries or notices: leases, and the moves of <see cref="DeliveryStates"/>. Statements that make up
/// one decision take the caller's transaction. Times of leases come from the caller's clock.
/// </summary>
/// <param name="database">Where the table is.</param>
/// <param name="table">Its name.</param>
/// <param name="columns">What a claim returns of each row beside its lease.</param>
/// <param name="group">The column that rows are taken by, each group its share; null = all as one.</param>
internal sealed class QueueStore(Database database, string table, string columns, string? group = null)
{
    /// <summary>The condition of the index of rows on the wire and uncertain ones: without it, looking for the few reads all.</summary>
    private const string OnWire = "status in (1, 2)";

    /// <summary>Of many groups with rows that are due, those that waited the longest are served first, each with so many.</summary>
    private const int LeastShare = 20;

    /// <summary>The condition of the index of rows that wait for an attempt.</summary>
    private const string Waits = "status in (0, 4)";

    /// <summary>
    /// The groups that have rows waiting, and when the first of each is due: by leaps over the index, so that it costs the same however
    /// many rows there are.
    /// </summary>
    private readonly string _groups = $"""
        with recursive waiting (id) as (
          select min({group}) from {table} where {Waits}
          union all
          select (select min({group}) from {table} where {Waits} and {group} > waiting.id) from waiting where waiting.id is not null)
        select id, (select min(due_at) from {table} where {Waits} and {group} = waiting.id) as DueAt from waiting where id is not null
        """;

    /// <summary>Leases due rows to one dispatcher, the oldest first; of one group, where there are groups.</summary>
    private readonly string _claim = $"""
        update {table} set lease_owner = @owner, lease_until = @until
        where id in (
          select id from {table}
          where {(group is null ? "true" : $"{group} = @group")} and {Waits} and due_at <= @now and (lease_until is null or lease_until <= @now)
          order by due_at, id limit @limit {database.Dialect.SkipLocked})
        returning id, due_at as DueAt, attempts, first_attempt as FirstAttempt, {columns}
        """;

    /// <summary>Counts what was sent of each group, for <see cref="LedgerStore.PaceAsync"/>.</summary>
    private readonly string _pace = $"""
        insert into pace (edition, minute, sent)
        select cast(value ->> 0 as bigint), @minute, cast(value ->> 1 as bigint) from {database.Dialect.Rows} where true order by 1
        on conflict (edition, minute) do update set sent = pace.sent + excluded.sent
        """;

    /// <summary>Sets rows on the wire, before MAIL FROM: only rows that are leased to this dispatcher and were not sent, cancelled or taken.</summary>
    private readonly string _mark = $"""
        update {table} set status = {(int)DeliveryStatus.Sending}, attempts = attempts + 1, first_attempt = coalesce(first_attempt, @now), changed_at = @now
        where id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
          and lease_owner = @owner and status in ({(int)DeliveryStatus.Queued}, {(int)DeliveryStatus.Deferred})
        returning id
        """;

    /// <summary>Records what came of rows that this dispatcher had on the wire; nothing else may have moved them. An attempt that was given back was none.</summary>
    private readonly string _finish = $"""
        update {table} set status = outcomes.status, due_at = outcomes.due_at, reply = outcomes.reply, lease_owner = null, lease_until = null, changed_at = @now,
          attempts = attempts - outcomes.given_back, lost = lost + case when outcomes.status = {(int)DeliveryStatus.Uncertain} then 1 else 0 end,
          first_attempt = case when outcomes.given_back = 1 and attempts = 1 then null else first_attempt end
        from (select cast(value ->> 0 as bigint) as id, cast(value ->> 1 as bigint) as status, cast(value ->> 2 as bigint) as due_at, value ->> 3 as reply,
            cast(value ->> 4 as bigint) as given_back
          from {database.Dialect.Rows}) as outcomes
        where {table}.id = outcomes.id and {table}.status = {(int)DeliveryStatus.Sending} and {table}.lease_owner = @owner
        returning {table}.id, {group ?? "0"} as Grouped, {table}.status, {table}.lost
        """;

    /// <summary>Gives back leased rows that were not set on the wire.</summary>
    private readonly string _release = $"""
        update {table} set lease_owner = null, lease_until = null, due_at = case when given.not_before > due_at then given.not_before else due_at end
        from (select cast(value ->> 0 as bigint) as id, cast(value ->> 1 as bigint) as not_before from {database.Dialect.Rows}) as given
        where {table}.id = given.id and lease_owner = @owner and {table}.status in ({(int)DeliveryStatus.Queued}, {(int)DeliveryStatus.Deferred})
        """;

    /// <summary>Ends leased rows before they were on the wire: cancelled, or failed with a reason.</summary>
    private readonly string _end = $"""
        update {table} set status = ends.status, reply = coalesce(ends.reply, {table}.reply), lease_owner = null, lease_until = null, changed_at = @now
        from (select cast(value ->> 0 as bigint) as id, cast(value ->> 1 as bigint) as status, value ->> 2 as reply from {database.Dialect.Rows}) as ends
        where {table}.id = ends.id and lease_owner = @owner and {table}.status in ({(int)DeliveryStatus.Queued}, {(int)DeliveryStatus.Deferred})
        returning {table}.id, {table}.lost
        """;

    /// <summary>Forgets the attempts of rows that wait for another, and of rows that failed.</summary>
    private readonly string _beginAnew = $"""
        update {table} set status = {(int)DeliveryStatus.Queued}, due_at = @now, reply = null, changed_at = @now
        where status = {(int)DeliveryStatus.Failed} and id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows});
        update {table} set attempts = 0, lost = 0, first_attempt = null
        where {Waits} and id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})
        """;

    /// <summary>What a process that died had on the wire is uncertain: nobody knows whether it arrived.</summary>
    private readonly string _recover = $"""
        update {table} set status = {(int)DeliveryStatus.Uncertain}, lost = lost + 1, lease_owner = null, lease_until = null, changed_at = @now
        where status = {(int)DeliveryStatus.Sending} and {OnWire}
        """;

    /// <summary>Leases of a process that died are worth nothing.</summary>
    private readonly string _dropLeases = $"""
        update {table} set lease_owner = null, lease_until = null
        where lease_owner is not null and {Waits}
        """;

    /// <summary>Uncertain rows are sent again, with the same Message-ID.</summary>
    private readonly string _requeue = $"""
        update {table} set status = {(int)DeliveryStatus.Queued}, due_at = @now, changed_at = @now where status = {(int)DeliveryStatus.Uncertain} and {OnWire}
        """;

    /// <summary>Whether an uncertain row's time has come.</summary>
    private readonly string _hasUncertain = $"""
        select count(*) from {table} where status = {(int)DeliveryStatus.Uncertain} and {OnWire} and due_at <= @now and lost < @most
        """;

    /// <summary>Uncertain rows whose time has come are sent again, with the same Message-ID.</summary>
    private readonly string _requeueDue = $"""
        update {table} set status = {(int)DeliveryStatus.Queued}, changed_at = @now
        where status = {(int)DeliveryStatus.Uncertain} and {OnWire} and due_at <= @now and lost < @most
        """;

    /// <summary>Ends every row that has no outcome.</summary>
    private readonly string _abandon = $"""
        update {table} set status = {(int)DeliveryStatus.Cancelled}, lease_owner = null, lease_until = null, changed_at = @now
        where status in ({(int)DeliveryStatus.Queued}, {(int)DeliveryStatus.Uncertain}, {(int)DeliveryStatus.Deferred})
        """;

    /// <summary>How many rows are uncertain, and since when the first is.</summary>
    private readonly string _uncertain = $"select count(*) as Rows, min(changed_at) as Since from {table} where status = {(int)DeliveryStatus.Uncertain} and {OnWire} and lost >= @least";

    /// <summary>Tells this queue's rows from another's.</summary>
    public string Table => table;

    /// <summary>
    /// Leases rows that are due to a dispatcher until an instant; another may take them after it. Rows of blocked groups stay as they
    /// are. The others get a share each, so that a small edition does not wait for all of a large one; what one leaves of its share
    /// goes to the others, that first which has waited the longest.
    /// </summary>
    public Task<ImmutableArray<T>> ClaimAsync<T>(
        string owner, DateTimeOffset now, DateTimeOffset until, int limit, IEnumerable<long> blocked, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            ImmutableArray<T>.Builder claimed = ImmutableArray.CreateBuilder<T>();
            List<long> groups = await GroupsAsync(transaction, now, blocked, stop);
            while (groups.Count > 0 && claimed.Count < limit)
            {
                List<long> wantMore = [];
                for (int index = 0; index < groups.Count && claimed.Count < limit; index++)
                {
                    int share = (limit - claimed.Count + groups.Count - index - 1) / (groups.Count - index);
                    share = Math.Min(Math.Max(share, LeastShare), limit - claimed.Count);
                    T[] rows = [.. await transaction.Connection!.QueryAsync<T>(new CommandDefinition(
                        _claim,
                        new { owner, now = UnixMicroseconds.Of(now), until = UnixMicroseconds.Of(until), limit = share, group = groups[index] },
                        transaction,
                        cancellationToken: stop))];
                    claimed.AddRange(rows);
                    if (rows.Length == share)
                    {
                        wantMore.Add(groups[index]);
                    }
                }

                groups = wantMore;
            }

            return claimed.DrainToImmutable();
        },
        stop);

    /// <summary>Sets rows on the wire; gives the ids of those that may go.</summary>
    public async Task<IReadOnlySet<long>> MarkAsync(DbTransaction transaction, string owner, IEnumerable<long> ids, DateTimeOffset now, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<long>(new CommandDefinition(
            _mark, new { owner, rows = Ids(ids), now = UnixMicroseconds.Of(now) }, transaction, cancellationToken: stop))).ToHashSet();

    /// <summary>Ends leased rows that are not to be sent at all. Gives those that were ours to end.</summary>
    public Task<IReadOnlyList<EndedRow>> WithdrawAsync(DbTransaction transaction, string owner, IEnumerable<long> ids, DateTimeOffset now, CancellationToken stop) =>
        EndAsync(transaction, owner, SqlRows.Of(ids, id => [id, (long)DeliveryStatus.Cancelled, null]), now, stop);

    /// <summary>Fails leased rows that cannot be sent, with the reason.</summary>
    public Task<IReadOnlyList<EndedRow>> RefuseAsync(
        DbTransaction transaction, string owner, IEnumerable<(long Id, string Reason)> rows, DateTimeOffset now, CancellationToken stop) =>
        EndAsync(transaction, owner, SqlRows.Of(rows, r => [r.Id, (long)DeliveryStatus.Failed, r.Reason]), now, stop);

    /// <summary>Records outcomes. Gives the rows that were still on the wire, and so have them now.</summary>
    public async Task<IReadOnlyList<EndedRow>> FinishAsync(
        DbTransaction transaction, string owner, IReadOnlyCollection<FinishedDelivery> finished, DateTimeOffset now, CancellationToken stop)
    {
        await InstanceStore.AdvanceAsync(transaction, stop);
        (long Id, long Group, long Status, long Lost)[] moved = [.. await transaction.Connection!.QueryAsync<(long, long, long, long)>(new CommandDefinition(
            _finish,
            new { rows = SqlRows.Of(finished, f => [f.Id, (long)f.Status, UnixMicroseconds.Of(f.DueAt), f.Reply, f.IsGivenBack]), owner, now = UnixMicroseconds.Of(now) },
            transaction,
            cancellationToken: stop))];
        if (group is not null && moved.Any(m => m.Status == (long)DeliveryStatus.Sent))
        {
            string rows = SqlRows.Of(moved.Where(m => m.Status == (long)DeliveryStatus.Sent).CountBy(m => m.Group), sent => [sent.Key, (long)sent.Value]);
            await ExecuteAsync(transaction, _pace, new { rows, minute = Pace.MinuteOf(now) }, stop);
        }

        return [.. moved.Select(m => new EndedRow(m.Id, m.Lost > 0))];
    }

    /// <summary>Gives leased rows back; each is not due again before its instant.</summary>
    public Task ReleaseAsync(string owner, IEnumerable<(long Id, DateTimeOffset NotBefore)> rows, CancellationToken stop)
    {
        string given = SqlRows.Of(rows, r => [r.Id, UnixMicroseconds.Of(r.NotBefore)]);
        return database.WriteAsync(transaction => ExecuteAsync(transaction, _release, new { owner, rows = given }, stop), stop);
    }

    /// <summary>Lets deferred and failed rows begin anew, as if they had not been tried.</summary>
    public Task<int> BeginAnewAsync(DbTransaction transaction, IEnumerable<long> ids, DateTimeOffset now, CancellationToken stop) =>
        ExecuteAsync(transaction, _beginAnew, new { rows = Ids(ids), now = UnixMicroseconds.Of(now) }, stop);

    /// <summary>
    /// Takes over from a process that is gone: its rows on the wire become uncertain, and its leases end. Gives how many are
    /// uncertain. Only for the one that has taken the instance.
    /// </summary>
    public Task<int> RecoverAsync(DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            await ExecuteAsync(transaction, _dropLeases, new { }, stop);
            return await ExecuteAsync(transaction, _recover, new { now = UnixMicroseconds.Of(now) }, stop);
        },
        stop);

    /// <summary>Sends all uncertain rows again.</summary>
    public Task<int> RequeueUncertainAsync(DateTimeOffset now, CancellationToken stop) =>
        database.WriteAsync(transaction => ExecuteAsync(transaction, _requeue, new { now = UnixMicroseconds.Of(now) }, stop), stop);

    /// <summary>Sends uncertain rows again that are due and whose answers were not lost too often. Gives how many.</summary>
    public async Task<int> RequeueUncertainAsync(DateTimeOffset now, int losses, CancellationToken stop)
    {
        object parameters = new { now = UnixMicroseconds.Of(now), most = (long)losses };
        bool any = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(_hasUncertain, parameters, cancellationToken: stop)), stop) > 0;
        return any ? await database.WriteAsync(transaction => ExecuteAsync(transaction, _requeueDue, parameters, stop), stop) : 0;
    }

    /// <summary>Ends all rows that have no outcome, without sending them; what was on the wire is uncertain first. Gives how many.</summary>
    public async Task<int> AbandonAsync(DbTransaction transaction, DateTimeOffset now, CancellationToken stop)
    {
        object at = new { now = UnixMicroseconds.Of(now) };
        await ExecuteAsync(transaction, _recover, at, stop);
        return await ExecuteAsync(transaction, _abandon, at, stop);
    }

    /// <summary>How many rows are uncertain whose answers were lost so often or more, and since when the first is: null where none is.</summary>
    public Task<(long Rows, DateTimeOffset? Since)> CountUncertainAsync(int losses, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            (long rows, long? since) = await connection.QuerySingleAsync<(long, long?)>(new CommandDefinition(_uncertain, new { least = (long)losses }, cancellationToken: stop));
            return (rows, UnixMicroseconds.ToInstant(since));
        },
        stop);

    /// <summary>The groups to take rows of, in order; one that is none where there are no groups.</summary>
    private async Task<List<long>> GroupsAsync(DbTransaction transaction, DateTimeOffset now, IEnumerable<long> blocked, CancellationToken stop)
    {
        if (group is null)
        {
            return [0];
        }

        HashSet<long> passedOver = [.. blocked];
        return [.. (await transaction.Connection!.QueryAsync<(long Id, long DueAt)>(new CommandDefinition(_groups, transaction: transaction, cancellationToken: stop)))
            .Where(g => g.DueAt <= UnixMicroseconds.Of(now) && !passedOver.Contains(g.Id)).OrderBy(g => g.DueAt).ThenBy(g => g.Id).Select(g => g.Id)];
    }

    private async Task<IReadOnlyList<EndedRow>> EndAsync(DbTransaction transaction, string owner, string rows, DateTimeOffset now, CancellationToken stop) =>
        [.. (await transaction.Connection!.QueryAsync<(long Id, long Lost)>(new CommandDefinition(
            _end, new { owner, rows, now = UnixMicroseconds.Of(now) }, transaction, cancellationToken: stop))).Select(e => new EndedRow(e.Id, e.Lost > 0))];

    private static string Ids(IEnumerable<long> ids) => SqlRows.Of(ids, id => [id]);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));
}
