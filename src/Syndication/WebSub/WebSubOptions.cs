using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.WebSub;

/// <summary>Which hubs are told of new posts, so that they reach readers at once.</summary>
internal sealed class WebSubOptions : IValidatedOptions
{
    /// <summary>The path of the built-in hub below the site's address.</summary>
    public const string HubPath = "/hub";

    /// <summary>Addresses of hubs, with spaces between them; empty = none.</summary>
    public string Hubs { get; set; } = "";

    /// <summary>Be a hub, too, at <see cref="HubPath"/>.</summary>
    public bool Hub { get; set; }

    /// <summary>The addresses in <see cref="Hubs"/>, each once.</summary>
    public ImmutableArray<Uri> Addresses => [.. Words.Select(AddressOf).OfType<Uri>().Distinct()];

    private string[] Words => Hubs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The hubs that the feeds of a site name. None where the site is not public: no hub could fetch its feeds.</summary>
    public ImmutableArray<Uri> HubsOf(SiteDefinition site) =>
        !IsPublic(site) ? [] : Hub ? Addresses.Add(SiteUrls.Absolute(site, HubPath)) : Addresses;

    /// <summary>What is set for nothing, or null.</summary>
    public Problem? ProblemOf(SiteDefinition site, SettingOrigin origin) => (Addresses.IsEmpty && !Hub) || IsPublic(site) ? null : Problem.Warning(
        origin.Source, origin.Line, $"{origin.Name}: the site's address is {site.Url.AbsoluteUri}, which hubs cannot reach, so no feed names one and none is told", "a Site:Url at which everybody finds the site");

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Words.Any(word => AddressOf(word) is null))
        {
            yield return new InvalidOption(nameof(Hubs), "addresses such as https://hub.example.org/, http or https, with spaces between them");
        }
    }

    private static bool IsPublic(SiteDefinition site) => site.HasUrl && PublicAddress.HasPublicHost(site.Url);

    private static Uri? AddressOf(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.UserInfo.Length == 0 && address.Fragment.Length == 0 ? SiteUrls.WithAsciiHost(address) : null;
}
