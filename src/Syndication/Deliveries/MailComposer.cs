using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using Syndication.Editions;
using Syndication.Site;

namespace Syndication.Deliveries;

/// <summary>Makes mails of composed variants: what they share here, once; what is one subscriber's in <see cref="PreparedVariant"/>.</summary>
internal static class MailComposer
{
    /// <param name="variant">What was composed.</param>
    /// <param name="site">Its host names the mails and the list.</param>
    /// <param name="newsletter">The sender.</param>
    /// <param name="date">See <see cref="PreparedVariant.Date"/>.</param>
    /// <param name="kind">Whether it can be left.</param>
    /// <exception cref="DataFormatException">The newsletter's address cannot be written into a mail.</exception>
    public static PreparedVariant Prepare(ComposedVariant variant, SiteDefinition site, Newsletter newsletter, DateTimeOffset date, MailKind kind)
    {
        MailboxAddress from = HeaderText.Mailbox(newsletter.FromName, newsletter.From);
        string host = site.Url.HostNameType is UriHostNameType.IPv6 ? $"[IPv6:{site.Url.DnsSafeHost}]" : site.Url.DnsSafeHost;

        // "=_" cannot come out of either encoding.
        string boundary = $"=_{variant.Seal}";
        ArrayBufferWriter<byte> header = new();
        MailHeader.Write(header, HeaderId.From, from.ToString(true));
        MailHeader.Write(header, HeaderId.Subject, HeaderText.Line(variant.Subject, HeaderText.LongestSubject));
        if (kind == MailKind.Edition)
        {
            WriteListId(header, newsletter, site);
        }
        else
        {
            // RFC 3834 is about answers and notices; an edition says that it is a list's by its List headers.
            MailHeader.WriteWhole(header, "Auto-Submitted", "auto-generated");
        }

        MailHeader.WriteWhole(header, "X-Auto-Response-Suppress", "OOF, AutoReply");
        MailHeader.WriteWhole(header, "MIME-Version", "1.0");
        MailHeader.WriteWhole(header, "Content-Type", $"multipart/alternative;\r\n\tboundary=\"{boundary}\"");
        return new PreparedVariant
        {
            Kind = kind,
            MessageKey = variant.MessageKey,
            MessageHost = host,
            Sender = from.Address,
            Date = date,
            Header = header.WrittenSpan.ToArray(),
            Boundary = boundary,
            Text = EncodedPart.Of(variant.Text, variant.Seal),
            Html = EncodedPart.Of(variant.Html, variant.Seal),
        };
    }

    /// <summary>RFC 2919 section 2: the title for people, and a name below the site's host that never changes.</summary>
    private static void WriteListId(ArrayBufferWriter<byte> header, Newsletter newsletter, SiteDefinition site)
    {
        string title = HeaderText.Line(newsletter.Title, HeaderText.LongestName);
        string name = Label(newsletter.Name);
        string host = string.Join('.', site.Url.DnsSafeHost.Split('.', ':').Select(Label).Where(l => l.Length > 0));
        if (Ascii.IsValid(title))
        {
            string quoted = title.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
            MailHeader.Write(header, HeaderId.ListId, $"\"{quoted}\" <{name}.{host}>");
        }
        else
        {
            MailHeader.WriteWhole(header, "List-Id", $"{HeaderText.EncodedWords(title)}\r\n\t<{name}.{host}>");
        }
    }

    /// <summary>What of a name can stand between two dots; a hash of it where that is not all.</summary>
    private static string Label(string name)
    {
        bool isPlain = name.Length <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return isPlain ? name.ToLowerInvariant() : "n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
    }
}
