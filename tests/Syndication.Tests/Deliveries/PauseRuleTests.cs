using Syndication.Deliveries;

namespace Syndication.Tests.Deliveries;

public sealed class PauseRuleTests
{
    private const string Scope = "transport/mail:25";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ProbesComeAfterAMinuteThenTwoUpToAnHour()
    {
        SendingPause? pause = null;
        List<double> minutes = [];
        for (int probe = 0; probe < 9; probe++)
        {
            pause = PauseRule.After(Scope, pause, DecidedTransport.Refused, Noon);
            minutes.Add((pause.NextProbe!.Value - Noon).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], minutes);
    }

    [Fact]
    public void ARefusedAccountIsProbedOnceAnHourFromTheFirstOn()
    {
        SendingPause pause = PauseRule.After(Scope, null, DecidedTransport.WrongPassword, Noon);

        Assert.Equal(Noon.AddHours(1), pause.NextProbe);
    }

    [Fact]
    public void APauseKeepsItsBeginningWhateverTheNextFailureIs()
    {
        SendingPause pause = PauseRule.After(Scope, PauseRule.After(Scope, null, DecidedTransport.Away, Noon), DecidedTransport.Refused, Noon.AddMinutes(1));

        Assert.Equal((Noon, PauseKind.Refused), (pause.Since, pause.Kind));
        Assert.Equal("MAIL FROM: 550 5.7.1 not you", pause.Reason);
    }

    [Fact]
    public void AfterARunOfRefusalsOnlyTheOperatorResumes()
    {
        SendingPause pause = PauseRule.AfterRefusals(PauseRule.OfEdition(12), DecidedTransport.PolicyAtData, Noon);

        Assert.Null(pause.NextProbe);
        Assert.True(pause.NeedsOperator);
        Assert.Equal("edition/12", pause.Scope);
        Assert.Null(PauseRule.TransportOf(pause));
    }
}
