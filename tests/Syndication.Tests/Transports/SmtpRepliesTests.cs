using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>The table of what replies mean.</summary>
public sealed class SmtpRepliesTests
{
    /// <summary>phase | code | text -> result | scope | enhanced code | whether the operator is needed.</summary>
    private const string Replies = """
        FinalDot | 250 | 2.0.0 queued as 7          -> Sent      | Recipient | 2.0.0 | no
        FinalDot | 250 |                            -> Sent      | Recipient | -     | no
        FinalDot | 251 | will forward               -> Sent      | Recipient | -     | no
        FinalDot | 250 | 5.7.1 queued all the same  -> Sent      | Recipient | -     | no

        Connect  | 421 | 4.3.2 too busy             -> Deferred  | Transport | 4.3.2 | no
        StartTls | 454 | TLS not available          -> Deferred  | Transport | -     | no
        Auth     | 454 | 4.7.0 later                -> Deferred  | Transport | 4.7.0 | no
        MailFrom | 450 | 4.7.1 slow down            -> Deferred  | Transport | 4.7.1 | no
        MailFrom | 421 | closing                    -> Deferred  | Transport | -     | no
        RcptTo   | 450 | 4.2.0 greylisted           -> Deferred  | Recipient | 4.2.0 | no
        RcptTo   | 452 | 4.2.2 mailbox full         -> Deferred  | Recipient | 4.2.2 | no
        RcptTo   | 421 | 4.3.2 closing              -> Deferred  | Recipient | 4.3.2 | no
        Data     | 451 | 4.3.0 later                -> Deferred  | Message   | 4.3.0 | no
        FinalDot | 451 | 4.3.0 later                -> Deferred  | Message   | 4.3.0 | no
        FinalDot | 421 | closing                    -> Deferred  | Message   | -     | no

        Connect  | 554 | 5.7.1 blocked              -> Deferred  | Transport | 5.7.1 | yes
        StartTls | 502 | no such command            -> Deferred  | Transport | -     | yes
        Auth     | 535 | 5.7.8 wrong password       -> Deferred  | Transport | 5.7.8 | yes
        MailFrom | 550 | 5.7.1 not you              -> Deferred  | Transport | 5.7.1 | yes
        MailFrom | 530 | 5.7.0 authenticate first   -> Deferred  | Transport | 5.7.0 | yes
        RcptTo   | 530 | authenticate first         -> Deferred  | Transport | -     | yes
        MailFrom | 552 | too large                  -> Rejected  | Message   | -     | no
        MailFrom | 552 | 5.3.4 too large            -> Rejected  | Message   | 5.3.4 | no
        MailFrom | 552 | 5.2.2 your quota           -> Deferred  | Transport | 5.2.2 | yes

        RcptTo   | 550 | 5.1.1 no such user         -> Rejected  | Recipient | 5.1.1 | no
        RcptTo   | 550 |                            -> Rejected  | Recipient | -     | no
        RcptTo   | 552 | 5.2.2 mailbox full         -> Deferred  | Recipient | 5.2.2 | no
        RcptTo   | 552 | 5.3.4 too large            -> Rejected  | Message   | 5.3.4 | no
        RcptTo   | 550 | 5.7.1 policy               -> Deferred  | Recipient | 5.7.1 | no
        RcptTo   | 554 | 5.7.26 unauthenticated     -> Deferred  | Recipient | 5.7.26 | no
        RcptTo   | 556 | 5.1.10 null MX             -> Rejected  | Recipient | 5.1.10 | no
        Data     | 554 | 5.5.1 no                   -> Rejected  | Message   | 5.5.1 | no
        Data     | 554 | 5.7.1 no                   -> Deferred  | Message   | 5.7.1 | no
        FinalDot | 552 | 5.3.4 too large            -> Rejected  | Message   | 5.3.4 | no
        FinalDot | 554 | 5.6.0 malformed            -> Rejected  | Message   | 5.6.0 | no
        FinalDot | 550 | 5.7.1 spam                 -> Deferred  | Message   | 5.7.1 | no

        RcptTo   | 550 | 4.7.1 wrong class          -> Rejected  | Recipient | -     | no
        RcptTo   | 450 | 5.7.1 wrong class          -> Deferred  | Recipient | -     | no
        RcptTo   | 550 | 5.7.1.2 no code            -> Rejected  | Recipient | -     | no
        RcptTo   | 550 | 5.7 no code                -> Rejected  | Recipient | -     | no
        RcptTo   | 550 | 5.7.1234 no code           -> Rejected  | Recipient | -     | no
        RcptTo   | 550 | 5.x.1 no code              -> Rejected  | Recipient | -     | no
        RcptTo   | 550 | sorry (5.7.1)              -> Rejected  | Recipient | -     | no
        RcptTo   | 550 | first\n5.7.1 second        -> Deferred  | Recipient | 5.7.1 | no

        Connect  | 354 | what                       -> Deferred  | Transport | -     | no
        MailFrom | 354 | what                       -> Deferred  | Transport | -     | no
        RcptTo   | 100 | what                       -> Deferred  | Recipient | -     | no
        Data     | 250 | what                       -> Deferred  | Message   | -     | no
        FinalDot | 354 | what                       -> Uncertain | Message   | -     | no
        FinalDot | 999 | what                       -> Uncertain | Message   | -     | no
        """;

    /// <summary>phase | failure -> result | scope | whether the operator is needed.</summary>
    private const string Failures = """
        Connect  | Unreachable -> Deferred  | Transport | no
        Connect  | TimedOut    -> Deferred  | Transport | no
        Connect  | Lost        -> Deferred  | Transport | no
        Connect  | Stopped     -> Deferred  | Transport | no
        StartTls | NotOffered  -> Deferred  | Transport | yes
        StartTls | Untrusted   -> Deferred  | Transport | yes
        Auth     | NotOffered  -> Deferred  | Transport | yes
        MailFrom | Lost        -> Deferred  | Transport | no
        RcptTo   | TimedOut    -> Deferred  | Recipient | no
        RcptTo   | Lost        -> Deferred  | Recipient | no
        RcptTo   | Stopped     -> Deferred  | Transport | no
        Data     | TimedOut    -> Deferred  | Message   | no
        Data     | Lost        -> Deferred  | Message   | no
        Data     | Stopped     -> Deferred  | Transport | no
        FinalDot | TimedOut    -> Uncertain | Message   | no
        FinalDot | Lost        -> Uncertain | Message   | no
        FinalDot | Stopped     -> Uncertain | Message   | no
        """;

    public static TheoryData<string> ReplyTable => [.. Lines(Replies)];

    public static TheoryData<string> FailureTable => [.. Lines(Failures)];

    [Theory]
    [MemberData(nameof(ReplyTable))]
    public void AReplyMeansWhatTheTableSays(string line)
    {
        string[] sides = line.Split("->");
        string[] said = Cells(sides[0]);
        string[] meant = Cells(sides[1]);
        SmtpReply reply = new(int.Parse(said[1], null), said[2].Replace("\\n", "\n", StringComparison.Ordinal));

        SendOutcome outcome = SmtpReplies.Judge(Enum.Parse<SmtpPhase>(said[0]), reply);

        Assert.Equal(
            string.Join(" | ", meant),
            $"{outcome.Result} | {outcome.Scope} | {outcome.EnhancedCode ?? "-"} | {(outcome.NeedsOperator ? "yes" : "no")}");
        Assert.Equal(reply.Code, outcome.Code);
        Assert.Contains(said[1], outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FailureTable))]
    public void AFailureMeansWhatTheTableSays(string line)
    {
        string[] sides = line.Split("->");
        string[] happened = Cells(sides[0]);
        string[] meant = Cells(sides[1]);

        SendOutcome outcome = SmtpReplies.Judge(Enum.Parse<SmtpPhase>(happened[0]), Enum.Parse<SmtpFailure>(happened[1]), "it broke");

        Assert.Equal(string.Join(" | ", meant), $"{outcome.Result} | {outcome.Scope} | {(outcome.NeedsOperator ? "yes" : "no")}");
        Assert.Null(outcome.Code);
        Assert.Null(outcome.EnhancedCode);
        Assert.EndsWith(": it broke", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpPhase.Auth, 535, true)]
    [InlineData(SmtpPhase.Auth, 454, false)]
    [InlineData(SmtpPhase.Connect, 554, false)]
    [InlineData(SmtpPhase.MailFrom, 530, false)]
    internal void OnlyARefusedAccountIsOne(SmtpPhase phase, int code, bool isAboutAccount)
    {
        Assert.Equal(isAboutAccount, SmtpReplies.Judge(phase, new SmtpReply(code, "no")).IsAboutAccount);
    }

    [Fact]
    public void ASenderThatCannotBeSentIsNoRecipientsFault()
    {
        Assert.True(SmtpReplies.Unsendable(OutcomeScope.Transport, "what") is { Result: SendResult.Deferred, NeedsOperator: true });
        Assert.True(SmtpReplies.Unsendable(OutcomeScope.Recipient, "what") is { Result: SendResult.Rejected, NeedsOperator: false });
    }

    [Fact]
    public void NoReplyAtAllIsEverSentButTheOneToTheWholeMail()
    {
        foreach (SmtpPhase phase in Enum.GetValues<SmtpPhase>().Where(p => p != SmtpPhase.FinalDot))
        {
            Assert.All(Enumerable.Range(0, 1000), code =>
            {
                SendResult result = SmtpReplies.Judge(phase, new SmtpReply(code, "")).Result;
                Assert.True(result is SendResult.Deferred or SendResult.Rejected);
            });
        }
    }

    [Fact]
    public void TheTextOfALongReplyIsOneLineWithTheCodeOnce()
    {
        SmtpReply reply = new(550, "5.1.1 The account\n5.1.1 does not exist.\r\n\u001b[31m5.1.1 Bye");

        Assert.Equal("RCPT TO: 550 5.1.1 The account does not exist. \\u001b[31m5.1.1 Bye", SmtpReplies.Judge(SmtpPhase.RcptTo, reply).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void AReplyWithoutATextStillHasOne(string text) =>
        Assert.Equal("RCPT TO: 550 (no reason given)", SmtpReplies.Judge(SmtpPhase.RcptTo, new SmtpReply(550, text)).Text);

    private static IEnumerable<string> Lines(string table) => table.Split('\n').Where(l => l.Length > 0);

    private static string[] Cells(string side) => [.. side.Split('|').Select(c => c.Trim())];
}
