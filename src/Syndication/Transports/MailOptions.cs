using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using MimeKit;
using Syndication.Site;

namespace Syndication.Transports;

/// <summary>How mail leaves the house.</summary>
internal sealed class MailOptions : IValidatedOptions
{
    private const int MostSignatures = 2;

    private const int LongestAddress = 254;

    /// <summary>RFC 5321 section 4.5.3.1.1 gives what stands before the @ 64 octets, and a token with its plus sign takes 46.</summary>
    private const int LongestReturnName = 18;

    private static readonly SearchValues<char> AddressCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-@!#$%&'*+/=?^_`{|}~");

    /// <summary>The one mail server, whose keys stand in the section itself; without a Host, mail is written to the outbox folder.</summary>
    public RelayOptions Relay { get; } = new();

    /// <summary>Several mail servers, in place of <see cref="Relay"/>.</summary>
    public List<RelayOptions> Transports { get; set; } = [];

    /// <summary>The keys by which mail is signed; none = it is not.</summary>
    public List<DkimOptions> Dkim { get; set; } = [];

    /// <summary>The address that gets what mail servers send back; null = the newsletter's.</summary>
    public string? ReturnPath { get; set; }

    /// <summary>What becomes of a mail whose answer was lost.</summary>
    public UncertainMail Uncertain { get; set; }

    /// <summary>The folder that takes the mail where no <see cref="Host"/> is set; null = outbox/ in the data folder.</summary>
    public string? Outbox { get; set; }

    /// <summary>The address that is told what waits for the operator; null = only the log is.</summary>
    public string? Operator { get; set; }

    /// <summary>The mail servers; none = mail is written to the outbox folder.</summary>
    public ImmutableArray<RelayOptions> Relays => Transports.Count > 0 ? [.. Transports] : Relay.Host is null ? [] : [Relay];

    public IEnumerable<InvalidOption> Invalid()
    {
        foreach (InvalidOption invalid in Relay.Invalid().Concat(InvalidTransports()))
        {
            yield return invalid;
        }

        if (Dkim.Count > MostSignatures)
        {
            yield return new InvalidOption(Of(nameof(Dkim), MostSignatures, nameof(DkimOptions.KeyFile)), $"no more than {MostSignatures} keys");
        }

        if (ReturnPath is not null && !(IsAddress(ReturnPath) && ReturnPath.LastIndexOf('@') <= LongestReturnName))
        {
            yield return new InvalidOption(
                nameof(ReturnPath), $"a mail address such as bounces@example.org, with up to {LongestReturnName} characters before the @, since more are put there");
        }

        if (Operator is not null && !IsAddress(Operator))
        {
            yield return new InvalidOption(nameof(Operator), "a mail address such as you@example.org, without a name");
        }
    }

    private IEnumerable<InvalidOption> InvalidTransports()
    {
        if (Transports.Count == 0)
        {
            yield break;
        }

        RelayOptions unset = new();
        (string Key, bool IsSet)[] alone =
        [
            (nameof(Relay.Host), Relay.Host is not null),
            (nameof(Relay.Port), Relay.Port is not null),
            (nameof(Relay.Security), Relay.Security is not null),
            (nameof(Relay.UserName), Relay.UserName is not null),
            (nameof(Relay.LocalDomain), Relay.LocalDomain is not null),
            (nameof(Relay.Name), Relay.Name is not null),
            (nameof(Relay.Connections), Relay.Connections != unset.Connections),
            (nameof(Relay.MessagesPerConnection), Relay.MessagesPerConnection != unset.MessagesPerConnection),
            (nameof(Relay.Timeout), Relay.Timeout != unset.Timeout),
            (nameof(Relay.Weight), Relay.Weight != unset.Weight),
            ($"{nameof(Relay.Limits)}:{nameof(RelayLimits.PerSecond)}", Relay.Limits.PerSecond is not null),
            ($"{nameof(Relay.Limits)}:{nameof(RelayLimits.PerMinute)}", Relay.Limits.PerMinute is not null),
            ($"{nameof(Relay.Limits)}:{nameof(RelayLimits.PerHour)}", Relay.Limits.PerHour is not null),
            ($"{nameof(Relay.Limits)}:{nameof(RelayLimits.PerDay)}", Relay.Limits.PerDay is not null),
            ($"{nameof(Relay.WarmUp)}:{nameof(WarmUpOptions.FirstDay)}", Relay.WarmUp.FirstDay is not null),
        ];
        foreach ((string key, _) in alone.Where(k => k.IsSet))
        {
            yield return new InvalidOption(key, "nothing here where Mail:Transports lists the mail servers: it belongs to one of them");
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < Transports.Count; i++)
        {
            if (Transports[i].Host is null)
            {
                yield return new InvalidOption(Of(nameof(Transports), i, nameof(Relay.Host)), "the name or address of a mail server");
            }
            else if (!names.Add(Transports[i].EffectiveName))
            {
                string key = Transports[i].Name is null ? nameof(Relay.Host) : nameof(Relay.Name);
                yield return new InvalidOption(Of(nameof(Transports), i, key), $"a Name that no other has, since '{Transports[i].EffectiveName}' is taken");
            }
        }
    }

    private static string Of(string list, int index, string key) => string.Create(CultureInfo.InvariantCulture, $"{list}:{index}:{key}");

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && !text.AsSpan().ContainsAnyExcept(AddressCharacters)
        && MailboxAddress.TryParse(text, out MailboxAddress? mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0;
}
