using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>Where the links in mails lead, below the site's address.</summary>
internal static class SubscriberLinks
{
    public const string UnsubscribePath = "/unsubscribe/";
    public const string ResubscribePath = "/resubscribe/";

    /// <summary>
    /// The address for leaving: for List-Unsubscribe, where a mail program sends a POST to it (RFC 8058), and for the footer, where it
    /// opens a page with a button.
    /// </summary>
    /// <param name="root">The address at which this service is reached, as <see cref="SiteUrls.Root(Uri)"/> makes it.</param>
    /// <param name="keys">The keys of links.</param>
    /// <param name="subscriber">Whose link it is.</param>
    public static Uri Unsubscribe(Uri root, TokenKeys keys, Guid subscriber) =>
        SiteUrls.Absolute(root, UnsubscribePath + SignedToken.ForUnsubscribing(keys, subscriber));
}
