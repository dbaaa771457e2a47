using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Syndication.Transports;

/// <summary>One signature: who answers for the mail, by which key.</summary>
internal sealed record DkimIdentity(string Domain, string Selector, DkimKey Key);

/// <summary>
/// Signs mails (RFC 6376), relaxed/relaxed over the whole body, without reading them into a message. The same mail gets the same bytes
/// each time, so that an attempt can be repeated: there is no t= (it is optional, and would be the attempt's) and no x=. For any number
/// of threads.
/// </summary>
internal sealed class DkimSigner(ImmutableArray<DkimIdentity> identities) : IDisposable
{
    private const int LongestLine = 72;

    /// <summary>
    /// Each is signed as often as it is there, and once more: a second one, or one where there was none, that somebody adds on the way
    /// breaks the signature (section 8.15).
    /// </summary>
    private static readonly string[] Signed =
    [
        "From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    private static readonly byte[][] SignedBytes = [.. Signed.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The message with its signatures in front.</summary>
    /// <param name="message">The whole message with CRLF. Without a header it comes back as it is.</param>
    public ReadOnlyMemory<byte> Sign(ReadOnlyMemory<byte> message)
    {
        ReadOnlySpan<byte> all = message.Span;
        int headerLength = all.IndexOf("\r\n\r\n"u8) + 2;
        if (headerLength < 2)
        {
            return message;
        }

        // One buffer for the canonical forms of the body, of the header, and of the two fields that are hashed after it.
        ArrayBufferWriter<byte> canonical = new(headerLength + 1024);
        string bodyHash = BodyHash(all[(headerLength + 2)..]);
        string names = WriteSigned(all[..headerLength], canonical);
        int length = canonical.WrittenCount;
        ArrayBufferWriter<byte> signed = new(message.Length + (identities.Length * 1024));
        foreach (DkimIdentity identity in identities)
        {
            byte[] field = Encoding.ASCII.GetBytes(
                $"DKIM-Signature: v=1; a={identity.Key.Algorithm}; c=relaxed/relaxed;\r\n\td={identity.Domain}; s={identity.Selector};\r\n\th={names};\r\n\tbh={bodyHash};\r\n\tb=");
            DkimCanonical.WriteField(field, canonical);
            byte[] signature = identity.Key.Sign(SHA256.HashData(canonical.WrittenSpan));
            canonical.ResetWrittenCount();
            canonical.Advance(length);
            signed.Write(field);
            WriteFolded(Convert.ToBase64String(signature), signed);
        }

        signed.Write(all);
        return signed.WrittenMemory;
    }

    public void Dispose()
    {
        foreach (DkimIdentity identity in identities)
        {
            identity.Key.Dispose();
        }
    }

    private static string BodyHash(ReadOnlySpan<byte> body)
    {
        ArrayBufferWriter<byte> room = new();
        return Convert.ToBase64String(SHA256.HashData(DkimCanonical.Body(body, room)));
    }

    /// <summary>Writes the canonical form of all that is signed, the last of each name first (section 5.4.2), and gives the h= tag.</summary>
    private static string WriteSigned(ReadOnlySpan<byte> header, ArrayBufferWriter<byte> output)
    {
        Span<Range> fields = stackalloc Range[64];
        if (!TrySplit(header, fields, out int count))
        {
            fields = new Range[header.Count("\r\n"u8)];
            TrySplit(header, fields, out count);
        }

        StringBuilder names = new(256);
        int lineLength = 2;
        for (int name = 0; name < Signed.Length; name++)
        {
            int present = 0;
            for (int i = count - 1; i >= 0; i--)
            {
                if (HasName(header[fields[i]], SignedBytes[name]))
                {
                    DkimCanonical.WriteField(header[fields[i]], output);
                    output.Write("\r\n"u8);
                    present++;
                }
            }

            for (int times = 0; times <= present; times++)
            {
                lineLength += Signed[name].Length + 1;
                names.Append(names.Length == 0 ? "" : ":").Append(lineLength > LongestLine ? "\r\n\t" : "").Append(Signed[name]);
                lineLength = lineLength > LongestLine ? Signed[name].Length + 1 : lineLength;
            }
        }

        return names.ToString();
    }

    /// <summary>The fields of a header section, each with the lines that are folded to it.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> header, Span<Range> fields, out int count)
    {
        count = 0;
        for (int begin = 0, at = 0; at < header.Length;)
        {
            int line = header[at..].IndexOf("\r\n"u8);
            at = line < 0 ? header.Length : at + line + 2;
            if (at < header.Length && header[at] is (byte)' ' or (byte)'\t')
            {
                continue;
            }

            if (count == fields.Length)
            {
                return false;
            }

            fields[count++] = begin..at;
            begin = at;
        }

        return true;
    }

    private static bool HasName(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name) =>
        field.Length > name.Length && Ascii.EqualsIgnoreCase(field[..name.Length], name)
        && field[name.Length..].TrimStart(" \t"u8) is [(byte)':', ..];

    private static void WriteFolded(string text, ArrayBufferWriter<byte> output)
    {
        for (int at = 0; at < text.Length; at += LongestLine)
        {
            output.Write(Encoding.ASCII.GetBytes(at == 0 ? "" : "\r\n\t"));
            output.Write(Encoding.ASCII.GetBytes(text, at, Math.Min(LongestLine, text.Length - at)));
        }

        output.Write("\r\n"u8);
    }
}
