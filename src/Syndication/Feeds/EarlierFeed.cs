using System.Collections.Immutable;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Reads from a feed that another program published which posts readers know: RSS 2.0, Atom 1.0 or JSON Feed. Pure.</summary>
internal static class EarlierFeed
{
    /// <summary>The largest feed that is read, in bytes.</summary>
    public const int MaxBytes = 64_000_000;

    public const string Expected = "a feed: RSS 2.0, Atom or JSON Feed";

    private const string NoFeed = "is no feed that can be read";
    private const string FeedBurner = "http://rssnamespace.org/feedburner/ext/1.0";

    /// <summary>Nothing outside of the document is fetched, and nothing in it can make it larger than it is.</summary>
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
    };

    /// <returns>The entries that say how readers know them, in the feed's order.</returns>
    /// <exception cref="DataFormatException">It is no feed.</exception>
    public static ImmutableArray<EarlierEntry> Read(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        IEnumerable<EarlierEntry?> entries = text.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? OfJson(bytes.AsMemory(bytes.Length - text.Length)) : OfXml(bytes);
        return [.. entries.OfType<EarlierEntry>()];
    }

    private static EarlierEntry?[] OfXml(byte[] bytes)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(new MemoryStream(bytes, writable: false), Settings);
            SyndicationFeedFormatter? format = ((SyndicationFeedFormatter[])[new Rss20FeedFormatter(), new Atom10FeedFormatter()]).FirstOrDefault(f => f.CanRead(xml));
            if (format is null)
            {
                throw new DataFormatException(null, $"{NoFeed}: it begins with <{xml.Name}>");
            }

            format.ReadFrom(xml);
            return [.. format.Feed.Items.Select(item => Entry(item.Id, LinkOf(item)))];
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new DataFormatException((e as XmlException)?.LineNumber is int line and > 0 ? line : null, $"{NoFeed}: {e.Message}");
        }
    }

    /// <summary>FeedBurner, which counts clicks, keeps the link to the page in an element of its own.</summary>
    private static string? LinkOf(SyndicationItem item)
    {
        SyndicationLink? link = item.Links.FirstOrDefault(l => l.RelationshipType is null or "alternate");
        return item.ElementExtensions.ReadElementExtensions<string>("origLink", FeedBurner).FirstOrDefault()?.Trim()
            ?? (link is null ? null : (link.GetAbsoluteUri() ?? link.Uri).OriginalString);
    }

    private static EarlierEntry?[] OfJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument feed = JsonDocument.Parse(json);
            return [.. feed.RootElement.GetProperty("items").EnumerateArray().Select(item => Entry(Text(item, "id"), Text(item, "url")))];
        }
        catch (JsonException e)
        {
            throw new DataFormatException((int?)(e.LineNumber + 1), $"{NoFeed}: {e.Message}");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new DataFormatException(null, $"{NoFeed}: it has no list of items");
        }
    }

    /// <summary>A number is an id, too, and the same as its digits (JSON Feed 1.1).</summary>
    private static string? Text(JsonElement item, string name) => !item.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static EarlierEntry? Entry(string? id, string? link)
    {
        link = string.IsNullOrWhiteSpace(link) ? null : link.Trim();
        return string.IsNullOrWhiteSpace(id) ? link is null ? null : new EarlierEntry(link, link) : new EarlierEntry(id.Trim(), link);
    }
}
