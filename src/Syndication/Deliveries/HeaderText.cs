using System.Globalization;
using System.Text;
using MimeKit;
using Syndication.Site;

namespace Syndication.Deliveries;

/// <summary>
/// The one place where text is made fit for the header of a mail: on one line, without what could end the header or turn the order
/// of its letters, and not endlessly long. Encoding and folding are MimeKit's.
/// </summary>
internal static class HeaderText
{
    public const int LongestSubject = 250;
    public const int LongestName = 100;

    /// <summary>Bytes that fit, encoded, on a line of 76 beside a short header's name.</summary>
    private const int MostOfAnEncodedWord = 36;

    /// <summary>What an address is to look like.</summary>
    public const string FitAddress = "ASCII such as ada@example.org";

    /// <summary>RFC 5321 section 4.5.3.1.3: a path has at most 256 octets, brackets included.</summary>
    private const int LongestAddress = 254;

    /// <summary>The text on one line, cut where it is longer.</summary>
    public static string Line(string text, int longest)
    {
        StringBuilder line = new(Math.Min(text.Length, longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= longest)
            {
                break;
            }

            bool isSpace = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;
            if (isSpace && line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
            else if (!isSpace && !TurnsLetters(rune) && rune != Rune.ReplacementChar)
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A clean line in encoded words, which must not stand within quotation marks (RFC 2047 section 5), one on each line.</summary>
    public static string EncodedWords(string line)
    {
        List<byte[]> words = [];
        List<byte> word = [];
        foreach (byte[] letter in line.EnumerateRunes().Select(r => Encoding.UTF8.GetBytes(r.ToString())))
        {
            if (word.Count + letter.Length > MostOfAnEncodedWord)
            {
                words.Add([.. word]);
                word.Clear();
            }

            word.AddRange(letter);
        }

        words.Add([.. word]);
        return string.Join("\r\n\t", words.Select(w => $"=?utf-8?b?{Convert.ToBase64String(w)}?="));
    }

    /// <summary>A name with an address.</summary>
    /// <param name="name">Null or empty = none.</param>
    /// <param name="address">The address.</param>
    /// <param name="isInternational">Letters outside of ASCII may stand before the @ (RFC 6532): the mail needs a server that takes them.</param>
    /// <exception cref="DataFormatException">The address cannot stand in a header; the message does not repeat it.</exception>
    public static MailboxAddress Mailbox(string? name, string address, bool isInternational = false)
    {
        string clean = Line(name ?? "", LongestName);
        return IsFit(address, isInternational)
            ? new MailboxAddress(Encoding.UTF8, clean.Length == 0 ? null : clean, address)
            : throw new DataFormatException(null, $"the mail address cannot be written into a mail: expected {FitAddress}");
    }

    /// <summary>Whether an address can stand in a header.</summary>
    public static bool IsFit(string address, bool isInternational = false) =>
        Encoding.UTF8.GetByteCount(address) <= LongestAddress && Line(address, LongestAddress) == address
        && address.All(c => c > ' ' && (c <= '~' || (isInternational && c > '\u00a0')) && c is not ('<' or '>' or ',' or ';' or '(' or ')'))
        && MailboxAddress.TryParse(address, out MailboxAddress? mailbox) && mailbox.Address == address && mailbox.Domain.Length > 0;

    /// <summary>An address for a header that lists them in angle brackets (RFC 2369 section 2).</summary>
    public static string Link(Uri address)
    {
        string text = address.AbsoluteUri;
        return text.Length < 900 && text.All(c => c is > ' ' and <= '~' and not ('<' or '>'))
            ? $"<{text}>"
            : throw new ArgumentException("the address is too long or not plain", nameof(address));
    }

    /// <summary>Marks and embeddings of the bidirectional algorithm: a name could show another address than it has.</summary>
    private static bool TurnsLetters(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C;
}
