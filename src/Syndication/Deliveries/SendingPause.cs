using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>Why mail stands still. The numbers are stored.</summary>
internal enum PauseKind
{
    /// <summary>The mail server cannot be reached or says "later": that may pass by itself.</summary>
    Backoff = 0,

    /// <summary>The mail server refuses us, its certificate is bad, or the disk is full: somebody has to do something.</summary>
    Refused = 1,

    /// <summary>User name or password are refused: asked too often, the server would lock the account.</summary>
    Account = 2,

    /// <summary>Mail after mail was refused as against somebody's policy: only the operator ends it.</summary>
    Policy = 3,
}

/// <summary>Why a transport or an edition stands still, and until when.</summary>
/// <param name="Scope">What stands still: see <see cref="PauseRule.OfTransport"/> and <see cref="PauseRule.OfEdition"/>.</param>
/// <param name="Since">When it began.</param>
/// <param name="Kind">The last reason's kind.</param>
/// <param name="Reason">The last reply or failure on one line.</param>
/// <param name="Probes">How many mails were tried in vain since.</param>
/// <param name="NextProbe">When the next mail is tried; null = when the operator says so.</param>
internal sealed record SendingPause(string Scope, DateTimeOffset Since, PauseKind Kind, string Reason, int Probes, DateTimeOffset? NextProbe)
{
    public bool NeedsOperator => Kind != PauseKind.Backoff;
}

/// <summary>How long a transport stands still. Pure.</summary>
internal static class PauseRule
{
    public static readonly TimeSpan FirstProbe = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestProbe = TimeSpan.FromHours(1);

    private const string Transport = "transport/";
    private const string Edition = "edition/";
    private const int MostDoublings = 10;

    /// <summary>The scope of a transport.</summary>
    public static string OfTransport(string name) => Transport + name;

    /// <summary>The scope of an edition.</summary>
    public static string OfEdition(long id) => FormattableString.Invariant($"{Edition}{id}");

    /// <summary>The transport's name in its scope; null for an edition's.</summary>
    public static string? TransportOf(SendingPause pause) =>
        pause.Scope.StartsWith(Transport, StringComparison.Ordinal) ? pause.Scope[Transport.Length..] : null;

    /// <summary>
    /// The pause after a mail could not be handed over for a reason that is no recipient's: the next is tried after a minute, then two
    /// and so on up to an hour; where the account is refused always after an hour.
    /// </summary>
    /// <param name="scope">The transport's.</param>
    /// <param name="current">The pause that it has already, or null.</param>
    /// <param name="outcome">What came of the mail.</param>
    /// <param name="now">When.</param>
    public static SendingPause After(string scope, SendingPause? current, SendOutcome outcome, DateTimeOffset now)
    {
        PauseKind kind = !outcome.NeedsOperator ? PauseKind.Backoff : outcome.IsAboutAccount ? PauseKind.Account : PauseKind.Refused;
        int probes = current is null ? 0 : current.Probes + 1;
        double doubled = FirstProbe.TotalSeconds * Math.Pow(2, Math.Min(probes, MostDoublings));
        TimeSpan wait = kind == PauseKind.Account ? LongestProbe : TimeSpan.FromSeconds(Math.Min(doubled, LongestProbe.TotalSeconds));
        return new SendingPause(scope, current?.Since ?? now, kind, outcome.Text, probes, now + wait);
    }

    /// <summary>The pause after a run of refusals.</summary>
    public static SendingPause AfterRefusals(string scope, SendOutcome last, DateTimeOffset now) => new(scope, now, PauseKind.Policy, last.Text, 0, null);
}
