using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>What one feed has otherwise than the others.</summary>
internal sealed class FeedOverride : IValidatedOptions
{
    /// <summary>The path of the feed in any of its formats.</summary>
    public string? Path { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>See <see cref="FeedOptions.Limit"/>.</summary>
    public int? Limit { get; set; }

    /// <summary>See <see cref="FeedOptions.ExcerptOnly"/>.</summary>
    public bool? ExcerptOnly { get; set; }

    /// <summary>See <see cref="FeedOptions.Archives"/>; null = as there, and none for a topic.</summary>
    public string? Archives { get; set; }

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Path?.StartsWith('/') != true)
        {
            yield return new InvalidOption(nameof(Path), "the path of a feed, such as /feed.xml");
        }

        if (Limit is < 0 or > FeedOptions.MaxLimit)
        {
            yield return new InvalidOption(nameof(Limit), FeedOptions.LimitBound);
        }

        if (Archives is string archives && !FeedArchives.IsSetting(archives))
        {
            yield return new InvalidOption(nameof(Archives), FeedArchives.Expected);
        }
    }
}
