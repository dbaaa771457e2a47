using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>What the feeds hold and where they are written.</summary>
internal sealed class FeedOptions : IValidatedOptions
{
    private const int MaxLimit = 100_000;

    /// <summary>Items per feed, 0 to 100,000, 0 = all; null = as the generator's configuration says, else 10 in a Jekyll site and 20 elsewhere.</summary>
    public int? Limit { get; set; }

    /// <summary>The folder that feeds and pages are written to (--output); null = public/ in the data folder.</summary>
    public string? Output { get; set; }

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Limit is < 0 or > MaxLimit)
        {
            yield return new InvalidOption(nameof(Limit), $"0 to {MaxLimit}; 0 is all");
        }
    }
}
