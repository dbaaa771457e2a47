using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Syndication.Feeds;

namespace Syndication.WebSub;

/// <summary>
/// Asks each callback whether its subscriber meant the request, and only then subscribes it or ends its subscription. A request that is not
/// confirmed is dropped: the subscriber may send it again. One thread at a time.
/// </summary>
internal sealed class HubVerifier(PendingRequests pending, PublishedSiteSource published, HubStore store, CallbackClient client, TimeProvider time)
{
    private const int ChallengeBytes = 20;

    /// <summary>Deals with all that wait.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        ImmutableArray<HubRequest> taken = pending.Take();
        ConcurrentBag<HubRequest> asked = [];
        HostRun<HubRequest> run = new(
            request => request.Callback.IdnHost,
            async (request, cancelled) =>
            {
                asked.Add(request);
                return (request, await AskAsync(request, cancelled));
            },
            (_, _) => Task.CompletedTask,
            time,
            isOneParty: false);
        try
        {
            await run.RunAsync(taken, stop);
        }
        finally
        {
            pending.End(asked);
            pending.PutBack();
        }
    }

    private async Task<CallbackAnswer> AskAsync(HubRequest request, CancellationToken stop)
    {
        if (request.Mode == HubMode.Subscribe && await RefusalAsync(request, stop) is string reason)
        {
            return await client.GetAsync(HubMessage.Denial(request, reason), stop);
        }

        string challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChallengeBytes));
        CallbackAnswer answer = await client.GetAsync(HubMessage.Verification(request, challenge), stop);
        if (answer.IsSuccess && answer.Text.TrimEnd() == challenge)
        {
            await store.ApplyAsync(request, time.GetUtcNow(), stop);
        }

        return answer;
    }

    private async Task<string?> RefusalAsync(HubRequest request, CancellationToken stop) =>
        published.Current.Feeds.Values.Any(feed => feed.Topic?.Url == request.Topic)
            ? (await store.CountAsync(request, time.GetUtcNow(), stop)).Refusal
            : "the feed is no more";
}
