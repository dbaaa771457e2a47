using System.Globalization;
using System.Text;

namespace Syndication.Subscribers;

/// <summary>
/// One mail address that can be written into an SMTP command and a header as it is: an unquoted local part (RFC 5321 section 4.1.2,
/// with the letters of RFC 6531) and a host name in ASCII. No display name, comment, quoted local part or address literal.
/// </summary>
internal sealed record EmailAddress
{
    /// <summary>A path of 256 octets less its angle brackets (RFC 5321 section 4.5.3.1.3).</summary>
    private const int Longest = 254;
    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private EmailAddress(string local, string host)
    {
        Value = $"{local}@{host}";
        Key = $"{local.Normalize(NormalizationForm.FormC).ToLowerInvariant()}@{host}";
    }

    /// <summary>The local part as given, and the host in ASCII lower case.</summary>
    public string Value { get; }

    /// <summary>Equal for what is treated as one address: hardly any server tells the case of local parts.</summary>
    public string Key { get; }

    public override string ToString() => Value;

    /// <summary>The address, or what is wrong with it, as the end of a sentence. Space around it does not count.</summary>
    public static (EmailAddress? Address, string? Wrong) Read(string text)
    {
        string address = text.Trim(' ', '\t');
        int at = address.LastIndexOf('@');
        if (WrongShape(address, at) is string shape)
        {
            return (null, shape);
        }

        string local = address[..at];
        if (WrongLocalPart(local) is string wrong)
        {
            return (null, wrong);
        }

        return AsciiHost(address[(at + 1)..]) is not string host ? (null, "the part after the @ is no host name such as example.org")
            : Encoding.UTF8.GetByteCount(local) + 1 + host.Length > Longest ? (null, $"it is longer than {Longest} bytes")
            : (new EmailAddress(local, host), null);
    }

    /// <summary>An address as it may be shown to who holds a link: the first character of the local part, and the host.</summary>
    public static string Masked(string address)
    {
        int at = address.LastIndexOf('@');
        return at <= 0 ? "" : $"{StringInfo.GetNextTextElement(address)}…{address[at..]}";
    }

    private static string? WrongShape(string address, int at) =>
        address.Length == 0 ? "it is empty"
        : address.Length > Longest ? $"it is longer than {Longest} characters"
        : address.EndsWith('>') ? "only the address itself is expected, without a name and angle brackets"
        : at < 0 ? "it has no @"
        : at == 0 ? "there is nothing before the @"
        : at == address.Length - 1 ? "there is nothing after the @"
        : null;

    private static string? WrongLocalPart(string local)
    {
        if (local[0] == '"')
        {
            return "a part before the @ in quotation marks is not supported";
        }

        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return "the part before the @ begins or ends with a dot, or has two in a row";
        }

        foreach (Rune rune in local.EnumerateRunes())
        {
            if (!IsAtomText(rune) && rune.Value != '.')
            {
                return $"'{rune}' (U+{rune.Value:X4}) cannot stand before the @";
            }
        }

        return Encoding.UTF8.GetByteCount(local) > LongestLocalPart ? $"the part before the @ is longer than {LongestLocalPart} bytes" : null;
    }

    /// <summary>atext of RFC 5322 section 3.2.3 with RFC 6532; nothing invisible, which could make two addresses look the same.</summary>
    private static bool IsAtomText(Rune rune) =>
        rune.IsAscii
            ? Rune.IsLetterOrDigit(rune) || AtomSymbols.Contains((char)rune.Value, StringComparison.Ordinal)
            : rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    /// <summary>The host by RFC 5890 and RFC 1123 section 2.1, or null: two labels at least, the last not a number.</summary>
    private static string? AsciiHost(string host)
    {
        string ascii;
        try
        {
            ascii = Idn.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        string[] labels = ascii.Split('.');
        return labels.Length > 1 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
