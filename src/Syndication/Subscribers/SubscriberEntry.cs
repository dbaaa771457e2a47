namespace Syndication.Subscribers;

/// <summary>A subscriber with one of their subscriptions: a line of a list.</summary>
internal sealed record SubscriberEntry(Subscriber Subscriber, Subscription Subscription);
