namespace Syndication.Transports;

/// <summary>What a reply means: the one place that decides it. Pure.</summary>
internal static class SmtpReplies
{
    private const int AuthenticationNeeded = 530;
    private const int TooLarge = 552;

    /// <summary>Whether the conversation goes on after this reply.</summary>
    public static bool IsPositive(SmtpPhase phase, int code) => code / 100 == (phase == SmtpPhase.Data ? 3 : 2);

    /// <summary>Judges a reply that ended an attempt: any but a positive one, or the one to the whole mail.</summary>
    public static SendOutcome Judge(SmtpPhase phase, SmtpReply reply)
    {
        Judgement judged = (reply.Code / 100) switch
        {
            2 when phase == SmtpPhase.FinalDot => new(SendResult.Sent, OutcomeScope.Recipient),
            4 => new(SendResult.Deferred, ScopeOf(phase)),
            5 => Refused(phase, reply.Code, reply.EnhancedCode),

            // A reply that has no meaning here is as good as none.
            _ => WithoutReply(phase),
        };
        string text = judged.Result == SendResult.Sent ? reply.Line : $"{NameOf(phase)}: {reply.Line}";
        return new SendOutcome(judged.Result, judged.Scope, reply.Code, reply.EnhancedCode, text)
        {
            NeedsOperator = judged.NeedsOperator,
            IsAboutAccount = judged.NeedsOperator && phase == SmtpPhase.Auth,
            IsAtMailFrom = phase == SmtpPhase.MailFrom,
        };
    }

    /// <summary>Judges an attempt that ended without a reply.</summary>
    /// <param name="phase">How far it had come.</param>
    /// <param name="failure">Why there is none.</param>
    /// <param name="text">What happened, on one line.</param>
    public static SendOutcome Judge(SmtpPhase phase, SmtpFailure failure, string text)
    {
        Judgement judged = failure switch
        {
            SmtpFailure.NotOffered or SmtpFailure.Untrusted => AboutUs,
            SmtpFailure.Stopped when phase != SmtpPhase.FinalDot => new(SendResult.Deferred, OutcomeScope.Transport),
            _ => WithoutReply(phase),
        };
        return new SendOutcome(judged.Result, judged.Scope, null, null, $"{NameOf(phase)}: {text}")
        {
            NeedsOperator = judged.NeedsOperator,
            IsAtMailFrom = phase == SmtpPhase.MailFrom && failure != SmtpFailure.Stopped,
        };
    }

    /// <summary>A mail that is not even tried, since the server would have to refuse it; where that is about us, no recipient is to blame.</summary>
    public static SendOutcome Unsendable(OutcomeScope scope, string text) => scope == OutcomeScope.Transport
        ? new(SendResult.Deferred, scope, null, null, text) { NeedsOperator = true }
        : new(SendResult.Rejected, scope, null, null, text);

    private static Judgement AboutUs => new(SendResult.Deferred, OutcomeScope.Transport, NeedsOperator: true);

    private static Judgement Refused(SmtpPhase phase, int code, string? enhanced)
    {
        bool isSize = enhanced == "5.3.4" || (code == TooLarge && enhanced is null);
        return phase switch
        {
            // The size is told with MAIL FROM (RFC 1870), so that there, alone, a refusal may be about the mail.
            SmtpPhase.MailFrom when isSize => new(SendResult.Rejected, OutcomeScope.Message),
            <= SmtpPhase.MailFrom => AboutUs,

            // "Authenticate first", "STARTTLS first" (RFC 4954, RFC 3207): some servers say it only here.
            SmtpPhase.RcptTo when code == AuthenticationNeeded => AboutUs,
            SmtpPhase.RcptTo when enhanced == "5.3.4" => new(SendResult.Rejected, OutcomeScope.Message),

            // A full mailbox: RFC 5321 section 4.5.3.1.10 wants it tried again.
            SmtpPhase.RcptTo when code == TooLarge => new(SendResult.Deferred, OutcomeScope.Recipient),
            _ when IsPolicy(enhanced) => new(SendResult.Deferred, ScopeOf(phase)),
            _ => new(SendResult.Rejected, ScopeOf(phase)),
        };
    }

    private static bool IsPolicy(string? enhanced) => enhanced?.StartsWith("5.7.", StringComparison.Ordinal) ?? false;

    /// <summary>Before its end was sent, a mail is certainly not with the server.</summary>
    private static Judgement WithoutReply(SmtpPhase phase) =>
        new(phase == SmtpPhase.FinalDot ? SendResult.Uncertain : SendResult.Deferred, ScopeOf(phase));

    private static OutcomeScope ScopeOf(SmtpPhase phase) => phase switch
    {
        <= SmtpPhase.MailFrom => OutcomeScope.Transport,
        SmtpPhase.RcptTo => OutcomeScope.Recipient,
        _ => OutcomeScope.Message,
    };

    private static string NameOf(SmtpPhase phase) => phase switch
    {
        SmtpPhase.Connect => "connection",
        SmtpPhase.StartTls => "TLS",
        SmtpPhase.Auth => "authentication",
        SmtpPhase.MailFrom => "MAIL FROM",
        SmtpPhase.RcptTo => "RCPT TO",
        SmtpPhase.Data => "DATA",
        _ => "end of the mail",
    };

    private readonly record struct Judgement(SendResult Result, OutcomeScope Scope, bool NeedsOperator = false);
}
