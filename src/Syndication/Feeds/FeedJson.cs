using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Reads from a feed.json that was published earlier which posts readers know, where there is no database to tell.</summary>
internal static class FeedJson
{
    /// <param name="json">The bytes of a JSON Feed.</param>
    /// <param name="site">The site the feed is of.</param>
    /// <exception cref="DataFormatException">It is no JSON Feed.</exception>
    public static ImmutableArray<KnownPost> Known(ReadOnlyMemory<byte> json, SiteDefinition site)
    {
        try
        {
            using JsonDocument feed = JsonDocument.Parse(json);
            return
            [
                .. feed.RootElement.GetProperty("items").EnumerateArray()
                    .Select(item => Row(item, site)).OfType<KnownPost>().DistinctBy(row => row.Id),
            ];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataFormatException((int?)((e as JsonException)?.LineNumber + 1), "is no JSON Feed");
        }
    }

    private static KnownPost? Row(JsonElement item, SiteDefinition site)
    {
        string? id = item.ValueKind == JsonValueKind.Object ? Text(item, "id") : null;
        if (string.IsNullOrEmpty(id)
            || !DateTimeOffset.TryParse(Text(item, "date_published"), CultureInfo.InvariantCulture, out DateTimeOffset date))
        {
            return null;
        }

        JsonElement own = item.TryGetProperty("_syndication", out JsonElement found) ? found : default;
        string url = Text(item, "url") ?? "";
        string root = site.Url.AbsoluteUri;
        string permalink = url.StartsWith(root, StringComparison.Ordinal) ? url[(root.Length - 1)..] : url;
        string path = own.ValueKind == JsonValueKind.Object ? Text(own, "file") ?? "" : "";
        return new KnownPost
        {
            Id = id,
            Path = path,
            Permalink = permalink,
            Slug = Path.GetFileNameWithoutExtension(permalink.TrimEnd('/')),
            Fingerprint = own.ValueKind == JsonValueKind.Object ? Text(own, "fingerprint") ?? "" : "",
            FirstSeen = date,
            Date = date,
            IsPresent = path.Length > 0,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
