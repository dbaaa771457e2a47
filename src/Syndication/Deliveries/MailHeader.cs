using System.Buffers;
using System.Text;
using MimeKit;

namespace Syndication.Deliveries;

/// <summary>Writes header lines; MimeKit encodes (RFC 2047) and folds them.</summary>
internal static class MailHeader
{
    private static readonly FormatOptions Format = MadeFormat(isInternational: false);
    private static readonly FormatOptions International = MadeFormat(isInternational: true);

    /// <param name="output">Where to.</param>
    /// <param name="id">The header.</param>
    /// <param name="value">Made fit by <see cref="HeaderText"/>, or made by us.</param>
    public static void Write(IBufferWriter<byte> output, HeaderId id, string value)
    {
        Header header = new(Encoding.UTF8, id, "");
        header.SetValue(Format, Encoding.UTF8, value);
        output.Write(header.RawField);
        output.Write(":"u8);
        output.Write(header.RawValue);
    }

    /// <summary>Whom it goes to. Only an address with letters outside of ASCII makes the header international (RFC 6532); then the name is as it is, too.</summary>
    public static void WriteTo(IBufferWriter<byte> output, MailboxAddress to)
    {
        if (Ascii.IsValid(to.Address))
        {
            Write(output, HeaderId.To, to.ToString(true));
            return;
        }

        output.Write(Encoding.UTF8.GetBytes($"To: {to.ToString(International, true)}\r\n"));
    }

    /// <summary>As it stands: for values that must not be folded or encoded.</summary>
    public static void WriteWhole(IBufferWriter<byte> output, string name, string value) => output.Write(Encoding.ASCII.GetBytes($"{name}: {value}\r\n"));

    /// <summary>
    /// RFC 2369, and with one click RFC 8058, which asks for https; a loopback address cannot have it, and is for trying out.
    /// </summary>
    public static void WriteUnsubscribe(IBufferWriter<byte> output, Uri address)
    {
        WriteWhole(output, "List-Unsubscribe", HeaderText.Link(address));
        if (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
        {
            WriteWhole(output, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static FormatOptions MadeFormat(bool isInternational)
    {
        FormatOptions format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = isInternational;

        // RFC 2047 section 2 allows 76 characters; on the first line MimeKit does not count the header's name and what else stands there.
        format.MaxLineLength = 64;
        return format;
    }
}
