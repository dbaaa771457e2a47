using System.Globalization;
using MimeKit;

namespace Syndication.Transports;

/// <summary>Envelope addresses as they go over the wire: the one place where they are neutralised.</summary>
internal static class SmtpEnvelope
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The address with its domain in ASCII (RFC 5891); empty = the null sender. Null where it is no address that could be sent.</summary>
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
}
