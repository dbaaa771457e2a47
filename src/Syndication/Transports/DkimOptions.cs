using Syndication.Site;

namespace Syndication.Transports;

/// <summary>A key by which mail is signed (RFC 6376). The file itself is looked at by those who send, and by `check`.</summary>
internal sealed class DkimOptions : IValidatedOptions
{
    /// <summary>The domain that answers for the mail: that of the newsletter's address.</summary>
    public string? Domain { get; set; }

    /// <summary>Names the key among those of the domain.</summary>
    public string? Selector { get; set; }

    /// <summary>The private key as PEM: RSA or Ed25519.</summary>
    public string? KeyFile { get; set; }

    public IEnumerable<InvalidOption> Invalid()
    {
        if (!IsHostName(Domain) || !Domain!.Contains('.', StringComparison.Ordinal))
        {
            yield return new InvalidOption(nameof(Domain), "a domain such as example.org, in ASCII");
        }

        if (!IsHostName(Selector))
        {
            yield return new InvalidOption(nameof(Selector), "a name such as blog2026: letters, digits and hyphens");
        }

        if (KeyFile is null)
        {
            yield return new InvalidOption(nameof(KeyFile), "the path of a file with a private key");
        }
    }

    private static bool IsHostName(string? text) =>
        text is { Length: > 0 and <= 253 } && text.Split('.').All(l => l.Length is > 0 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
