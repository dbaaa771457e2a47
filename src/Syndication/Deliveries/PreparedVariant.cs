using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Utils;
using Syndication.Editions;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// A variant with all that its mails share encoded already: header, both parts, and what stands between them. A mail costs its own
/// few header lines and a copy of the bytes. For any number of threads.
/// </summary>
internal sealed class PreparedVariant
{
    public required MailKind Kind { get; init; }

    /// <summary>See <see cref="ComposedVariant.MessageKey"/>.</summary>
    public required string MessageKey { get; init; }

    /// <summary>What stands after the @ of a Message-ID.</summary>
    public required string MessageHost { get; init; }

    /// <summary>The envelope's sender where a mail has no return path of its own.</summary>
    public required string Sender { get; init; }

    /// <summary>The date of mails that have none of their own.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The header lines that all mails share, each ended by CRLF.</summary>
    public required byte[] Header { get; init; }

    /// <summary>Of the multipart; cannot stand in an encoded part.</summary>
    public required string Boundary { get; init; }

    public required EncodedPart Text { get; init; }

    public required EncodedPart Html { get; init; }

    /// <summary>The mail to one subscriber: the same bytes on every attempt.</summary>
    /// <param name="subscriber">Whose name and address it bears.</param>
    /// <param name="unsubscribe">Where this subscriber leaves this newsletter by POST; null only for a notice.</param>
    /// <param name="returnPath">Where the mail comes back to if it cannot be delivered; null = to its sender.</param>
    /// <param name="date">The mail's own date; null = <see cref="Date"/>.</param>
    /// <exception cref="Site.DataFormatException">The subscriber's address cannot be written into a mail.</exception>
    public OutgoingMail To(Subscriber subscriber, Uri? unsubscribe, string? returnPath = null, DateTimeOffset? date = null)
    {
        if (unsubscribe is null && Kind == MailKind.Edition)
        {
            throw new ArgumentNullException(nameof(unsubscribe), "an edition can be left");
        }

        return To(HeaderText.Mailbox(subscriber.Name, subscriber.Address, isInternational: true), subscriber.Uuid, unsubscribe, returnPath, date ?? Date);
    }

    /// <summary>A notice to somebody who is no subscriber.</summary>
    /// <exception cref="Site.DataFormatException">The address cannot be written into a mail.</exception>
    public OutgoingMail To(string address, string? returnPath = null) => Kind == MailKind.Notice
        ? To(HeaderText.Mailbox(null, address, isInternational: true), Guid.Empty, null, returnPath, Date)
        : throw new InvalidOperationException("an edition goes to subscribers");

    private OutgoingMail To(MailboxAddress to, Guid recipient, Uri? unsubscribe, string? returnPath, DateTimeOffset date)
    {
        string id = MessageIdOf(recipient);
        string Value(PersonalPlace place) => place switch
        {
            PersonalPlace.Address => to.Address,
            PersonalPlace.Name => to.Name ?? "",
            _ => unsubscribe?.AbsoluteUri ?? "",
        };

        ArrayBufferWriter<byte> mail = new(Header.Length + Text.SharedLength + Html.SharedLength + 2048);
        mail.Write(Header);
        MailHeader.WriteWhole(mail, "Date", DateUtils.FormatDate(date));
        MailHeader.WriteTo(mail, to);
        MailHeader.WriteWhole(mail, "Message-ID", $"<{id}>");
        if (unsubscribe is not null && Kind == MailKind.Edition)
        {
            MailHeader.WriteUnsubscribe(mail, unsubscribe);
        }

        mail.Write("\r\n"u8);
        Write(mail, "text/plain", Text, place => Encoding.UTF8.GetBytes(Value(place)));
        Write(mail, "text/html", Html, place => Encoding.UTF8.GetBytes(WebUtility.HtmlEncode(Value(place))));
        mail.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return new OutgoingMail(id, returnPath ?? Sender, to.Address, mail.WrittenMemory);
    }

    /// <summary>The same for every attempt, and for no other text: nobody but this subscriber gets it, and only with these posts.</summary>
    private string MessageIdOf(Guid recipient)
    {
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{MessageKey}:{recipient:N}"));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 20))}@{MessageHost}";
    }

    private void Write(ArrayBufferWriter<byte> mail, string type, EncodedPart part, Func<PersonalPlace, byte[]> value)
    {
        string encoding = part.IsBase64 ? "base64" : "quoted-printable";
        mail.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"));
        part.Write(mail, value);
        mail.Write("\r\n"u8);
    }
}
