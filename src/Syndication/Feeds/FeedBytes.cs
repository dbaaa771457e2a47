using System.IO.Compression;
using System.Security.Cryptography;

namespace Syndication.Feeds;

/// <summary>Makes bytes of a feed in a format, and what is served of them. Pure.</summary>
internal static class FeedBytes
{
    public const int GzipLevel = 6;
    public const int BrotliQuality = 4;
    private const int BrotliWindow = 22;

    /// <summary>Writes a feed in a format.</summary>
    public static void Write(Feed feed, FeedDefinition definition, Uri self, Stream stream)
    {
        Action<Feed, Uri, Stream> write = definition.Format switch
        {
            FeedFormat.Rss => RssWriter.Write,
            FeedFormat.Atom => AtomWriter.Write,
            _ => JsonFeedWriter.Write,
        };
        write(feed, self, stream);
    }

    /// <summary>The first 128 bits of SHA-256 in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => HashText(SHA256.HashData(bytes));

    /// <summary>As the other overload, of all that a stream has.</summary>
    public static string Hash(Stream stream) => HashText(SHA256.HashData(stream));

    /// <summary>A SHA-256 as <see cref="Hash(ReadOnlySpan{byte})"/> writes it.</summary>
    public static string HashText(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(sha256[..16]);

    public static PublishedFeed Publish(FeedDefinition definition, byte[] bytes, DateTimeOffset lastModified) =>
        PublishPacked(definition, bytes, lastModified) with { Bytes = bytes, Brotli = Brotli(bytes) };

    /// <summary>As the other, with nothing in memory but the bytes as gzip has them: of feeds of topics there may be a thousand.</summary>
    public static PublishedFeed PublishPacked(FeedDefinition definition, byte[] bytes, DateTimeOffset lastModified) => new()
    {
        Definition = definition,
        Length = bytes.Length,
        Gzip = Gzip(bytes),
        Hash = Hash(bytes),
        LastModified = lastModified,
    };

    /// <summary>The plain bytes, also where only gzip is in memory.</summary>
    public static ReadOnlyMemory<byte> Plain(PublishedFeed feed)
    {
        if (!feed.Bytes.IsEmpty)
        {
            return feed.Bytes;
        }

        byte[] plain = new byte[feed.Length];
        using GZipStream unpacked = new(new MemoryStream(feed.Gzip.ToArray(), writable: false), CompressionMode.Decompress);
        unpacked.ReadExactly(plain);
        return plain;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, new ZLibCompressionOptions { CompressionLevel = GzipLevel }))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Brotli(byte[] bytes)
    {
        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out int written, BrotliQuality, BrotliWindow)
            ? packed[..written]
            : throw new InvalidOperationException("brotli did not fit its own greatest length");
    }
}
