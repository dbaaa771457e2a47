namespace Syndication.Site;

/// <summary>Makes newsletters of what is configured.</summary>
internal static class Newsletters
{
    public static readonly TimeSpan DefaultQuietPeriod = TimeSpan.FromMinutes(2);

    /// <summary>Who tries it out should not wait for long.</summary>
    public static readonly TimeSpan OutboxQuietPeriod = TimeSpan.FromSeconds(10);

    /// <param name="options">What the operator said.</param>
    /// <param name="site">The site: title and host are its defaults.</param>
    /// <param name="isToOutbox">Whether mail goes to the outbox folder.</param>
    public static Newsletter Default(NewsletterOptions options, SiteDefinition site, bool isToOutbox)
    {
        string title = options.Title ?? site.Title;
        return new Newsletter
        {
            Name = Newsletter.DefaultName,
            Title = title,
            From = options.From ?? $"newsletter@{site.Url.DnsSafeHost}",
            FromName = options.FromName ?? title,
            PostalAddress = options.Address,
            QuietPeriod = options.QuietPeriod ?? (isToOutbox ? OutboxQuietPeriod : DefaultQuietPeriod),
            NewsWithin = options.NewsWithin,
            NeedsApproval = options.Approve,
            DailyCron = options.Daily,
            WeeklyCron = options.Weekly,
            MonthlyCron = options.Monthly,
        };
    }
}
