using System.Net;
using System.Text;

namespace Syndication.Content.Hugo;

/// <summary>What a shortcode that cannot be run plainly says by its arguments alone. Pure.</summary>
internal static class PlainShortcode
{
    private static readonly string[] WordKeys = ["caption", "title", "text", "label", "content", "name", "alt"];

    private static readonly string[] ImageEndings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp"];

    /// <summary>Its images, else a link, else words; empty where it names none of these.</summary>
    public static string Html(ShortcodeTag tag)
    {
        string words = WordKeys.Select(key => tag.Argument(key)).FirstOrDefault(word => word.Length > 0) ?? "";
        string shown = WebUtility.HtmlEncode(words);
        string[] images = [.. tag.Arguments.Values.Where(IsImage)];
        string? link = tag.Arguments.Values.FirstOrDefault(IsLink);
        if (images.Length > 0)
        {
            string alt = WebUtility.HtmlEncode(tag.Argument("alt") is { Length: > 0 } given ? given : words);
            StringBuilder html = new("<figure>");
            foreach (string image in images)
            {
                html.Append("<img src=\"").Append(WebUtility.HtmlEncode(image)).Append("\" alt=\"").Append(alt).Append("\"/>");
            }

            return html.Append(words.Length > 0 && words != tag.Argument("alt") ? $"<figcaption>{shown}</figcaption>" : "").Append("</figure>").ToString();
        }

        return link is not null ? ElsewhereLink.Html(link, null, words.Length > 0 ? words : link) : shown;
    }

    private static bool IsLink(string value) =>
        value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static bool IsImage(string value)
    {
        string path = UrlText.SplitSuffix(value).Path;
        return path.Length > 4 && !path.Contains('\n', StringComparison.Ordinal)
            && Array.Exists(ImageEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
