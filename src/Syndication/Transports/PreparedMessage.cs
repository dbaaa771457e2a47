using System.Text;
using MimeKit;

namespace Syndication.Transports;

/// <summary>
/// A message of MimeKit's that writes bytes which are ready. Its one header field holds the whole header section, since MimeKit
/// leaves a raw value as it is; its one part is the body, which is written without being looked at.
/// </summary>
internal static class PreparedMessage
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>The message, or null when the bytes do not begin with a header field or their lines do not end in CRLF.</summary>
    /// <param name="bytes">The whole message.</param>
    /// <param name="onContent">Called before (false) the body is written, and (true) before its last byte is.</param>
    public static MimeMessage? TryCreate(ReadOnlyMemory<byte> bytes, Action<bool> onContent)
    {
        ReadOnlySpan<byte> all = bytes.Span;
        int headerLength = all.IndexOf("\r\n\r\n"u8) + LineEnd.Length;
        int colon = all.IndexOf((byte)':');
        if (headerLength <= LineEnd.Length || colon <= 0 || colon > headerLength || !all.EndsWith(LineEnd) || HasBareLineEnd(all))
        {
            return null;
        }

        try
        {
            Header header = new(Encoding.ASCII, Encoding.ASCII.GetString(all[..colon]), "");
            header.SetRawValue(all[(colon + 1)..headerLength].ToArray());
            PreparedBody body = new(bytes[(headerLength + LineEnd.Length)..], onContent);
            body.Headers.Clear();
            return new MimeMessage([header]) { Body = body };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Servers disagree on what a bare CR or LF is, so that one could end the mail and smuggle in another.</summary>
    private static bool HasBareLineEnd(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOfAny((byte)'\r', (byte)'\n') is int at and >= 0)
        {
            if (!bytes[at..].StartsWith(LineEnd))
            {
                return true;
            }

            bytes = bytes[(at + LineEnd.Length)..];
        }

        return false;
    }

    private sealed class PreparedBody(ReadOnlyMemory<byte> content, Action<bool> onContent) : MimePart
    {
        public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Mail is sent asynchronously.");

        public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
        {
            // Where the mail goes in one piece (BDAT), it is whole with its last byte.
            onContent(false);
            int last = Math.Max(0, content.Length - 1);
            await stream.WriteAsync(content[..last], cancellationToken);
            onContent(true);
            await stream.WriteAsync(content[last..], cancellationToken);
        }
    }
}
