using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;

namespace Syndication.Tests.Deliveries;

public sealed class AlertRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WhereNothingStandsThereIsNoAlert() => Assert.Empty(AlertRule.Of(new AlertFacts(), Noon));

    [Fact]
    public void EachMatterIsAnAlertOfItsOwn()
    {
        AlertFacts facts = new()
        {
            HeldPosts = (12, Noon),
            Standing = [Edition(1, EditionStatus.Held), Edition(2, EditionStatus.Planned, isPaused: true), Edition(3, EditionStatus.Planned, isPaused: true)],
            Pauses =
            [
                PauseRule.AfterRefusals(PauseRule.OfEdition(3), DecidedTransport.PolicyAtData, Noon),
                PauseRule.After(PauseRule.OfTransport("mail:25"), null, DecidedTransport.WrongPassword, Noon),
            ],
            Uncertain = (2, Noon),
        };

        Assert.Equal(
            [
                "12 posts wait for your approval: they came too many at once",
                "edition 1 waits for your approval",
                "edition 3 is paused: its mails were refused one after the other",
                "mail is paused: user name or password are refused",
                "2 mails are uncertain, and held",
            ],
            AlertRule.Of(facts, Noon).Select(a => a.Subject));
    }

    [Fact]
    public void TheKeyStaysWhileTheMatterDoesAndIsAnotherTheNextTime()
    {
        string scope = PauseRule.OfTransport("mail:25");
        SendingPause first = PauseRule.After(scope, null, DecidedTransport.Refused, Noon);
        SendingPause later = PauseRule.After(scope, first, DecidedTransport.Refused with { Text = "other words" }, Noon.AddHours(1));
        SendingPause next = PauseRule.After(scope, null, DecidedTransport.Refused, Noon.AddHours(2));

        string KeyOf(SendingPause pause) => Assert.Single(AlertRule.Of(new AlertFacts { Pauses = [pause] }, Noon.AddHours(3))).Key;
        Assert.Equal(KeyOf(first), KeyOf(later));
        Assert.NotEqual(KeyOf(first), KeyOf(next));
        Assert.NotEqual(KeyOf(first), KeyOf(PauseRule.After(scope, first, DecidedTransport.WrongPassword, Noon.AddHours(1))));
        Assert.Equal(
            Assert.Single(AlertRule.Of(new AlertFacts { HeldPosts = (11, Noon) }, Noon)).Key, Assert.Single(AlertRule.Of(new AlertFacts { HeldPosts = (30, Noon) }, Noon)).Key);
    }

    [Fact]
    public void AMailServerThatIsAwayIsAnAlertAfterAnHour()
    {
        AlertFacts facts = new() { Pauses = [PauseRule.After(PauseRule.OfTransport("mail:25"), null, DecidedTransport.Away, Noon)] };

        Assert.Empty(AlertRule.Of(facts, Noon.AddMinutes(59)));
        Assert.Single(AlertRule.Of(facts, Noon.AddMinutes(60)));
    }

    [Fact]
    public void WhatAnybodyMaySeeHoldsNoReplyAndNoServer()
    {
        SendingPause pause = PauseRule.After(
            PauseRule.OfTransport("mail.internal:25"), null, DecidedTransport.WrongPassword with { Text = "535 blog@example.org may not" }, Noon);

        Alert alert = Assert.Single(AlertRule.Of(new AlertFacts { Pauses = [pause] }, Noon));

        Assert.DoesNotContain("example.org", alert.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("internal", alert.Subject, StringComparison.Ordinal);
        Assert.Contains("535 blog@example.org may not", string.Join(' ', alert.Lines), StringComparison.Ordinal);
    }

    private static Edition Edition(long id, EditionStatus status, bool isPaused = false) => new()
    {
        Id = id,
        Newsletter = Newsletter.DefaultName,
        Cadence = Cadence.Daily,
        Key = "2026-03-01",
        Slot = Noon,
        Upto = 1,
        Cutoff = Noon,
        Status = status,
        IsPaused = isPaused,
        Cursor = 0,
        Candidates = 0,
    };
}
