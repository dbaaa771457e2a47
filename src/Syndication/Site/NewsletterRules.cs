namespace Syndication.Site;

/// <summary>Makes the newsletter of what is configured.</summary>
/// <param name="Options">What the operator said.</param>
/// <param name="IsToOutbox">Whether mail goes to the outbox folder.</param>
internal sealed record NewsletterRules(NewsletterOptions Options, bool IsToOutbox)
{
    private static readonly TimeSpan DefaultQuietPeriod = TimeSpan.FromMinutes(2);

    /// <summary>Who tries it out should not wait for long.</summary>
    private static readonly TimeSpan OutboxQuietPeriod = TimeSpan.FromSeconds(10);

    /// <summary>The newsletter that every post goes to; the site's title and host are its defaults.</summary>
    public Newsletter DefaultOf(SiteDefinition site)
    {
        string title = Options.Title ?? site.Title;
        return new Newsletter
        {
            Name = Newsletter.DefaultName,
            Title = title,
            From = Options.From ?? $"newsletter@{site.Url.DnsSafeHost}",
            FromName = Options.FromName ?? title,
            PostalAddress = Options.Address,
            QuietPeriod = Options.QuietPeriod ?? (IsToOutbox ? OutboxQuietPeriod : DefaultQuietPeriod),
            NewsWithin = Options.NewsWithin,
            WaitsForPage = Options.WaitForPage ?? (site.HasUrl && !site.ServesPages),
            NeedsApproval = Options.Approve,
            DailyCron = Options.Daily,
            WeeklyCron = Options.Weekly,
            MonthlyCron = Options.Monthly,
            LocalTime = Options.LocalTime,
        };
    }
}
