using System.Buffers;

namespace Syndication.Transports;

/// <summary>The relaxed forms of RFC 6376 section 3.4, made of bytes as they go over the wire. Pure.</summary>
internal static class DkimCanonical
{
    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t"u8);

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>
    /// Section 3.4.2: the name in small letters, the value unfolded, its runs of spaces one space, none at its ends or around the colon.
    /// Without a line end.
    /// </summary>
    /// <param name="field">A whole field, with or without its last line end.</param>
    /// <param name="output">Gets the form.</param>
    public static void WriteField(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        int colon = field.IndexOf((byte)':');
        ReadOnlySpan<byte> name = field[..colon].TrimEnd(" \t"u8);
        Span<byte> to = output.GetSpan(field.Length);
        for (int i = 0; i < name.Length; i++)
        {
            to[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
        }

        int length = name.Length;
        to[length++] = (byte)':';
        int begin = length;
        bool isSpace = false;
        foreach (byte b in field[(colon + 1)..])
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                isSpace = true;
                continue;
            }

            if (isSpace && length > begin)
            {
                to[length++] = (byte)' ';
            }

            isSpace = false;
            to[length++] = b;
        }

        output.Advance(length);
    }

    /// <summary>
    /// Section 3.4.4: runs of spaces are one space, none stands at the end of a line, no empty lines at the end, and the last line has
    /// its end. A body that is so already, as nearly every one of ours, is given back as it is.
    /// </summary>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> body, IBufferWriter<byte> room)
    {
        bool isCanonical = body.EndsWith(LineEnd) && !body.EndsWith("\r\n\r\n"u8) && body.Length > LineEnd.Length
            && body.IndexOf((byte)'\t') < 0 && body.IndexOf("  "u8) < 0 && body.IndexOf(" \r\n"u8) < 0;
        return isCanonical ? body : Relaxed(body, room.GetSpan(body.Length + LineEnd.Length));
    }

    private static ReadOnlySpan<byte> Relaxed(ReadOnlySpan<byte> body, Span<byte> to)
    {
        int length = 0;

        // What is kept of the output so far, were this the end: up to the last line that is not empty.
        int end = 0;
        while (!body.IsEmpty)
        {
            int lineLength = body.IndexOf(LineEnd);
            ReadOnlySpan<byte> line = lineLength < 0 ? body : body[..lineLength];
            body = lineLength < 0 ? [] : body[(lineLength + LineEnd.Length)..];
            int begin = length;
            length += Line(line.TrimEnd(" \t"u8), to[length..]);
            bool isEmpty = length == begin;
            LineEnd.CopyTo(to[length..]);
            length += LineEnd.Length;
            end = isEmpty ? end : length;
        }

        return to[..end];
    }

    /// <summary>Copies a line with each run of spaces as one space.</summary>
    private static int Line(ReadOnlySpan<byte> line, Span<byte> to)
    {
        int length = 0;
        while (!line.IsEmpty)
        {
            int word = line.IndexOfAny(Spaces);
            if (word < 0)
            {
                line.CopyTo(to[length..]);
                return length + line.Length;
            }

            line[..word].CopyTo(to[length..]);
            length += word;
            to[length++] = (byte)' ';
            line = line[word..];
            line = line[Math.Max(0, line.IndexOfAnyExcept(Spaces))..];
        }

        return length;
    }
}
