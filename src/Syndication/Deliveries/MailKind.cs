namespace Syndication.Deliveries;

/// <summary>What a mail is to the programs that read its header.</summary>
internal enum MailKind
{
    /// <summary>Of a mailing list: can be left with one click (RFC 2369, RFC 2919, RFC 8058).</summary>
    Edition,

    /// <summary>To one person, made by a program (RFC 3834).</summary>
    Notice,
}
