using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Feeds;

namespace Syndication.WebSub;

/// <summary>That a hub could not be told.</summary>
/// <param name="Hub">Its address.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="GivenUp">How many feeds are not tried any more, until they change again; 0 = all are tried again.</param>
internal sealed record SilentHub(string Hub, string Reason, int GivenUp);

/// <summary>
/// Tells other hubs of each feed that is served in another version than they were told of last. What is owed follows from the feeds and the
/// store alone, so that no crash loses it. One thread at a time.
/// </summary>
internal sealed class HubPings(
    ImmutableArray<Uri> hubs, PublishedSiteSource published, PingStore store, CallbackClient client, TimeProvider time)
{
    private ImmutableDictionary<HubPing, Effort>? _efforts;
    private FrozenDictionary<string, PublishedFeed>? _seen;
    private DateTimeOffset? _next;

    /// <summary>Tells what is due, once each. Costs nothing while nothing is.</summary>
    /// <returns>The hubs that could not be told.</returns>
    public async Task<ImmutableArray<SilentHub>> RunAsync(CancellationToken stop)
    {
        FrozenDictionary<string, PublishedFeed> feeds = published.Current.Feeds;
        DateTimeOffset now = time.GetUtcNow();
        if (ReferenceEquals(feeds, _seen) && !(_next <= now))
        {
            return [];
        }

        _efforts ??= await store.LoadAsync(stop);
        List<(HubPing Ping, CallbackAnswer Answer, bool HasGivenUp)> failed = [];
        HostRun<ToTell<HubPing>> run = new(due => due.Whom.Hub, async (due, cancelled) => (due, await TellAsync(due.Whom, cancelled)), KeepAsync, time, isOneParty: true);
        await run.RunAsync(PlanOf(feeds, now).Due, stop);
        (_seen, _next) = (feeds, PlanOf(feeds, time.GetUtcNow()).Wake);
        return
        [
            .. failed.GroupBy(f => f.Ping.Hub, StringComparer.Ordinal)
                .Select(hub => new SilentHub(hub.Key, hub.Last().Answer.Reason, hub.Count(f => f.HasGivenUp))),
        ];

        async Task KeepAsync(ImmutableArray<(ToTell<HubPing> Item, CallbackAnswer Answer)> told, CancellationToken cancelled)
        {
            DateTimeOffset ended = time.GetUtcNow();
            ImmutableArray<(HubPing Ping, Effort Effort)> kept = [.. told.Select(t => (t.Item.Whom, t.Item.After(t.Answer, ended)))];
            await store.SaveAsync(kept, cancelled);
            lock (failed)
            {
                _efforts = _efforts.SetItems(kept.Select(k => KeyValuePair.Create(k.Ping, k.Effort)));
                failed.AddRange(told.Zip(kept).Where(t => !t.First.Answer.IsSuccess).Select(t => (t.Second.Ping, t.First.Answer, t.Second.Effort.HasGivenUp)));
            }
        }
    }

    private EffortPlan<HubPing> PlanOf(FrozenDictionary<string, PublishedFeed> feeds, DateTimeOffset now) => EffortPlan<HubPing>.Of(
        from hub in hubs
        from feed in feeds.Values
        where feed.Topic is not null
        let ping = new HubPing(hub.AbsoluteUri, feed.Topic!.Url)
        select new ToTell<HubPing>(ping, _efforts!.GetValueOrDefault(ping) ?? new Effort(), feed.Hash),
        now);

    /// <summary>The convention of all hubs; WebSub leaves it to them.</summary>
    private Task<CallbackAnswer> TellAsync(HubPing ping, CancellationToken stop) => client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, ping.Hub)
        {
            Content = new FormUrlEncodedContent([new("hub.mode", "publish"), new("hub.url", ping.Topic)]),
        },
        stop);
}
