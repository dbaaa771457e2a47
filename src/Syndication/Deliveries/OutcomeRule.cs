using Syndication.Ledger;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>What an attempt's outcome makes of its row. Pure.</summary>
internal static class OutcomeRule
{
    /// <summary>A policy refusal (5.7.x), or a refusal at MAIL FROM, is tried this often before it is the recipient's own.</summary>
    public const int PolicyAttempts = 3;

    /// <param name="row">The row; its attempts are those before this one.</param>
    /// <param name="outcome">What came of the attempt.</param>
    /// <param name="othersSucceeded">Whether other mails were taken since the row was first tried.</param>
    /// <param name="now">When.</param>
    public static FinishedDelivery Apply(LeasedRow row, SendOutcome outcome, bool othersSucceeded, DateTimeOffset now)
    {
        int attempts = row.Attempts + 1;
        DateTimeOffset again = now + RetrySchedule.After(row.Id, attempts);
        DeliveryStatus status = outcome.Result switch
        {
            SendResult.Sent => DeliveryStatus.Sent,
            SendResult.Uncertain => DeliveryStatus.Uncertain,
            SendResult.Deferred when IsRefusal(outcome) && attempts >= PolicyAttempts && othersSucceeded => DeliveryStatus.Failed,
            SendResult.Deferred => RetrySchedule.IsOver(attempts, row.FirstAttempt ?? now, now) ? DeliveryStatus.Failed : DeliveryStatus.Deferred,
            _ => DeliveryStatus.Failed,
        };
        return new FinishedDelivery(row.Id, status, again, outcome.Text);
    }

    /// <summary>A row whose attempt was no recipient's matter waits as if it had not been tried.</summary>
    /// <param name="row">The row.</param>
    /// <param name="outcome">What came of the attempt.</param>
    /// <param name="notBefore">When it may be tried again at the earliest.</param>
    public static FinishedDelivery GiveBack(LeasedRow row, SendOutcome outcome, DateTimeOffset notBefore) =>
        new(row.Id, DeliveryStatus.Deferred, row.DueAt > notBefore ? row.DueAt : notBefore, outcome.Text) { IsGivenBack = true };

    /// <summary>What a mail was told at MAIL FROM while others get through, before and after: it is about that mail, and not about us.</summary>
    public static SendOutcome OfTheMail(SendOutcome outcome) =>
        outcome.IsAtMailFrom && IsOurs(outcome) ? outcome with { Scope = OutcomeScope.Message, NeedsOperator = false } : outcome;

    /// <summary>Whether an attempt was no recipient's matter, but ours.</summary>
    public static bool IsOurs(SendOutcome outcome) => outcome is { Result: SendResult.Deferred, Scope: OutcomeScope.Transport };

    /// <summary>
    /// Whether an outcome says that its domain is busy or away: "later", or no answer. Not so where it is the recipient's own (a full
    /// mailbox: 4.2.x; an odd address: 4.1.x), or a policy, which has a count of its own.
    /// </summary>
    public static bool IsDomains(SendOutcome outcome) =>
        !IsOurs(outcome) && outcome.Result is SendResult.Deferred or SendResult.Uncertain && !outcome.IsPolicy && !outcome.IsAtMailFrom
        && !(outcome.EnhancedCode?.StartsWith("4.1.", StringComparison.Ordinal) ?? false) && !(outcome.EnhancedCode?.StartsWith("4.2.", StringComparison.Ordinal) ?? false);

    /// <summary>Whether a row failed because its time was over: then its posts are owed, and go into the next edition.</summary>
    public static bool IsExpired(FinishedDelivery finished, SendOutcome outcome) =>
        finished.Status == DeliveryStatus.Failed && outcome.Result == SendResult.Deferred && !IsRefusal(outcome);

    /// <summary>
    /// Whether it may be one of many alike that are no recipients' matter: a policy, a refusal for good, or a text that we know that the
    /// server refuses. An address that we know that it does not take is the recipient's.
    /// </summary>
    public static bool IsForRun(SendOutcome outcome) => outcome.Result switch
    {
        SendResult.Deferred => outcome.IsPolicy && !IsOurs(outcome) && !outcome.IsAtMailFrom,
        SendResult.Rejected => outcome.Code is not null || outcome.Scope == OutcomeScope.Message,
        _ => false,
    };

    /// <summary>Whether an answer is for good as far as the server is concerned, though it was tried again.</summary>
    private static bool IsRefusal(SendOutcome outcome) => outcome.IsPolicy || outcome is { IsAtMailFrom: true, Code: >= 500 };
}
