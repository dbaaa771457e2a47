using System.IO.Compression;

namespace Syndication.Feeds;

/// <summary>The compressed forms of a text that lie beside it, for servers that send them as they are: name.gz and name.br.</summary>
internal static class PackedForms
{
    private const string Gzip = ".gz";
    private const string Brotli = ".br";

    /// <summary>What is appended to a name.</summary>
    public static IReadOnlyList<string> Endings { get; } = [Gzip, Brotli];

    /// <summary>Whether a file is worth it: a text, by its name.</summary>
    public static bool IsText(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".xml" or ".json" or ".opml" or ".atom" or ".rss" or ".html" or ".htm" or ".svg" or ".txt";

    /// <summary>The name of the text of which this would be a form; null where it would be none.</summary>
    public static string? PlainOf(string name) =>
        Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal)) is string found && IsText(name[..^found.Length]) ? name[..^found.Length] : null;

    /// <summary>Writes a form: the same text gives the same bytes.</summary>
    public static void Write(Stream plain, Stream packed, string ending)
    {
        using Stream pack = ending == Brotli
            ? new BrotliStream(packed, new BrotliCompressionOptions { Quality = FeedBytes.BrotliQuality }, leaveOpen: true)
            : new GZipStream(packed, new ZLibCompressionOptions { CompressionLevel = FeedBytes.GzipLevel }, leaveOpen: true);
        plain.CopyTo(pack);
    }
}
