using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Writes a feed as JSON Feed 1.1. The extension _syndication names each item's file, so that a later build knows a moved post again.</summary>
internal static class JsonFeedWriter
{
    /// <summary>Bytes that are held before they are written on.</summary>
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",

        // The feed is JSON, never part of a page, so that letters of all scripts may stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="feed">What to write.</param>
    /// <param name="self">The feed's own URL.</param>
    /// <param name="stream">Gets UTF-8 without a byte order mark.</param>
    public static void Write(Feed feed, Uri self, Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.Home.AbsoluteUri);
            json.WriteString("feed_url", self.AbsoluteUri);
            json.WriteString("description", feed.Description);
            WriteOptional(json, "next_url", feed.Links.Previous?.AbsoluteUri);
            WriteOptional(json, "language", feed.Language);
            if (feed.Author is not null)
            {
                WriteAuthors(json, [feed.Author]);
            }

            WriteHubs(json, feed.Hubs);
            json.WriteStartArray("items");
            foreach (FeedItem item in feed.Items)
            {
                WriteItem(json, item);
                if (json.BytesPending > FlushAt)
                {
                    json.Flush();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteItem(Utf8JsonWriter json, FeedItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("url", item.Url.AbsoluteUri);
        WriteOptional(json, "title", item.Title.Length == 0 ? null : item.Title);
        json.WriteString("content_html", item.Html);
        WriteOptional(json, "summary", item.Summary);
        WriteOptional(json, "image", item.Image?.AbsoluteUri);
        json.WriteString("date_published", Date(item.Published));
        json.WriteString("date_modified", Date(item.Updated));
        if (!item.Authors.IsEmpty)
        {
            WriteAuthors(json, item.Authors);
        }

        if (!item.Tags.IsEmpty)
        {
            json.WriteStartArray("tags");
            foreach (string tag in item.Tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
        }

        WriteOptional(json, "language", item.Language);
        json.WriteStartObject("_syndication");
        json.WriteString("file", item.Path);
        json.WriteString("fingerprint", item.Fingerprint);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAuthors(Utf8JsonWriter json, IEnumerable<Author> authors)
    {
        json.WriteStartArray("authors");
        foreach (Author author in authors)
        {
            json.WriteStartObject();
            json.WriteString("name", author.Name);
            WriteOptional(json, "url", author.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHubs(Utf8JsonWriter json, ImmutableArray<Uri> hubs)
    {
        if (hubs.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("hubs");
        foreach (Uri hub in hubs)
        {
            json.WriteStartObject();
            json.WriteString("type", "WebSub");
            json.WriteString("url", hub.AbsoluteUri);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>RFC 3339 with seconds.</summary>
    private static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
