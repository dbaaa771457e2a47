using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syndication.Storage;

/// <summary>Writes many rows as one JSON parameter, to be read by <see cref="SqlDialect.Rows"/>.</summary>
internal static class SqlRows
{
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// An array of arrays: of each item its fields in the order of the statement, which are string, long, bool (kept as 1 or 0) or
    /// null. Text that PostgreSQL cannot hold (NUL, half a surrogate pair) becomes U+FFFD, on both engines.
    /// </summary>
    public static string Of<T>(IEnumerable<T> items, Func<T, object?[]> fields)
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json, Unescaped))
        {
            writer.WriteStartArray();
            foreach (T item in items)
            {
                writer.WriteStartArray();
                foreach (object? field in fields(item))
                {
                    Write(writer, field);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? field)
    {
        switch (field)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text.Replace('\0', '\uFFFD'));
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteNumberValue(flag ? 1 : 0);
                break;
            default:
                throw new ArgumentException($"A field of type {field.GetType()} has no form in SQL here.", nameof(field));
        }
    }
}
