using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>
/// A rendering as bytes: a checksum of the rest, then what is kept at hand, then the texts. What is damaged, cut or of another form
/// is no rendering. Pure.
/// </summary>
internal static class RenderingBytes
{
    /// <summary>Stands after the checksum; another layout has another.</summary>
    private const string Form = "Syndication rendering 1";
    private const int HashBytes = 16;

    public static byte[] Write(string key, IEnumerable<BodyRead> reads, RenderedPost post)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        writer.Write(new byte[HashBytes]);
        writer.Write(Form);
        writer.Write(key);
        WriteAll(writer, [.. reads], read =>
        {
            writer.Write((byte)read.Kind);
            writer.Write(read.Name);
            writer.Write(read.Digest);
        });
        WriteAll(writer, post.Problems, problem =>
        {
            writer.Write((byte)problem.Severity);
            writer.Write(problem.Source);
            writer.Write(problem.Line ?? 0);
            writer.Write(problem.What);
            writer.Write(problem.Expected ?? "");
        });
        WriteAll(writer, post.LocalFiles, writer.Write);
        writer.Write(post.Html);
        writer.Write(post.Text);
        writer.Write(post.ExcerptHtml);
        writer.Write(post.ExcerptText);
        byte[] bytes = stream.ToArray();
        Checksum(bytes).CopyTo(bytes.AsSpan());
        return bytes;
    }

    /// <summary>What is kept at hand of a rendering; null when the bytes are none.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave, or anything else.</param>
    /// <param name="isInFile">Whether they lie in a file, and need not be kept.</param>
    public static KeptRendering? ReadHead(byte[] bytes, bool isInFile) => Reader(bytes) is BinaryReader reader ? ReadHead(reader, bytes, isInFile) : null;

    /// <summary>The rendering with this digest; null when the bytes are not it.</summary>
    public static RenderedPost? Read(byte[] bytes, string digest)
    {
        if (Reader(bytes) is not BinaryReader reader || ReadHead(reader, bytes, isInFile: true) is not KeptRendering head || head.Digest != digest)
        {
            return null;
        }

        ImmutableArray<string> files = ReadAll(reader, reader.ReadString);
        return new RenderedPost(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), files, head.Problems);
    }

    private static KeptRendering ReadHead(BinaryReader reader, byte[] bytes, bool isInFile)
    {
        string key = reader.ReadString();
        ImmutableArray<BodyRead> reads = ReadAll(reader, () => new BodyRead((ReadKind)reader.ReadByte(), reader.ReadString(), reader.ReadString()));
        ImmutableArray<Problem> problems = ReadAll(reader, () => new Problem(
            (Severity)reader.ReadByte(), reader.ReadString(), reader.ReadInt32() is int line and > 0 ? line : null, reader.ReadString(),
            reader.ReadString() is { Length: > 0 } expected ? expected : null));
        return new KeptRendering(key, reads, Convert.ToHexStringLower(bytes, 0, HashBytes), problems, isInFile ? null : bytes);
    }

    /// <summary>Reads what follows the form; null when the bytes are not whole. Past the checksum there is nothing that could be wrong.</summary>
    private static BinaryReader? Reader(byte[] bytes)
    {
        if (bytes.Length <= HashBytes || !bytes.AsSpan(0, HashBytes).SequenceEqual(Checksum(bytes)))
        {
            return null;
        }

        BinaryReader reader = new(new MemoryStream(bytes, HashBytes, bytes.Length - HashBytes), Encoding.UTF8);
        return reader.ReadString() == Form ? reader : null;
    }

    private static ReadOnlySpan<byte> Checksum(byte[] bytes) => SHA256.HashData(bytes.AsSpan(HashBytes)).AsSpan(0, HashBytes);

    private static void WriteAll<T>(BinaryWriter writer, ImmutableArray<T> items, Action<T> write)
    {
        writer.Write(items.Length);
        foreach (T item in items)
        {
            write(item);
        }
    }

    private static ImmutableArray<T> ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = read();
        }

        return [.. items];
    }
}
