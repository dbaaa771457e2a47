using System.Collections.Frozen;
using System.Text;
using Syndication.Feeds;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.WebSub;

/// <summary>A published site with hubs, whose feeds have the texts that a test says.</summary>
internal static class TopicSite
{
    public static SiteDefinition Blog { get; } = Sites.Bare() with { Url = new Uri("https://blog.example.org/my/"), HasUrl = true, Hubs = [new Uri("https://blog.example.org/my/hub")] };

    public static string Url(string path) => SiteUrls.Absolute(Blog, path).AbsoluteUri;

    public static PublishedSite Publish(params (string Path, string Text)[] feeds) => Publish(Blog, feeds);

    public static PublishedSite Publish(SiteDefinition site, params (string Path, string Text)[] feeds) => new()
    {
        Prefix = "/my",
        Feeds = feeds.Select(f => Feed(site, f.Path, f.Text)).ToFrozenDictionary(f => f.Definition.Key, StringComparer.Ordinal),
    };

    private static PublishedFeed Feed(SiteDefinition site, string path, string text)
    {
        FeedDefinition definition = new(path, path.EndsWith(".json", StringComparison.Ordinal) ? FeedFormat.Json : path.EndsWith(".opml", StringComparison.Ordinal) ? FeedFormat.Opml : FeedFormat.Rss);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        PublishedFeed feed = definition.Format == FeedFormat.Json
            ? FeedBytes.PublishPacked(definition, bytes, DateTimeOffset.UnixEpoch)
            : FeedBytes.Publish(definition, bytes, DateTimeOffset.UnixEpoch);
        return feed with { Topic = FeedTopic.Of(site, definition) };
    }
}
