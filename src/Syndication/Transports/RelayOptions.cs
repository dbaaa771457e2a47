using System.Buffers;
using System.Globalization;
using System.Net;
using Syndication.Site;

namespace Syndication.Transports;

/// <summary>One mail server that takes our mail.</summary>
internal sealed class RelayOptions : IValidatedOptions
{
    private const int MostConnections = 64;
    private const int HighestWeight = 100;
    private const int LongestName = 60;
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;
    private const int RelayPort = 25;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(30);
    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]");

    /// <summary>Names it to the operator and in the store; null = HOST:PORT.</summary>
    public string? Name { get; set; }

    /// <summary>The SMTP server.</summary>
    public string? Host { get; set; }

    /// <summary>Null = 465 with tls, 25 with none and opportunistic, else 587.</summary>
    public int? Port { get; set; }

    /// <summary>Null = tls on port 465, none to this machine without a password, else starttls.</summary>
    public MailSecurity? Security { get; set; }

    /// <summary>Null = no authentication.</summary>
    public string? UserName { get; set; }

    /// <summary>Never printed.</summary>
    public string? Password { get; set; }

    /// <summary>How many connections are open at most, 1 to 64. Of four or more, one is kept for notices.</summary>
    public int Connections { get; set; } = 5;

    /// <summary>Mails over one connection before it is replaced.</summary>
    public int MessagesPerConnection { get; set; } = 100;

    /// <summary>How long the server may take for an answer; for the one to a whole mail five times as long, since giving up there may mean a duplicate.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The name by which we greet (EHLO); null = the machine's full name, else its address.</summary>
    public string? LocalDomain { get; set; }

    /// <summary>Its share of the mail beside other servers', 1 to 100.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>How much mail it takes.</summary>
    public RelayLimits Limits { get; set; } = new();

    /// <summary>How a sender that it does not know yet begins.</summary>
    public WarmUpOptions WarmUp { get; set; } = new();

    /// <summary><see cref="Name"/>, decided.</summary>
    public string EffectiveName => Name ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{EffectivePort}");

    /// <summary><see cref="Security"/>, decided.</summary>
    public MailSecurity EffectiveSecurity =>
        Security ?? (Port == TlsPort ? MailSecurity.Tls : IsThisMachine && UserName is null ? MailSecurity.None : MailSecurity.StartTls);

    /// <summary><see cref="Port"/>, decided.</summary>
    public int EffectivePort => Port ?? EffectiveSecurity switch
    {
        MailSecurity.Tls => TlsPort,
        MailSecurity.StartTls => SubmissionPort,
        _ => RelayPort,
    };

    private bool IsThisMachine =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Host is not null && Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return new InvalidOption(nameof(Host), "the name or address of a mail server, without a port");
        }

        if (Port is < 1 or > IPEndPoint.MaxPort)
        {
            yield return new InvalidOption(nameof(Port), $"1 to {IPEndPoint.MaxPort}");
        }

        if (Security == MailSecurity.Opportunistic && UserName is not null)
        {
            yield return new InvalidOption(nameof(Security), "starttls, tls or none where there is a UserName: the password could go out unprotected unseen");
        }

        if (UserName is null != Password is null)
        {
            yield return new InvalidOption(nameof(UserName), "a UserName and a Password, or neither");
        }

        if (Connections is < 1 or > MostConnections)
        {
            yield return new InvalidOption(nameof(Connections), $"1 to {MostConnections}");
        }

        if (MessagesPerConnection < 1)
        {
            yield return new InvalidOption(nameof(MessagesPerConnection), "1 or more");
        }

        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout)
        {
            yield return new InvalidOption(nameof(Timeout), "a duration above zero, up to 00:30:00");
        }

        if (Weight is < 1 or > HighestWeight)
        {
            yield return new InvalidOption(nameof(Weight), $"1 to {HighestWeight}");
        }

        if (Name is not null && (Name.Length > LongestName || Name.Any(char.IsControl)))
        {
            yield return new InvalidOption(nameof(Name), $"up to {LongestName} characters on one line");
        }

        if (LocalDomain is not null && LocalDomain.AsSpan().ContainsAnyExcept(DomainCharacters))
        {
            yield return new InvalidOption(nameof(LocalDomain), "a host name, or an address in brackets");
        }
    }
}
