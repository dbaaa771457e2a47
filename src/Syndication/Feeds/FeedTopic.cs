using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>A feed as hubs know it (W3C WebSub).</summary>
/// <param name="Url">The feed's own address, by which it is subscribed to.</param>
/// <param name="Links">The header Link of an answer with this feed: each hub, and the one address that is its own (section 4).</param>
internal sealed record FeedTopic(string Url, string Links)
{
    /// <summary>Null where there is no hub, and for the list of feeds, which names none.</summary>
    public static FeedTopic? Of(SiteDefinition site, FeedDefinition definition)
    {
        if (site.Hubs.IsEmpty || definition.Format == FeedFormat.Opml)
        {
            return null;
        }

        string url = SiteUrls.Absolute(site, definition.Path).AbsoluteUri;
        ImmutableArray<string> links = [.. site.Hubs.Select(hub => $"<{hub.AbsoluteUri}>; rel=\"hub\""), $"<{url}>; rel=\"self\""];
        return new FeedTopic(url, string.Join(", ", links));
    }
}
