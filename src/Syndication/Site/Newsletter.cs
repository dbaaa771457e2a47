namespace Syndication.Site;

/// <summary>What one can subscribe to, as configured. Immutable.</summary>
internal sealed record Newsletter
{
    /// <summary>The default newsletter's name in the store.</summary>
    public const string DefaultName = "posts";

    /// <summary>The key in the store and in front matter; never shown.</summary>
    public required string Name { get; init; }

    /// <summary>As readers see it.</summary>
    public required string Title { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The sender's name.</summary>
    public required string FromName { get; init; }

    /// <summary>The postal address in each mail's footer, which many countries demand; null when it was not given.</summary>
    public string? PostalAddress { get; init; }

    /// <summary>How long a post's file must have been still before the post is released to mail.</summary>
    public required TimeSpan QuietPeriod { get; init; }

    /// <summary>A post that turns up dated further back than this is not news.</summary>
    public required TimeSpan NewsWithin { get; init; }

    /// <summary>A post is not mailed before its page is on the site.</summary>
    public bool WaitsForPage { get; init; }

    /// <summary>Editions wait for `editions approve`.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>When digests are due, in Quartz's cron form, in the site's time zone.</summary>
    public required string DailyCron { get; init; }

    public required string WeeklyCron { get; init; }

    public required string MonthlyCron { get; init; }

    /// <summary>Digests come to each reader at their hour where the reader is.</summary>
    public bool LocalTime { get; init; }

    /// <summary>The cron expression of a digest cadence.</summary>
    public string CronOf(Cadence cadence) => cadence switch
    {
        Cadence.Daily => DailyCron,
        Cadence.Weekly => WeeklyCron,
        Cadence.Monthly => MonthlyCron,
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, "each post is its own edition and has no schedule"),
    };
}
