using System.Globalization;
using System.Net;
using System.Text;
using Syndication.Feeds;

namespace Syndication.WebSub;

internal enum HubMode
{
    Subscribe,
    Unsubscribe,
}

/// <summary>What a subscriber asks the hub for (W3C WebSub, section 5.1).</summary>
/// <param name="Mode">What.</param>
/// <param name="Topic">The address of one of our feeds.</param>
/// <param name="Callback">Where the subscriber listens.</param>
internal sealed record HubRequest(HubMode Mode, string Topic, Uri Callback)
{
    public static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan UsualLease = TimeSpan.FromDays(10);
    public static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    /// <summary>In bytes of UTF-8 (section 5.1).</summary>
    private const int MostSecret = 199;

    /// <summary>The key of signatures; null = deliveries are not signed.</summary>
    public string? Secret { get; init; }

    public TimeSpan Lease { get; init; } = UsualLease;

    /// <summary>Of the feed when it was asked for: the subscriber has seen it.</summary>
    public required string Version { get; init; }

    /// <summary>Whether another is about the same subscription.</summary>
    public bool IsForSame(HubRequest other) => Topic == other.Topic && Callback == other.Callback;

    /// <summary>Reads a request; null with the reason, a line for whoever wrote the subscriber.</summary>
    /// <param name="field">The values of a field of the form.</param>
    /// <param name="site">The feeds that there are.</param>
    /// <param name="isAllowed">See <see cref="CallbackRule.IsAllowed"/>.</param>
    /// <param name="problem">Why it is none; empty when it is one.</param>
    public static HubRequest? Read(Func<string, IReadOnlyList<string?>> field, PublishedSite site, Func<IPAddress, bool> isAllowed, out string problem)
    {
        string? twice = Fields.FirstOrDefault(name => field(name).Count > 1);
        HubMode? mode = One("hub.mode") switch { "subscribe" => HubMode.Subscribe, "unsubscribe" => HubMode.Unsubscribe, _ => null };
        string? topic = One("hub.topic");
        PublishedFeed? feed = topic is null ? null : site.Feeds.Values.FirstOrDefault(f => f.Topic?.Url == topic);
        string callbackProblem = "is missing";
        Uri? callback = One("hub.callback") is string text ? CallbackAddress.Read(text, isAllowed, out callbackProblem) : null;
        string? secret = One("hub.secret");
        TimeSpan? lease = LeaseOf(One("hub.lease_seconds"));
        problem = twice is not null ? $"{twice} is given more than once"
            : mode is null ? "hub.mode must be subscribe or unsubscribe"
            : topic is null ? "hub.topic is missing"
            : feed is null ? "hub.topic is no feed of this site; expected the address that a feed names as its own (rel=self)"
            : callback is null ? $"hub.callback {callbackProblem}"
            : secret is not null && secret.Any(char.IsControl) ? "hub.secret has a control character"
            : secret is not null && Encoding.UTF8.GetByteCount(secret) > MostSecret ? "hub.secret must be shorter than 200 bytes"
            : lease is null ? "hub.lease_seconds must be a whole number greater than 0"
            : "";
        return problem.Length > 0 ? null : new HubRequest(mode!.Value, topic!, callback!) { Secret = secret, Lease = lease!.Value, Version = feed!.Hash };

        string? One(string name) => field(name) is [string { Length: > 0 } value] ? value : null;
    }

    private static string[] Fields { get; } = ["hub.mode", "hub.topic", "hub.callback", "hub.secret", "hub.lease_seconds"];

    /// <summary>What is asked for within our bounds, which the verification tells the subscriber; null where it is no number.</summary>
    private static TimeSpan? LeaseOf(string? text) =>
        text is null ? UsualLease
        : !text.All(char.IsAsciiDigit) || double.Parse(text, CultureInfo.InvariantCulture) is not (>= 1 and double seconds) ? null
        : TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestLease.TotalSeconds, LongestLease.TotalSeconds));
}
