using System.Buffers;
using System.Buffers.Text;

namespace Syndication.Deliveries;

/// <summary>
/// Base64 (RFC 2045 section 6.8) in lines. Lines of full triples can be put together in any order; only the last may be padded.
/// </summary>
internal static class Base64Lines
{
    private const int BytesInLine = 57;

    /// <summary>Appends bytes as lines of up to 76 characters.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> line = bytes[..Math.Min(BytesInLine, bytes.Length)];
            Base64.EncodeToUtf8(line, output.GetSpan(76), out _, out int written);
            output.Advance(written);
            output.Write("\r\n"u8);
            bytes = bytes[line.Length..];
        }
    }
}
