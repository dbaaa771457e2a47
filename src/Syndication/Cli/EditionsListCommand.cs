using System.Collections.Immutable;
using System.Globalization;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>Shows editions and the account of each: candidates = sent + failed + cancelled + waiting.</summary>
internal static class EditionsListCommand
{
    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
        EditionStore editions = new(database);
        LedgerStore ledger = new(database);
        if (await run.Instance(database).ReadAsync(stop) is string reason)
        {
            run.Terminal.PrintLine(MailParts.Held(reason));
        }

        ImmutableArray<SendingPause> pauses = await new PauseStore(database).ListAsync(stop);
        bool balanced = true;
        foreach (Edition edition in (await editions.ListAsync(stop)).Where(e => e.Candidates > 0 || e.Status is EditionStatus.Held or EditionStatus.Planning))
        {
            balanced &= Print(run, await EditionAccount.OfAsync(ledger, edition, stop));
            Print(run, pauses.Where(p => edition.IsPaused && p.Scope == PauseRule.OfEdition(edition.Id)));
        }

        Print(run, pauses.Where(p => PauseRule.TransportOf(p) is not null));
        DeliveryCounts notices = await new NoticeStore(database).CountAsync(stop);
        if (notices.Waiting + notices.Failed > 0)
        {
            run.Terminal.PrintLine(string.Create(CultureInfo.InvariantCulture,
                $"notices  {notices.Sent} sent, {notices.Failed} failed, {notices.Waiting} waiting ({notices.Uncertain} uncertain)"));
        }

        foreach (Candidate candidate in (await editions.Releases.CandidatesAsync(Newsletter.DefaultName, stop)).Values.OrderBy(c => c.TurnedUp).ThenBy(c => c.PostId, StringComparer.Ordinal))
        {
            if (WhyNot(candidate) is string why)
            {
                run.Terminal.PrintLine(OneLine.Of($"{(candidate.Note.Length == 0 ? "post" : "correction of")}  {candidate.PostId}  {why}"));
            }
        }

        run.Terminal.PrintLine($"in {database.Name}");
        return balanced ? ExitCodes.Done : ExitCodes.OutsideFailed;
    }

    /// <summary>Why a post or correction is not mailed, where a person may want to know.</summary>
    private static string? WhyNot(Candidate candidate) => (candidate.State, candidate.Page) switch
    {
        (CandidateState.Held, _) => "held: too many at once, see `editions approve`",
        (CandidateState.Backdated, _) => "backdated, and so not mailed",
        (CandidateState.PageMissing, PageTries page) => string.Create(
            CultureInfo.InvariantCulture, $"held: its page did not come from {page.First.UtcDateTime:yyyy-MM-dd HH:mm} UTC on ({page.Answer}), see `editions approve`"),
        (CandidateState.Waiting, PageTries { IsFound: false } page) => string.Create(
            CultureInfo.InvariantCulture, $"waits for its page since {page.First.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({page.Answer})"),
        _ => null,
    };

    private static void Print(Invocation run, IEnumerable<SendingPause> pauses)
    {
        foreach (SendingPause pause in pauses)
        {
            string what = PauseRule.TransportOf(pause) is string name ? $"mail by {name}" : "      its mail";
            string again = pause.NextProbe is DateTimeOffset next
                ? string.Create(CultureInfo.InvariantCulture, $"tried again at {next.UtcDateTime:HH:mm} UTC, or now with `editions resume`") : "until `editions resume`";
            run.Terminal.PrintLine(OneLine.Of(string.Create(CultureInfo.InvariantCulture,
                $"{what} is paused since {pause.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {again}: {pause.Reason}")));
        }
    }

    /// <summary>One line, and an error where the account does not balance.</summary>
    public static bool Print(Invocation run, EditionAccount account)
    {
        (Edition edition, DeliveryCounts counts) = account;
        string state = edition.IsOver ? "cancelled" : edition.IsPaused ? "paused" : edition.Status switch
        {
            EditionStatus.Held => "held",
            EditionStatus.Planning => "planning",
            _ => counts.Waiting > 0 ? "sending" : "done",
        };
        run.Terminal.PrintLine(OneLine.Of(string.Create(CultureInfo.InvariantCulture,
            $"{edition.Id,4}  {edition.Slot.UtcDateTime:yyyy-MM-dd HH:mm}  {CadenceText.Of(edition.Cadence),-7}  {state,-9}  {edition.Candidates} = "
            + $"{counts.Sent} sent + {counts.Failed} failed + {counts.Cancelled} cancelled + {counts.Waiting} waiting ({counts.Uncertain} uncertain)  {edition.Key}")));
        if (!account.IsBalanced)
        {
            run.Terminal.PrintError(account.Mismatch);
        }

        return account.IsBalanced;
    }
}
