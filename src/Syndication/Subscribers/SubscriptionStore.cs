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

    /// <summary>A chunk of the active readers of one newsletter and cadence, after an id.</summary>
    private const string Page = $"""
        select {SubscriptionRow.Columns}, s.time_zone as TimeZone, s.status_since as ActiveSince
        from subscriptions n join subscribers s on s.id = n.subscriber_id
        where n.newsletter = @newsletter and n.cadence = @cadence and n.id > @after and n.since < @cutoff and s.status = 1
        order by n.id
        limit @limit
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

    /// <summary>The subscriptions of one subscriber, by id.</summary>
    public Task<ImmutableArray<Subscription>> FindAsync(long subscriberId, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            IEnumerable<SubscriptionRow> rows = await connection.QueryAsync<SubscriptionRow>(
                new CommandDefinition(LoadOf, new { id = subscriberId }, cancellationToken: stop));
            return rows.Select(r => r.ToSubscription()).ToImmutableArray();
        },
        stop);

    /// <summary>
    /// The active readers whose subscription began before an instant, ordered by subscription id. Call again with the last id until
    /// fewer than the limit come back.
    /// </summary>
    /// <param name="newsletter">Its name.</param>
    /// <param name="cadence">One cadence.</param>
    /// <param name="audienceCutoff">Subscriptions that began at or after this are left out.</param>
    /// <param name="afterSubscriptionId">0 for the first chunk.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<ImmutableArray<AudienceMember>> PageAsync(
        string newsletter, Cadence cadence, DateTimeOffset audienceCutoff, long afterSubscriptionId, int limit, CancellationToken stop)
    {
        object parameters = new { newsletter, cadence = (long)cadence, cutoff = UnixMicroseconds.Of(audienceCutoff), after = afterSubscriptionId, limit };
        return database.ReadAsync(
            async connection =>
            {
                IEnumerable<AudienceRow> rows = await connection.QueryAsync<AudienceRow>(new CommandDefinition(Page, parameters, cancellationToken: stop));
                return rows.Select(r => r.ToMember()).ToImmutableArray();
            },
            stop);
    }

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

    /// <summary>A row of <see cref="Page"/>.</summary>
    private sealed record AudienceRow(
        long Id, long SubscriberId, string Newsletter, long Cadence, long Since, string Topics, string Pauses, string? TimeZone, long ActiveSince)
    {
        public AudienceMember ToMember() => new(
            new SubscriptionRow(Id, SubscriberId, Newsletter, Cadence, Since, Topics, Pauses).ToSubscription(),
            TimeZone, UnixMicroseconds.ToInstant(ActiveSince));
    }
}
