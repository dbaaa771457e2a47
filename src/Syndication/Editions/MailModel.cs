using System.Globalization;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What the templates of mails may show, by the names that they use.</summary>
internal static class MailModel
{
    private const int LongestTitle = 1000;
    private const int LongestExcerpt = 400;
    private const int LongestPreheader = 180;
    private const int LongestAddress = 500;

    /// <summary>What every mail shows.</summary>
    /// <param name="site">The site.</param>
    /// <param name="newsletter">The newsletter in whose name it is sent.</param>
    /// <param name="subject">Any text.</param>
    /// <param name="preheader">Any text.</param>
    public static Dictionary<string, object?> Of(SiteDefinition site, Newsletter newsletter, string subject, string preheader) => new()
    {
        ["language"] = site.Language ?? "en",
        ["subject"] = PlainLine.Of(subject, LongestTitle),
        ["preheader"] = PlainLine.Of(preheader, LongestPreheader),
        ["site"] = new Dictionary<string, object?>
        {
            ["title"] = PlainLine.Of(site.Title, LongestTitle),
            ["url"] = site.Url.AbsoluteUri,
        },
        ["newsletter"] = new Dictionary<string, object?>
        {
            ["title"] = PlainLine.Of(newsletter.Title, LongestTitle),
            ["address"] = newsletter.PostalAddress is null ? null : PlainLine.Of(newsletter.PostalAddress, LongestAddress),
        },
    };

    /// <summary>A post without its body.</summary>
    public static Dictionary<string, object?> Of(SiteDefinition site, Post post, RenderedPost rendered) => new()
    {
        ["title"] = TitleOf(post),
        ["url"] = SiteUrls.Absolute(site, post.Permalink).AbsoluteUri,
        ["date"] = post.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["language"] = post.Language ?? site.Language ?? "en",
        ["excerpt"] = ExcerptOf(post, rendered),
        ["authors"] = post.Authors.Select(a => (object?)PlainLine.Of(a.Name, LongestTitle)).ToList(),
        ["tags"] = post.Categories.Concat(post.Tags).Distinct(StringComparer.OrdinalIgnoreCase).Select(t => (object?)PlainLine.Of(t, LongestTitle)).ToList(),
    };

    /// <summary>A correction of a post.</summary>
    public static Dictionary<string, object?> Of(SiteDefinition site, Post post, Correction correction) => new()
    {
        ["title"] = TitleOf(post),
        ["url"] = SiteUrls.Absolute(site, post.Permalink).AbsoluteUri,
        ["language"] = post.Language ?? site.Language ?? "en",
        ["text"] = correction.Text,
    };

    public static string TitleOf(Post post) => PlainLine.Of(TitleText.Of(post.Title), LongestTitle);

    public static string ExcerptOf(Post post, RenderedPost rendered) => PlainLine.Of(post.Description ?? rendered.ExcerptText, LongestExcerpt);
}
