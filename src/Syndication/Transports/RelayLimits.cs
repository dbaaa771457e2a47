using Syndication.Site;

namespace Syndication.Transports;

/// <summary>How many mails a server takes, whatever came of them; null = any number.</summary>
internal sealed class RelayLimits : IValidatedOptions
{
    public int? PerSecond { get; set; }

    public int? PerMinute { get; set; }

    public int? PerHour { get; set; }

    public int? PerDay { get; set; }

    /// <summary>Whether it takes any number.</summary>
    public bool IsNone => this is { PerSecond: null, PerMinute: null, PerHour: null, PerDay: null };

    public IEnumerable<InvalidOption> Invalid()
    {
        (string Key, int? Value)[] all =
            [(nameof(PerSecond), PerSecond), (nameof(PerMinute), PerMinute), (nameof(PerHour), PerHour), (nameof(PerDay), PerDay)];
        return all.Where(l => l.Value < 1).Select(l => new InvalidOption(l.Key, "1 or more, or nothing for no limit"));
    }
}
