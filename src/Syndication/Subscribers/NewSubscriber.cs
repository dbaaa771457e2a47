using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>Somebody who is to be added to a newsletter.</summary>
internal sealed record NewSubscriber
{
    public required EmailAddress Address { get; init; }

    /// <summary>Made by <see cref="PlainLine"/>, or null.</summary>
    public string? Name { get; init; }

    /// <summary>IANA name, or null for the site's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Name of the newsletter.</summary>
    public string Newsletter { get; init; } = Site.Newsletter.DefaultName;

    public Cadence Cadence { get; init; }

    /// <summary>Empty = every topic.</summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>Anything but erased. A status other than active is for lists from elsewhere: who left there stays away here.</summary>
    public SubscriberStatus Status { get; init; } = SubscriberStatus.Active;
}

/// <summary>What became of a <see cref="NewSubscriber"/>.</summary>
internal enum AddOutcome
{
    Added,

    /// <summary>Has this newsletter already, and keeps what they chose.</summary>
    AlreadyThere,

    /// <summary>They left, and are not brought back by somebody else's list.</summary>
    Left,

    /// <summary>Mail to them failed for good, or they complained.</summary>
    Suppressed,

    /// <summary>They asked to be forgotten.</summary>
    Erased,
}
