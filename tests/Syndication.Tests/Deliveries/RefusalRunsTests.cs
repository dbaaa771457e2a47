using Syndication.Deliveries;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class RefusalRunsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RefusalRuns _runs = new();
    private long _row;

    [Fact]
    public void RcptCountsForTheTransportAndDataForTheEdition()
    {
        Add(DecidedTransport.PolicyAtRcpt, 1);
        Add(DecidedTransport.PolicyAtRcpt, 2);
        Add(DecidedTransport.PolicyAtData, 1);

        Assert.Equal((2, 1, 0), (_runs.OfPolicy("relay", null).Count, _runs.OfPolicy("relay", 1).Count, _runs.OfPolicy("relay", 2).Count));
    }

    [Fact]
    public void ASuccessEndsTheRunOfItsEditionAndOfTheTransport()
    {
        Add(DecidedTransport.PolicyAtRcpt, 1);
        Add(DecidedTransport.PolicyAtData, 1);
        Add(DecidedTransport.PolicyAtData, 2);
        Add(DecidedTransport.Sent, 1);

        Assert.Equal((0, 0, 1), (_runs.OfPolicy("relay", null).Count, _runs.OfPolicy("relay", 1).Count, _runs.OfPolicy("relay", 2).Count));
        Assert.Equal(Noon, _runs.OfPolicy("relay", 1).LastSuccess);
    }

    [Fact]
    public void OtherFailuresNeitherCountNorEndARun()
    {
        Add(DecidedTransport.PolicyAtRcpt, 1);
        Add(DecidedTransport.NoSuchUser, 1);
        Add(new SendOutcome(SendResult.Deferred, OutcomeScope.Recipient, 450, null, "450 later"), 1);

        Assert.Equal(1, _runs.OfPolicy("relay", null).Count);
    }

    [Fact]
    public void TheTextOfANoticePausesNothing()
    {
        for (int i = 0; i < 30; i++)
        {
            Add(DecidedTransport.PolicyAtData, null);
        }

        Assert.False(_runs.OfPolicy("relay", null).IsOver);
    }

    [Fact]
    public void WhatIsRememberedDoesNotGrowWithTheNumberOfEditions()
    {
        for (int edition = 1; edition <= 10_000; edition++)
        {
            Add(DecidedTransport.Sent, edition);
        }

        Assert.InRange(_runs.Count, 1, RefusalRuns.MostEditions);
        Assert.Equal(Noon, _runs.OfPolicy("relay", 10_000).LastSuccess);
        Assert.Equal(Noon, _runs.OfPolicy("relay", null).LastSuccess);
    }

    private void Add(SendOutcome outcome, long? edition) =>
        _runs.Add(outcome, "relay", $"reader@domain{_row++ % 7}.example", new RefusedRow("deliveries", _row, edition), Noon);
}
