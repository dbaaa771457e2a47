using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>What subscribers chose, newsletter by newsletter.</summary>
internal sealed class SubscriptionStore(Database database)
{
    /// <summary>All of one subscriber.</summary>
    private const string LoadOf = $"select {SubscriptionRow.Columns} from subscriptions n where n.subscriber_id = @id order by n.id";

    private const string Load = $"select {SubscriptionRow.Columns} from subscriptions n where n.id = @id";

    /// <summary>Writes what was chosen, unless somebody else changed it since it was read.</summary>
    private const string Change = """
        update subscriptions set cadence = @newCadence, since = @newSince, topics = @newTopics, pauses = @newPauses
        where id = @id and cadence = @cadence and since = @since and topics = @topics and pauses = @pauses
        """;

    /// <summary>How many active readers one newsletter and cadence has.</summary>
    private const string Count = """
        select count(*) from subscriptions n join subscribers s on s.id = n.subscriber_id
        where n.newsletter = @newsletter and n.cadence = @cadence and s.status = 1
        """;

    /// <summary>The active readers of one newsletter by what they chose: a few rows, however many readers there are.</summary>
    private const string Groups = """
        select n.cadence, n.topics, n.pauses, count(*) as readers
        from subscriptions n join subscribers s on s.id = n.subscriber_id
        where n.newsletter = @newsletter and s.status = 1
        group by n.cadence, n.topics, n.pauses
        """;

    /// <summary>The zones of active readers: by leaps over the index, so that it costs the same however many readers there are.</summary>
    private const string Zones = """
        with recursive zones (name) as (
          select min(time_zone) from subscribers where status = 1 and time_zone is not null
          union all
          select (select min(time_zone) from subscribers where status = 1 and time_zone is not null and time_zone > zones.name) from zones where zones.name is not null)
        select name from zones where name is not null
        """;

    /// <summary>The subscriptions of one subscriber, by id.</summary>
    public Task<ImmutableArray<Subscription>> FindAsync(long subscriberId, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            IEnumerable<SubscriptionRow> rows = await connection.QueryAsync<SubscriptionRow>(
                new CommandDefinition(LoadOf, new { id = subscriberId }, cancellationToken: stop));
            return rows.Select(r => r.ToSubscription()).ToImmutableArray();
        },
        stop);

    /// <summary>The zones in which active readers of any newsletter are, by name.</summary>
    public Task<ImmutableArray<string>> ZonesAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<string>(new CommandDefinition(Zones, cancellationToken: stop))).ToImmutableArray(), stop);

    /// <summary>How many active readers there are of each choice.</summary>
    public Task<ImmutableArray<ReaderGroup>> GroupsAsync(string newsletter, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<(long Cadence, string Topics, string Pauses, long Readers)>(
                new CommandDefinition(Groups, new { newsletter }, cancellationToken: stop)))
            .Select(g => new ReaderGroup((Cadence)g.Cadence, SubscriptionJson.ReadTopics(g.Topics), SubscriptionJson.ReadPauses(g.Pauses), g.Readers))
            .ToImmutableArray(),
        stop);

    /// <summary>How many active readers there are.</summary>
    public Task<long> CountAsync(string newsletter, Cadence cadence, CancellationToken stop) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            new CommandDefinition(Count, new { newsletter, cadence = (long)cadence }, cancellationToken: stop)),
        stop);

    /// <summary>
    /// Changes cadence, topics, pauses or the beginning of one subscription; see <see cref="SubscriptionChanges"/>. The change may be
    /// asked for more than once, when others change the same row.
    /// </summary>
    /// <returns>The subscription as it is now; null when there is none.</returns>
    public Task<Subscription?> ChangeAsync(long subscriptionId, Func<Subscription, Subscription> change, CancellationToken stop) =>
        database.WriteAsync(transaction => ChangeAsync(transaction, subscriptionId, change, stop), stop);

    /// <summary>The same change for every subscription of one subscriber, within the caller's transaction.</summary>
    public static async Task ChangeAllAsync(
        DbTransaction transaction, long subscriberId, Func<Subscription, Subscription> change, CancellationToken stop)
    {
        IEnumerable<SubscriptionRow> rows = await transaction.Connection!.QueryAsync<SubscriptionRow>(
            new CommandDefinition(LoadOf, new { id = subscriberId }, transaction, cancellationToken: stop));
        foreach (SubscriptionRow row in rows)
        {
            await ChangeAsync(transaction, row.Id, change, stop);
        }
    }

    private static async Task<Subscription?> ChangeAsync(
        DbTransaction transaction, long subscriptionId, Func<Subscription, Subscription> change, CancellationToken stop)
    {
        while (true)
        {
            SubscriptionRow? row = await transaction.Connection!.QuerySingleOrDefaultAsync<SubscriptionRow>(
                new CommandDefinition(Load, new { id = subscriptionId }, transaction, cancellationToken: stop));
            if (row is null)
            {
                return null;
            }

            Subscription wanted = change(row.ToSubscription());
            object parameters = new
            {
                id = row.Id,
                cadence = row.Cadence,
                since = row.Since,
                topics = row.Topics,
                pauses = row.Pauses,
                newCadence = (long)wanted.Cadence,
                newSince = UnixMicroseconds.Of(wanted.Since),
                newTopics = SubscriptionJson.Of(wanted.Topics),
                newPauses = SubscriptionJson.Of(wanted.Pauses),
            };
            if (await transaction.Connection!.ExecuteAsync(new CommandDefinition(Change, parameters, transaction, cancellationToken: stop)) == 1)
            {
                return wanted;
            }
        }
    }
}
