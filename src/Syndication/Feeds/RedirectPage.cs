using System.Net;
using System.Text;

namespace Syndication.Feeds;

/// <summary>The page that stands, in a folder that any server serves, where a post's page was before. Pure.</summary>
internal static class RedirectPage
{
    /// <param name="url">Where the post is now, as <see cref="Site.SiteUrls"/> makes addresses.</param>
    public static byte[] Of(string url)
    {
        string to = WebUtility.HtmlEncode(url);
        return Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <meta charset="utf-8">
            <title>{to}</title>
            <link rel="canonical" href="{to}">
            <meta name="robots" content="noindex">
            <meta http-equiv="refresh" content="0; url={to}">
            <p>This page is now at <a href="{to}">{to}</a>.</p>

            """.ReplaceLineEndings("\n"));
    }
}
