using System.Collections.Immutable;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Transports;
using Syndication.WebSub;

namespace Syndication.Cli;

/// <summary>The sections that settings can have, a line each.</summary>
internal static class KnownOptions
{
    /// <summary>All sections, each with new options that hold their defaults.</summary>
    public static ImmutableArray<OptionsSection> New() =>
    [
        OptionsSection.Of<SiteOptions>("Site", nameof(SiteOptions.Folder)),
        OptionsSection.Of<PostsOptions>("Posts", nameof(PostsOptions.Folder)),
        OptionsSection.Of<NewsletterOptions>("Newsletter", CronSlots.Invalid),
        OptionsSection.Of<MailOptions>("Mail", nameof(MailOptions.Outbox), $"{nameof(MailOptions.Dkim)}:{nameof(DkimOptions.KeyFile)}"),
        OptionsSection.Of<FeedOptions>("Feeds", nameof(FeedOptions.Output)),
        OptionsSection.Of<WebSubOptions>("WebSub"),
        OptionsSection.Of<StorageOptions>("Storage", nameof(StorageOptions.Data)),
    ];
}
