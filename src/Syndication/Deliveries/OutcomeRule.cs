using Syndication.Ledger;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>What an attempt's outcome makes of its row. Pure.</summary>
internal static class OutcomeRule
{
    /// <summary>A policy refusal (5.7.x) is tried this often before it is the recipient's own.</summary>
    public const int PolicyAttempts = 3;

    /// <param name="delivery">The row; its attempts are those before this one.</param>
    /// <param name="outcome">What came of the attempt.</param>
    /// <param name="now">When.</param>
    public static FinishedDelivery Apply(ClaimedDelivery delivery, SendOutcome outcome, DateTimeOffset now)
    {
        int attempts = delivery.Attempts + 1;
        DateTimeOffset again = now + RetrySchedule.After(delivery.Id, attempts);
        bool expired = now - (delivery.FirstAttempt ?? now) >= RetrySchedule.Lifetime;
        DeliveryStatus status = outcome.Result switch
        {
            SendResult.Sent => DeliveryStatus.Sent,
            SendResult.Uncertain => DeliveryStatus.Uncertain,
            SendResult.Deferred when outcome.IsPolicy && outcome.Scope != OutcomeScope.Transport && attempts >= PolicyAttempts => DeliveryStatus.Failed,
            SendResult.Deferred => expired ? DeliveryStatus.Failed : DeliveryStatus.Deferred,
            _ => DeliveryStatus.Failed,
        };
        return new FinishedDelivery(delivery.Id, status, again, outcome.Text);
    }

    /// <summary>Whether a row that failed did so because its time was over: then its posts are owed, and go into the next edition.</summary>
    public static bool IsExpired(ClaimedDelivery delivery, SendOutcome outcome, DateTimeOffset now) =>
        outcome.Result == SendResult.Deferred && Apply(delivery, outcome, now).Status == DeliveryStatus.Failed && !outcome.IsPolicy;
}
