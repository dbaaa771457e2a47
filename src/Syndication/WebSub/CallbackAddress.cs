using System.Net;
using Syndication.Site;

namespace Syndication.WebSub;

/// <summary>Judges the address that a stranger asks us to call. What its name resolves to is judged at each call (<see cref="CallbackClient"/>). Pure.</summary>
internal static class CallbackAddress
{
    /// <summary>In characters.</summary>
    private const int Longest = 2000;

    /// <summary>Below it are services that are no web servers, and that must not be spoken to in others' words.</summary>
    private const int FirstOpenPort = 1024;

    /// <summary>The address, or null.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="isAllowed">See <see cref="CallbackRule.IsAllowed"/>.</param>
    /// <param name="problem">What is wrong with it, as it stands after the parameter's name; empty when nothing is.</param>
    public static Uri? Read(string text, Func<IPAddress, bool> isAllowed, out string problem)
    {
        Uri? address = text.Length <= Longest && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null;
        problem = text.Length > Longest ? $"is longer than {Longest} characters"
            : address is null || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.Host.Length == 0
                || !SiteUrls.IsSafe(text) ? "is no absolute http or https address"
            : address.UserInfo.Length > 0 ? "has a user name"
            : address.Fragment.Length > 0 ? "has a fragment"
            : address.Port is not (80 or 443) && address.Port < FirstOpenPort ? "has a port that is neither 80, 443 nor 1024 or more"
            : SiteUrls.AsciiHost(address) is not string host ? "has a host that is no name"
            : IPAddress.TryParse(host, out IPAddress? ip) && !isAllowed(ip) ? "has an address that is not public"
            : "";
        return problem.Length == 0 ? address : null;
    }
}
