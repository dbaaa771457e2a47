using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>A row of subscriptions as the drivers give it: every number is a long on both engines.</summary>
internal sealed record SubscriptionRow(
    long Id, long SubscriberId, string Newsletter, long Cadence, long Since, string Topics, string Pauses)
{
    /// <summary>The columns in the order of the parameters; the table is named n.</summary>
    public const string Columns = "n.id, n.subscriber_id as SubscriberId, n.newsletter, n.cadence, n.since, n.topics, n.pauses";

    public Subscription ToSubscription() => new()
    {
        Id = Id,
        SubscriberId = SubscriberId,
        Newsletter = Newsletter,
        Cadence = (Cadence)Cadence,
        Topics = SubscriptionJson.ReadTopics(Topics),
        Since = UnixMicroseconds.ToInstant(Since),
        Pauses = SubscriptionJson.ReadPauses(Pauses),
    };
}

/// <summary>A row of subscribers as the drivers give it.</summary>
internal sealed record SubscriberRow(long Id, string Uuid, string Address, string? Name, string? TimeZone, long Status, long StatusSince)
{
    /// <summary>The columns in the order of the parameters; the table is named s.</summary>
    public const string Columns = "s.id, s.uuid, s.address, s.name, s.time_zone as TimeZone, s.status, s.status_since as StatusSince";

    public Subscriber ToSubscriber() =>
        new(Id, Guid.ParseExact(Uuid, "n"), Address, Name, TimeZone, (SubscriberStatus)Status, UnixMicroseconds.ToInstant(StatusSince));
}
