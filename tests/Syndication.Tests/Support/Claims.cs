using System.Collections.Immutable;
using Syndication.Ledger;

namespace Syndication.Tests.Support;

/// <summary>Claims where no edition is blocked.</summary>
internal static class Claims
{
    public static Task<ImmutableArray<ClaimedDelivery>> ClaimAsync(
        this LedgerStore ledger, string owner, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken stop) =>
        ledger.ClaimAsync(owner, now, until, limit, [], stop);
}
