using System.Buffers;

namespace Syndication.Deliveries;

/// <summary>
/// Quoted-printable of UTF-8 text (RFC 2045 section 6.7) in pieces that can be put together in any order: each begins at the start
/// of a line and ends one.
/// </summary>
internal static class QuotedPrintable
{
    private const int LongestLine = 76;

    /// <summary>Appends a piece, line feeds as CRLF.</summary>
    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        int column = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '\n')
            {
                output.Write("\r\n"u8);
                column = 0;
                continue;
            }

            bool plain = b is > (byte)' ' and <= (byte)'~' and not (byte)'='
                || b is (byte)' ' or (byte)'\t' && i + 1 < text.Length && text[i + 1] != '\n';

            // A lone dot ends SMTP's DATA, and some programs change "From " at the start of a line.
            bool odd = column == 0 && (b == '.' || b == 'F' && text[i..].StartsWith("From "u8));
            int width = plain && !odd ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                output.Write("=\r\n"u8);
                column = 0;
            }

            Span<byte> target = output.GetSpan(3);
            target[0] = width == 1 ? b : (byte)'=';
            if (width == 3)
            {
                target[1] = Digit(b >> 4);
                target[2] = Digit(b & 15);
            }

            output.Advance(width);
            column += width;
        }

        if (column > 0)
        {
            output.Write("=\r\n"u8);
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
