using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Feeds;

namespace Syndication.WebSub;

/// <summary>A subscription that ended before its lease.</summary>
/// <param name="Host">The callback's; its path is a secret.</param>
/// <param name="Reason">Why, for a person.</param>
internal sealed record EndedSubscription(string Host, string Reason);

/// <summary>
/// Sends each feed that is served in another version than a subscriber was sent last, always as it is now. What is owed follows from the feeds
/// and the store alone, so that no crash loses it; a version whose outcome a crash lost is sent again. One thread at a time.
/// </summary>
internal sealed class HubDeliveries(PublishedSiteSource published, HubStore store, CallbackClient client, TimeProvider time)
{
    private const int Gone = 410;

    /// <summary>Leases and new subscriptions are looked at this often.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private FrozenDictionary<string, PublishedFeed>? _seen;
    private DateTimeOffset _next;

    /// <summary>Sends what is due, once each. Costs nothing while nothing is.</summary>
    public async Task<ImmutableArray<EndedSubscription>> RunAsync(CancellationToken stop)
    {
        FrozenDictionary<string, PublishedFeed> feeds = published.Current.Feeds;
        DateTimeOffset now = time.GetUtcNow();
        if (ReferenceEquals(feeds, _seen) && now < _next)
        {
            return [];
        }

        await store.EndLeasesAsync(now, stop);
        FrozenDictionary<string, string> paths = feeds.Where(feed => feed.Value.Topic is not null)
            .ToFrozenDictionary(feed => feed.Value.Topic!.Url, feed => feed.Key, StringComparer.Ordinal);
        List<EndedSubscription> ended = [];
        HostRun<ToTell<HubSubscription>> run = new(due => due.Whom.Callback.IdnHost, SendAsync, KeepAsync, time, isOneParty: false);
        await run.RunAsync((await PlanAsync(now)).Due, stop);
        now = time.GetUtcNow();
        DateTimeOffset? wake = (await PlanAsync(now)).Wake;
        (_seen, _next) = (feeds, wake < now + Look ? wake.Value : now + Look);
        return [.. ended];

        async Task<EffortPlan<HubSubscription>> PlanAsync(DateTimeOffset at) => EffortPlan<HubSubscription>.Of(
            from subscription in await store.ListAsync(at, stop)
            where paths.ContainsKey(subscription.Topic)
            select new ToTell<HubSubscription>(subscription, subscription.Effort, feeds[paths[subscription.Topic]].Hash),
            at);

        async Task<(ToTell<HubSubscription> Item, CallbackAnswer Answer)> SendAsync(ToTell<HubSubscription> due, CancellationToken cancelled)
        {
            string path = paths[due.Whom.Topic];
            PublishedFeed feed = published.Current.Feeds.TryGetValue(path, out PublishedFeed? newest) && newest.Topic is not null ? newest : feeds[path];
            return (due with { Version = feed.Hash }, await client.SendAsync(HubMessage.Delivery(due.Whom, feed), cancelled));
        }

        async Task KeepAsync(ImmutableArray<(ToTell<HubSubscription> Item, CallbackAnswer Answer)> sent, CancellationToken cancelled)
        {
            DateTimeOffset at = time.GetUtcNow();
            ImmutableArray<(HubSubscription Subscription, CallbackAnswer Answer, Effort Effort)> efforts = [.. sent.Select(s => (
                s.Item.Whom, s.Answer, s.Item.After(s.Answer, at)))];
            ImmutableArray<(HubSubscription Subscription, CallbackAnswer Answer, Effort Effort)> over = [.. efforts.Where(e => e.Answer.Status == Gone || e.Effort.HasGivenUp)];
            await store.SaveAsync(efforts.Except(over).Select(e => (e.Subscription.Id, e.Effort)), cancelled);
            if (!over.IsEmpty)
            {
                await store.EndAsync(over.Select(e => e.Subscription.Id), cancelled);
            }

            lock (ended)
            {
                ended.AddRange(over.Select(e => new EndedSubscription(
                    e.Subscription.Callback.IdnHost, e.Answer.Status == Gone ? "it asked for no more (410)" : $"not one of {Effort.MostAttempts} tries succeeded, the last: {e.Answer.Reason}")));
            }
        }
    }
}
