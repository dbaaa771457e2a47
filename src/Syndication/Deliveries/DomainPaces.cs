namespace Syndication.Deliveries;

/// <summary>The paces of domains, which outlive a dispatcher's runs: a run ends when nothing can start, also because a domain rests. One thread at a time.</summary>
internal sealed class DomainPaces
{
    private const int MostDomains = 20_000;

    private readonly Dictionary<string, DomainPace> _paces = new(StringComparer.Ordinal);

    /// <summary>What is known of a domain.</summary>
    public DomainPace Of(string domain) => _paces.GetValueOrDefault(domain, DomainPace.Unknown);

    /// <summary>Keeps what is known of a domain. Of too many domains those that rest are remembered the longest.</summary>
    public void Keep(string domain, DomainPace pace, DateTimeOffset now)
    {
        if (_paces.Count >= MostDomains && !_paces.ContainsKey(domain))
        {
            foreach (string awake in _paces.Where(p => !p.Value.IsResting(now)).Select(p => p.Key).ToList())
            {
                _paces.Remove(awake);
            }

            if (_paces.Count > MostDomains / 2)
            {
                _paces.Clear();
            }
        }

        _paces[domain] = pace;
    }
}
