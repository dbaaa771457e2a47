using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class OutcomeRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendOutcome Later = new(SendResult.Deferred, OutcomeScope.Recipient, 450, null, "RCPT TO: 450 later");

    [Fact]
    public void AMailThatIsDeferredAgainAndAgainFailsAfterThreeDaysAndIsOwed()
    {
        for (long id = 1; id <= 50; id++)
        {
            LeasedRow row = new(id, Noon, 0, null);
            DateTimeOffset now = Noon;
            FinishedDelivery finished = OutcomeRule.Apply(row, Later, false, now);
            while (finished.Status == DeliveryStatus.Deferred)
            {
                now = finished.DueAt;
                row = row with { Attempts = row.Attempts + 1, FirstAttempt = Noon };
                finished = OutcomeRule.Apply(row, Later, false, now);
            }

            Assert.True(OutcomeRule.IsExpired(finished, Later));
            Assert.InRange(now - Noon, RetrySchedule.Lifetime, RetrySchedule.Lifetime + (1.25 * RetrySchedule.Longest));
        }
    }

    [Fact]
    public void WhoWasHardlyTriedWithinThreeDaysIsTriedOn()
    {
        LeasedRow row = new(1, Noon, 2, Noon);

        Assert.Equal(DeliveryStatus.Deferred, OutcomeRule.Apply(row, Later, false, Noon.AddDays(30)).Status);
    }

    [Theory]
    [InlineData(2, true, DeliveryStatus.Failed)]
    [InlineData(1, true, DeliveryStatus.Deferred)]
    [InlineData(2, false, DeliveryStatus.Deferred)]
    internal void APolicyRefusalFailsTheThirdTimeWhereOthersSucceed(int attempts, bool othersSucceeded, DeliveryStatus status)
    {
        LeasedRow row = new(1, Noon, attempts, Noon);

        FinishedDelivery finished = OutcomeRule.Apply(row, DecidedTransport.PolicyAtRcpt, othersSucceeded, Noon);

        Assert.Equal(status, finished.Status);
        Assert.False(OutcomeRule.IsExpired(finished, DecidedTransport.PolicyAtRcpt));
    }

    [Fact]
    public void ARefusedRecipientFailsAtOnceAndIsNotOwed()
    {
        FinishedDelivery finished = OutcomeRule.Apply(new LeasedRow(1, Noon, 0, null), DecidedTransport.NoSuchUser, false, Noon);

        Assert.Equal(DeliveryStatus.Failed, finished.Status);
        Assert.False(OutcomeRule.IsExpired(finished, DecidedTransport.NoSuchUser));
    }
}
