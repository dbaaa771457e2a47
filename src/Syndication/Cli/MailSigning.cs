using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;
using Syndication.Transports;

namespace Syndication.Cli;

/// <summary>
/// The keys by which mail is signed. They are read when mail is to go out, and by `check`: who only builds feeds, in CI say, need not
/// have them.
/// </summary>
/// <param name="Identities">One for each key that can be used.</param>
/// <param name="Problems">What is wrong with the others, and what is weak.</param>
internal sealed record MailSigning(ImmutableArray<DkimIdentity> Identities, ImmutableArray<Problem> Problems)
{
    /// <summary>RFC 1035 section 3.3: a text of a DNS record has up to 255 characters, and a record may have several.</summary>
    private const int LongestText = 255;

    public static MailSigning None { get; } = new([], []);

    /// <summary>Null where there is nothing to sign with.</summary>
    public DkimSigner? Signer => Identities.IsEmpty ? null : new DkimSigner(Identities);

    /// <summary>By what mail is signed; null where it is not.</summary>
    public string? Said => Identities.IsEmpty ? null : $"Mail is signed by {string.Join(" and ", Identities.Select(i => $"{i.Selector}._domainkey.{i.Domain} ({i.Key.Algorithm})"))}";

    /// <summary>The DNS records to publish, as a zone file has them.</summary>
    public IEnumerable<string> Records => Identities.Select(i =>
        $"{i.Selector}._domainkey.{i.Domain} TXT {string.Join(' ', i.Key.Record.Chunk(LongestText).Select(c => $"\"{new string(c)}\""))}");

    public static MailSigning Read(SettingsReading settings)
    {
        List<DkimIdentity> identities = [];
        List<Problem> problems = [];
        foreach ((int index, DkimOptions options) in settings.Get<MailOptions>().Dkim.Index())
        {
            SettingOrigin origin = settings.OriginOf(KeyOf(index, nameof(DkimOptions.KeyFile)));
            (DkimKey? key, string problem, string? expected) = DkimKey.Read(options.KeyFile!);
            if (key is null)
            {
                problems.Add(origin.Error(problem, expected));
                continue;
            }

            identities.Add(new DkimIdentity(options.Domain!, options.Selector!, key));
            if (key.Weakness is string weakness)
            {
                problems.Add(Problem.Warning(origin.Source, origin.Line, $"{origin.Name}: {weakness}", "2048 bits (openssl genrsa 2048)"));
            }
        }

        return new MailSigning([.. identities], [.. problems]);
    }

    /// <summary>Warnings where no signature is of the domain that readers see as the sender's (DMARC, RFC 7489 section 3.1.1).</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="host">The domain of the newsletter's address.</param>
    public static IEnumerable<Problem> Strangers(SettingsReading settings, string host)
    {
        foreach ((int index, DkimOptions options) in settings.Get<MailOptions>().Dkim.Index())
        {
            if (!IsWithin(host, options.Domain!) && !IsWithin(options.Domain!, host))
            {
                SettingOrigin origin = settings.OriginOf(KeyOf(index, nameof(DkimOptions.Domain)));
                yield return Problem.Warning(
                    origin.Source, origin.Line, $"{origin.Name} is '{options.Domain}', and mail comes from {host}, so that receivers do not count its signature", "the same domain");
            }
        }
    }

    private static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static string KeyOf(int index, string key) => string.Create(CultureInfo.InvariantCulture, $"Mail:Dkim:{index}:{key}");
}
