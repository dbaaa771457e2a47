using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>A feed that had another address before.</summary>
internal sealed class FeedMove : IValidatedOptions
{
    /// <summary>Where it was: the path below the site's address.</summary>
    public string? Path { get; set; }

    /// <summary>Where it is: a path below the site's address, or an address elsewhere.</summary>
    public string? To { get; set; }

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Path?.StartsWith('/') != true)
        {
            yield return new InvalidOption(nameof(Path), "the path where a feed was, such as /rss.xml");
        }

        if (To is null || To == Path || !(To.StartsWith('/') || (SiteUrls.IsSafe(To) && To.StartsWith("http", StringComparison.OrdinalIgnoreCase))))
        {
            yield return new InvalidOption(nameof(To), "another path or address, where the feed is now, such as /feed.xml");
        }
    }
}
