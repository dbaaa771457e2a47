namespace Syndication.WebSub;

/// <summary>Somebody who is sent each new version of a feed, until the lease ends.</summary>
/// <param name="Id">The store's key.</param>
/// <param name="Callback">Where to.</param>
/// <param name="Topic">The address of the feed.</param>
/// <param name="Secret">See <see cref="HubRequest.Secret"/>.</param>
/// <param name="Effort">How far it has come.</param>
internal sealed record HubSubscription(long Id, Uri Callback, string Topic, string? Secret, Effort Effort);

/// <summary>How many subscriptions there are beside one.</summary>
/// <param name="All">Of all.</param>
/// <param name="OfHost">With callbacks on the same host.</param>
internal sealed record HubCounts(long All, long OfHost)
{
    public const int Most = 10_000;

    /// <summary>A reader on the web subscribes once to each feed for all its people.</summary>
    public const int MostOfHost = 500;

    /// <summary>Why there can be no more, or null.</summary>
    public string? Refusal => OfHost >= MostOfHost ? "too many subscriptions of this host" : All >= Most ? "too many subscriptions" : null;
}
