using System.Net;

namespace Syndication.Content;

/// <summary>Where a player that stands on somebody else's site leads when it is a link, and the picture to show for it.</summary>
internal static class ElsewhereLink
{
    /// <summary>The page of the video for a known player's address, and its thumbnail where that follows from the address.</summary>
    public static (string Page, string? Thumbnail) Of(string player)
    {
        if (!Uri.TryCreate(player, UriKind.Absolute, out Uri? uri))
        {
            return (player, null);
        }

        string host = uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host;
        string last = uri.AbsolutePath[(uri.AbsolutePath.LastIndexOf('/') + 1)..];
        bool isKey = last.Length > 0 && last.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return host switch
        {
            "youtube.com" or "youtube-nocookie.com" when isKey && uri.AbsolutePath == "/embed/" + last => YouTube(last),
            "player.vimeo.com" when isKey => ("https://vimeo.com/" + last, null),
            _ => (player, null),
        };
    }

    public static (string Page, string? Thumbnail) YouTube(string key)
    {
        string safe = Uri.EscapeDataString(key);
        return ($"https://www.youtube.com/watch?v={safe}", $"https://i.ytimg.com/vi/{safe}/hqdefault.jpg");
    }

    /// <summary>The link as HTML: the picture where there is one, else the words.</summary>
    public static string Html(string page, string? thumbnail, string words)
    {
        string shown = WebUtility.HtmlEncode(words);
        string inner = thumbnail is null ? shown : $"<img src=\"{WebUtility.HtmlEncode(thumbnail)}\" alt=\"{shown}\" />";
        return $"<a href=\"{WebUtility.HtmlEncode(page)}\">{inner}</a>";
    }
}
