using System.Collections.Immutable;
using System.Text.Json;
using Syndication.Posts;

namespace Syndication.Feeds;

/// <summary>What the output folder keeps about itself between runs: which files are ours, and which posts a build without a database knows.</summary>
/// <param name="Files">By name below the folder.</param>
/// <param name="Posts">By id; only builds write them.</param>
internal sealed record OutputList(SortedDictionary<string, WrittenFile> Files, ImmutableArray<KnownPost> Posts)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static OutputList Empty => new(new(StringComparer.Ordinal), []);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    /// <returns>Null when it is no such list.</returns>
    public static OutputList? TryRead(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<OutputList>(json, Format) is not OutputList list || list.Posts.IsDefault
                || list.Files.Values.Any(file => file is null || file.Needs.IsDefault) || list.Posts.Any(post => post is null)
                ? null
                : list with { Files = new(list.Files, StringComparer.Ordinal) };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Key">What the content depended on when it was written; empty for one that was only announced.</param>
/// <param name="Needs">Names of other files that it shows.</param>
internal sealed record WrittenFile(string Key, ImmutableArray<string> Needs);
