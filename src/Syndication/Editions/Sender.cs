using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>In whose name mail goes out, as configured now. For any number of threads.</summary>
internal sealed class Sender(PostCatalogSource catalogs, NewsletterRules newsletters)
{
    /// <summary>Null until the posts were read for the first time: the site is known with them.</summary>
    public (SiteDefinition Site, Newsletter Newsletter)? Current =>
        catalogs.Current is { } catalog ? (catalog.Site, newsletters.DefaultOf(catalog.Site)) : null;
}
