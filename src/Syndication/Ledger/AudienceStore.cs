using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Ledger;

/// <summary>One active reader of a newsletter, as the planner reads them.</summary>
/// <param name="Subscription">What they chose.</param>
/// <param name="TimeZone">IANA name, or null for the site's.</param>
/// <param name="Mark">The number they have received through.</param>
/// <param name="Owed">Numbers they are owed whatever the mark says.</param>
internal sealed record AudienceMember(Subscription Subscription, string? TimeZone, long Mark, IReadOnlySet<long> Owed);

/// <summary>Reads who is to get an edition, with what each has received and is owed.</summary>
internal sealed class AudienceStore(Database database)
{
    /// <summary>A chunk of the active readers of one newsletter and cadence, after an id, with their marks: in this order of tables on both engines.</summary>
    private const string Page = """
        select n.id, n.subscriber_id as SubscriberId, n.since, n.topics, n.pauses, s.time_zone as TimeZone, m.number as Mark
        from subscriptions n cross join subscribers s left join marks m on m.subscription = n.id
        where s.id = n.subscriber_id and n.newsletter = @newsletter and n.cadence = @cadence and n.id > @after and n.since < @cutoff and s.status = 1
        order by n.id limit @limit
        """;

    /// <summary>What is owed to anybody among them.</summary>
    private const string Owed = "select subscription, number from owed where subscription > @after and subscription <= @last";

    /// <summary>
    /// The active readers whose subscription began before an instant, ordered by subscription id. Call again with the last id until
    /// fewer than the limit come back.
    /// </summary>
    /// <param name="newsletter">Its name.</param>
    /// <param name="cadence">One cadence.</param>
    /// <param name="cutoff">Subscriptions that began at or after this are left out.</param>
    /// <param name="after">The id of a subscription; 0 for the first chunk.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<ImmutableArray<AudienceMember>> PageAsync(
        string newsletter, Cadence cadence, DateTimeOffset cutoff, long after, int limit, CancellationToken stop)
    {
        object parameters = new { newsletter, cadence = (long)cadence, cutoff = UnixMicroseconds.Of(cutoff), after, limit };
        return database.ReadAsync(
            async connection =>
            {
                Row[] rows = [.. await connection.QueryAsync<Row>(new CommandDefinition(Page, parameters, cancellationToken: stop))];
                ILookup<long, long> owed = await OwedAsync(connection, after, rows is [.., Row last] ? last.Id : after, stop);
                return rows.Select(r => r.ToMember(newsletter, cadence, owed)).ToImmutableArray();
            },
            stop);
    }

    private static async Task<ILookup<long, long>> OwedAsync(DbConnection connection, long after, long last, CancellationToken stop) =>
        (await connection.QueryAsync<(long Subscription, long Number)>(new CommandDefinition(Owed, new { after, last }, cancellationToken: stop)))
            .ToLookup(o => o.Subscription, o => o.Number);

    /// <summary>A row of <see cref="Page"/>.</summary>
    private sealed record Row(long Id, long SubscriberId, long Since, string Topics, string Pauses, string? TimeZone, long? Mark)
    {
        public AudienceMember ToMember(string newsletter, Cadence cadence, ILookup<long, long> owed) => new(
            new SubscriptionRow(Id, SubscriberId, newsletter, (long)cadence, Since, Topics, Pauses).ToSubscription(),
            TimeZone,
            Mark ?? 0,
            owed.Contains(Id) ? owed[Id].ToFrozenSet() : FrozenSet<long>.Empty);
    }
}
