using System.Text.Json;

namespace Syndication.EndToEnd.Support;

/// <summary>An item of a JSON feed.</summary>
internal sealed record FeedItem(string Id, string Url, string Title, string Html, DateTimeOffset Published)
{
    public static IReadOnlyList<FeedItem> ReadAll(string json)
    {
        using JsonDocument feed = JsonDocument.Parse(json);
        return
        [
            .. feed.RootElement.GetProperty("items").EnumerateArray().Select(item => new FeedItem(
                item.GetProperty("id").GetString()!,
                item.GetProperty("url").GetString()!,
                item.TryGetProperty("title", out JsonElement title) ? title.GetString()! : "",
                item.GetProperty("content_html").GetString()!,
                item.GetProperty("date_published").GetDateTimeOffset())),
        ];
    }
}
