using System.Text.Json;

namespace Syndication.Site;

/// <summary>Reads one JSON object, as some front matter and configuration is written.</summary>
internal static class JsonReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 50,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="text">One JSON object.</param>
    /// <param name="firstLine">The line of the file at which <paramref name="text"/> begins, counted from 1.</param>
    /// <param name="ignoreCase">Whether keys have no case.</param>
    /// <exception cref="DataFormatException">It is not a JSON object.</exception>
    public static DataMap Read(string text, int firstLine, bool ignoreCase)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Map(document.RootElement, ignoreCase)
                : throw new DataFormatException(firstLine, "the JSON is no object");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(firstLine + (int)(e.LineNumber ?? 0), "the JSON cannot be read: " + Plain(e));
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escape that is half of a character; it does not say where.
            throw new DataFormatException(null, "the JSON has text that is not Unicode");
        }
    }

    /// <summary>The parser's message without its position, which is said in another way.</summary>
    public static string Plain(JsonException e)
    {
        string message = e.Message;
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position > 0 ? message[..position] : message).TrimEnd('.');
    }

    private static DataMap Map(JsonElement element, bool ignoreCase) =>
        new(ignoreCase, element.EnumerateObject().Select(p => (p.Name, Value(p.Value, ignoreCase), 0)));

    private static object? Value(JsonElement element, bool ignoreCase) => element.ValueKind switch
    {
        JsonValueKind.Object => Map(element, ignoreCase),
        JsonValueKind.Array => element.EnumerateArray().Select(e => Value(e, ignoreCase)).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
