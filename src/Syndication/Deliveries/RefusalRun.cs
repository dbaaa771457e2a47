using System.Collections.Immutable;

namespace Syndication.Deliveries;

/// <summary>A row in its queue.</summary>
/// <param name="Queue">The table.</param>
/// <param name="Id">The store's key.</param>
/// <param name="Edition">Null = it is a notice.</param>
internal readonly record struct RefusedRow(string Queue, long Id, long? Edition);

/// <summary>
/// Mails refused one after the other as against a policy (5.7.x), or with one and the same answer, without one that was taken in between. Immutable and pure. It
/// lives in the dispatcher's memory: after a restart the count begins anew, and nobody is blamed before a mail was taken.
/// </summary>
internal sealed record RefusalRun
{
    public const int Length = 20;
    public const int LeastDomains = 5;

    /// <summary>A run over few domains may be as long as the list; of more rows than this, the first are remembered.</summary>
    private const int MostRows = 10_000;

    public static RefusalRun Empty { get; } = new();

    public int Count { get; private init; }

    /// <summary>Of the recipients.</summary>
    public ImmutableHashSet<string> Domains { get; private init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was refused, each once.</summary>
    public ImmutableHashSet<RefusedRow> Rows { get; private init; } = [];

    /// <summary>When a mail was taken last; null = not since this process began.</summary>
    public DateTimeOffset? LastSuccess { get; private init; }

    public bool IsLong => Count >= Length;

    /// <summary>Whether it cannot be the recipients any more.</summary>
    public bool IsOver => IsLong && Domains.Count >= LeastDomains;

    public RefusalRun Refused(string recipient, RefusedRow row) => this with
    {
        Count = Count + 1,
        Domains = Domains.Add(recipient[(recipient.LastIndexOf('@') + 1)..]),
        Rows = Rows.Count < MostRows ? Rows.Add(row) : Rows,
    };

    /// <summary>The run that begins when a mail was taken.</summary>
    public static RefusalRun AfterSuccess(DateTimeOffset now) => Empty with { LastSuccess = now };

    /// <summary>Whether others succeeded since a row was first tried, so that the refusal is its own.</summary>
    public bool IsOwn(DateTimeOffset? firstAttempt) => LastSuccess is DateTimeOffset success && success >= (firstAttempt ?? DateTimeOffset.MaxValue);
}
