using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Syndication.Feeds;

namespace Syndication.WebSub;

/// <summary>What the hub says to subscribers (W3C WebSub, sections 5.2, 5.3 and 7). Pure.</summary>
internal static class HubMessage
{
    /// <summary>The address that asks whether a request is the subscriber's own.</summary>
    public static Uri Verification(HubRequest request, string challenge)
    {
        string lease = request.Mode == HubMode.Subscribe ? "&hub.lease_seconds=" + request.Lease.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) : "";
        string mode = request.Mode == HubMode.Subscribe ? "subscribe" : "unsubscribe";
        return With(request.Callback, $"hub.mode={mode}&hub.topic={Uri.EscapeDataString(request.Topic)}&hub.challenge={challenge}{lease}");
    }

    /// <summary>The address that tells that there is no subscription.</summary>
    public static Uri Denial(HubRequest request, string reason) =>
        With(request.Callback, $"hub.mode=denied&hub.topic={Uri.EscapeDataString(request.Topic)}&hub.reason={Uri.EscapeDataString(reason)}");

    /// <summary>A feed as it is now.</summary>
    public static HttpRequestMessage Delivery(HubSubscription subscription, PublishedFeed feed)
    {
        ReadOnlyMemory<byte> bytes = FeedBytes.Plain(feed);
        HttpRequestMessage message = new(HttpMethod.Post, subscription.Callback) { Content = new ReadOnlyMemoryContent(bytes) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(feed.Definition.ContentType);
        message.Headers.Add("Link", feed.Topic!.Links);
        if (subscription.Secret is string secret)
        {
            message.Headers.Add("X-Hub-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes.Span)));
        }

        return message;
    }

    /// <summary>The callback's own query stays.</summary>
    private static Uri With(Uri callback, string query) => new($"{callback.AbsoluteUri}{(callback.AbsoluteUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
}
