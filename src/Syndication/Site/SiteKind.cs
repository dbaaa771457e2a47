namespace Syndication.Site;

/// <summary>Whose rules the posts were written for.</summary>
internal enum SiteKind
{
    /// <summary>A folder of posts without a generator that is known; also Eleventy and Astro.</summary>
    Bare,
    Jekyll,
    Hugo,
}
