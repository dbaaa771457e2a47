namespace Syndication.Feeds;

/// <summary>What the posts of a feed have in common.</summary>
internal enum FeedKind
{
    Site,
    Category,
    Tag,
    Author,
    Language,

    /// <summary>Hugo: a top folder of the content.</summary>
    Section,
}
