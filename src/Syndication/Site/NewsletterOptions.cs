namespace Syndication.Site;

/// <summary>The newsletter that every post goes to.</summary>
internal sealed class NewsletterOptions : IValidatedOptions
{
    private static readonly TimeSpan LongestQuietPeriod = TimeSpan.FromDays(7);

    private static readonly TimeSpan ShortestKept = TimeSpan.FromDays(1);

    /// <summary>As readers see it; null = the site's title.</summary>
    public string? Title { get; set; }

    /// <summary>The sender's address; null = newsletter@ the host of Site:Url.</summary>
    public string? From { get; set; }

    /// <summary>The sender's name; null = the newsletter's title.</summary>
    public string? FromName { get; set; }

    /// <summary>The postal address in each mail's footer, which many countries demand.</summary>
    public string? Address { get; set; }

    /// <summary>How long a file must have been still before its post is mailed; null = 2 min, and 10 s while mail goes to the outbox folder.</summary>
    public TimeSpan? QuietPeriod { get; set; }

    /// <summary>A post that turns up dated further back than this is not mailed.</summary>
    public TimeSpan NewsWithin { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A post is not mailed before its page is on the site; null = only where another server has the pages of Site:Url.</summary>
    public bool? WaitForPage { get; set; }

    /// <summary>Each edition waits for `editions approve`.</summary>
    public bool Approve { get; set; }

    /// <summary>When the daily digest is due, in Quartz's cron form, in the site's time zone.</summary>
    public string Daily { get; set; } = "0 0 8 * * ?";

    public string Weekly { get; set; } = "0 0 8 ? * MON";

    public string Monthly { get; set; } = "0 0 8 1 * ?";

    /// <summary>Digests come to each reader at their hour where the reader is, and not at the site's.</summary>
    public bool LocalTime { get; set; }

    /// <summary>How long after the end of an edition it is kept who was sent it; then only counts are.</summary>
    public TimeSpan KeepDeliveries { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<InvalidOption> Invalid()
    {
        if (QuietPeriod < TimeSpan.Zero || QuietPeriod > LongestQuietPeriod)
        {
            yield return new InvalidOption(nameof(QuietPeriod), "00:00:00 to 7.00:00:00");
        }

        if (NewsWithin <= TimeSpan.Zero)
        {
            yield return new InvalidOption(nameof(NewsWithin), "a duration above zero");
        }

        if (KeepDeliveries < ShortestKept)
        {
            yield return new InvalidOption(nameof(KeepDeliveries), "1.00:00:00 or more");
        }
    }
}
