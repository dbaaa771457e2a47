using System.Globalization;
using Syndication.Editions;
using Syndication.Ledger;

namespace Syndication.Cli;

/// <summary>How far an edition is, and when it will end.</summary>
/// <param name="Text">On one line.</param>
/// <param name="IsDone">All of its mails have their outcome, and no more are made.</param>
internal sealed record EditionProgress(string Text, bool IsDone)
{
    public static async Task<EditionProgress> ReadAsync(EditionStore editions, LedgerStore ledger, long id, DateTimeOffset now, CancellationToken stop)
    {
        // The edition first: mails that are made between the two must not pass for done.
        Edition edition = (await editions.FindAsync(id, stop))!;
        (long waiting, DateTimeOffset? lastDue) = await ledger.WaitingAsync(id, stop);
        return Of(edition, waiting, lastDue, await ledger.PaceAsync(id, now, stop), now);
    }

    /// <summary>Pure.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="waiting">How many mails have no outcome.</param>
    /// <param name="lastDue">When the last of them may begin.</param>
    /// <param name="pace">How fast it goes.</param>
    /// <param name="now">Times of today go without their date.</param>
    public static EditionProgress Of(Edition edition, long waiting, DateTimeOffset? lastDue, Pace pace, DateTimeOffset now)
    {
        string done = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(edition.Candidates - waiting, 0)} of {edition.Candidates}");
        return new EditionProgress(
            edition switch
            {
                { Status: EditionStatus.Held } => "held: `editions approve` lets it go",
                { IsOver: true } => string.Create(CultureInfo.InvariantCulture, $"{done}, cancelled; {waiting} on the wire or to be cancelled"),
                { IsPaused: true } => $"{done}, paused until `editions resume`",
                { Status: EditionStatus.Planning } => $"{done} so far{EndOf(pace, waiting, null, now)}",
                _ => done + EndOf(pace, waiting, lastDue, now),
            },
            waiting == 0 && edition.Status is EditionStatus.Planned or EditionStatus.Cancelled);
    }

    /// <summary>Words after a number; empty where all is done.</summary>
    private static string EndOf(Pace pace, long waiting, DateTimeOffset? lastDue, DateTimeOffset now)
    {
        if (waiting == 0)
        {
            return "";
        }

        string rate = pace.PerMinute > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pace.PerMinute:0} a minute") : ", nothing was sent in the last minutes";
        return pace.EndOf(waiting, lastDue > now ? lastDue : null, now) is DateTimeOffset end
            ? string.Create(CultureInfo.InvariantCulture, $"{rate}, expected to end at {Announcement.LocalTime(end, TimeZoneInfo.Utc, now)} UTC") : rate;
    }
}
