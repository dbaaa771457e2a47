using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>Topics and pauses as they are kept in one column each: short JSON, the same text on both engines.</summary>
internal static class SubscriptionJson
{
    public const string None = "[]";

    public static string Of(ImmutableArray<TopicChoice> topics) => topics.IsEmpty ? None : SqlRows.Of(topics, t => [t.Topic, UnixMicroseconds.Of(t.Since)]);

    public static string Of(ImmutableArray<Pause> pauses) => pauses.IsEmpty
        ? None
        : SqlRows.Of(pauses, p => [UnixMicroseconds.Of(p.From), p.Until is DateTimeOffset until ? UnixMicroseconds.Of(until) : null]);

    public static ImmutableArray<TopicChoice> ReadTopics(string json) =>
        json == None ? [] : [.. Rows(json).Select(r => new TopicChoice((string)r[0]!, ToInstant(r[1])!.Value))];

    public static ImmutableArray<Pause> ReadPauses(string json) =>
        json == None ? [] : [.. Rows(json).Select(r => new Pause(ToInstant(r[0])!.Value, ToInstant(r[1])))];

    private static IEnumerable<JsonArray> Rows(string json) =>
        (JsonNode.Parse(json)?.AsArray() ?? throw new JsonException("an array was expected")).Select(r => r!.AsArray());

    private static DateTimeOffset? ToInstant(JsonNode? node) => node is null ? null : UnixMicroseconds.ToInstant((long)node);
}
