using System.Globalization;
using Syndication.Ledger;

namespace Syndication.Editions;

/// <summary>The account of an edition: candidates = sent + failed + cancelled + waiting.</summary>
internal sealed record EditionAccount(Edition Edition, DeliveryCounts Counts)
{
    /// <summary>False is an error of this program or of whoever wrote the database beside it. While rows are made it is not known.</summary>
    public bool IsBalanced => Edition.Status == EditionStatus.Planning || Edition.Candidates == Counts.All;

    /// <summary>What is wrong, where it does not balance.</summary>
    public string Mismatch => string.Create(
        CultureInfo.InvariantCulture, $"edition {Edition.Id} was planned for {Announcement.Readers(Edition.Candidates)}, and the ledger has {Counts.All}");

    /// <summary>Of an edition that has ended it is kept; else the ledger's rows are counted.</summary>
    public static async Task<EditionAccount> OfAsync(LedgerStore ledger, Edition edition, CancellationToken stop) => new(
        edition,
        edition.End is EditionEnd end
            ? new DeliveryCounts(Queued: 0, Sending: 0, Uncertain: 0, end.Sent, Deferred: 0, end.Failed, end.Cancelled)
            : await ledger.CountAsync(edition.Id, stop));
}
