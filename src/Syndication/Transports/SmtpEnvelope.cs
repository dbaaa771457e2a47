using System.Globalization;
using System.Text;
using MimeKit;

namespace Syndication.Transports;

/// <summary>Envelope addresses as they go over the wire: the one place where they are neutralised.</summary>
internal static class SmtpEnvelope
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The address, whose domain goes out in ASCII (RFC 5891) or with SMTPUTF8; empty = the null sender. Null where it is none.</summary>
    public static MailboxAddress? TryParse(string address)
    {
        if (address.Length == 0)
        {
            return new MailboxAddress("", "");
        }

        int at = address.LastIndexOf('@');
        if (at < 1 || address.Any(c => char.IsControl(c) || c is '<' or '>'))
        {
            return null;
        }

        try
        {
            string domain = address[(at + 1)..];
            return new MailboxAddress("", $"{address[..at]}@{(domain.StartsWith('[') ? domain : Idn.GetAscii(domain))}");
        }
        catch (Exception e) when (e is ArgumentException or ParseException)
        {
            return null;
        }
    }

    /// <summary>Whether only a server with SMTPUTF8 can take it; a domain can always be put into ASCII.</summary>
    public static bool NeedsUtf8(MailboxAddress address) => !Ascii.IsValid(address.Address.AsSpan(0, Math.Max(0, address.Address.LastIndexOf('@'))));
}
