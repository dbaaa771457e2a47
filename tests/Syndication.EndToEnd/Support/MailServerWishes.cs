namespace Syndication.EndToEnd.Support;

/// <summary>How a mail server for tests behaves.</summary>
internal sealed record MailServerWishes
{
    /// <summary>
    /// A line for each answer: a command (EHLO, MAIL, RCPT, DATA, RSET, AUTH, STARTTLS, or . for the end of a mail), a space, and what comes
    /// back: lines with | between them, where "drop" breaks the connection and "silent" says nothing any more; "ok" is the usual
    /// answer. Further lines for a command are for its next times; the last one stays.
    /// </summary>
    public string Script { get; init; } = "";

    /// <summary>PEM file with certificate and key; empty = no TLS.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>TLS from the first byte, instead of STARTTLS.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>Whether SMTPUTF8 is offered.</summary>
    public bool TakesUtf8 { get; init; }

    /// <summary>Largest mail in bytes; 0 = no limit is told.</summary>
    public int Size { get; init; }

    /// <summary>Mail is taken only from those who know it; empty = from all.</summary>
    public string Password { get; init; } = "";

    /// <summary>0 = any that is free.</summary>
    public int Port { get; init; }

    /// <summary><see cref="Script"/> by command.</summary>
    public Dictionary<string, List<string>> Answers => Script
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(l => l.Split(' ', 2))
        .GroupBy(p => p[0], p => p[1])
        .ToDictionary(g => g.Key, g => g.ToList());
}

/// <summary>A mail as a server took it.</summary>
/// <param name="Sender">Envelope sender.</param>
/// <param name="Recipients">Envelope recipients.</param>
/// <param name="Options">What stood behind the sender, such as SIZE=….</param>
/// <param name="IsOverTls">Whether the connection was protected.</param>
/// <param name="User">Who had authenticated, or empty.</param>
/// <param name="Connection">A number that differs for each connection.</param>
/// <param name="Content">The message, without the dots that SMTP adds.</param>
internal sealed record TakenMail(
    string Sender, IReadOnlyList<string> Recipients, IReadOnlyList<string> Options, bool IsOverTls, string User, int Connection, byte[] Content);
