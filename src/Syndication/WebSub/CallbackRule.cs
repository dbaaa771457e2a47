using System.Net;

namespace Syndication.WebSub;

/// <summary>Which addresses may be called, how names become addresses, and how long a call may take.</summary>
internal sealed record CallbackRule
{
    /// <summary>What strangers named: only the public internet.</summary>
    public static CallbackRule Strangers { get; } = new();

    /// <summary>What the operator named.</summary>
    public static CallbackRule Operator { get; } = new() { IsAllowed = _ => true };

    public Func<IPAddress, bool> IsAllowed { get; init; } = PublicAddress.IsPublic;

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>For finding the host and connecting.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For all of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
