using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>Whether somebody is mailed. The numbers are stored; the legal moves are one table in this folder.</summary>
internal enum SubscriberStatus
{
    /// <summary>Asked to be confirmed, and not yet confirmed.</summary>
    Pending = 0,
    Active = 1,
    Unsubscribed = 2,

    /// <summary>Mail to them fails for good, or they complained.</summary>
    Suppressed = 3,

    /// <summary>Only a keyed hash of the address is left.</summary>
    Erased = 4,
}

/// <summary>One reader.</summary>
/// <param name="Id">The store's key; never shown.</param>
/// <param name="Uuid">What tokens and Message-IDs name; never changes.</param>
/// <param name="Address">As given, with the host in ASCII lower case; empty once erased.</param>
/// <param name="Name">Plain text on one line, or null.</param>
/// <param name="TimeZone">IANA name, or null for the site's.</param>
/// <param name="Status">Whether they are mailed.</param>
/// <param name="StatusSince">When the status began.</param>
internal sealed record Subscriber(
    long Id, Guid Uuid, string Address, string? Name, string? TimeZone, SubscriberStatus Status, DateTimeOffset StatusSince);

/// <summary>
/// A subscriber's choice for one newsletter. It stores instants only; what was received is the ledger's mark.
/// </summary>
internal sealed record Subscription
{
    public required long Id { get; init; }

    public required long SubscriberId { get; init; }

    /// <summary>Name of the newsletter.</summary>
    public required string Newsletter { get; init; }

    public required Cadence Cadence { get; init; }

    /// <summary>Empty = every topic, always.</summary>
    public ImmutableArray<TopicChoice> Topics { get; init; } = [];

    /// <summary>The topics that are chosen now; empty = every topic.</summary>
    public IEnumerable<string> ChosenTopics => Topics.Any(t => t.IsEvery) ? [] : Topics.Select(t => t.Topic);

    /// <summary>Only what was released after this is for them.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Times in which nothing is for them; in order, the last may be open.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];
}

/// <summary>A tag or category that the reader chose; only what was released after it was chosen is for them. Compared without case.</summary>
internal sealed record TopicChoice(string Topic, DateTimeOffset Since)
{
    /// <summary>Every topic, chosen by a reader who had some before: those keep their instants beside it.</summary>
    public static TopicChoice Every(DateTimeOffset since) => new("", since);

    public bool IsEvery => Topic.Length == 0;
}

/// <summary>From inclusive, until exclusive; null = until the reader ends it.</summary>
internal sealed record Pause(DateTimeOffset From, DateTimeOffset? Until);
