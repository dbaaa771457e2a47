using System.CommandLine;
using Syndication.Editions;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>The command `editions` with what it can be asked to do.</summary>
internal static class EditionsCommandLine
{
    /// <param name="on">Gives a command its action.</param>
    public static Command Build(Action<Command, Func<ParseResult, Invocation, CancellationToken, Task<int>>> on)
    {
        Command list = new("list", "Show all editions, and the posts that are held");
        on(list, (_, run, stop) => EditionsListCommand.RunAsync(run, stop));

        Argument<long> shown = Edition();
        Option<bool> follow = new("--follow") { Description = "Tell how far it is, and when it will end, until it has (or Ctrl+C)" };
        Command show = new("show", "Show one edition with its account: exit code 3 where that does not balance") { shown, follow };
        on(show, (parsed, run, stop) => EditionsShowCommand.RunAsync(run, parsed.GetValue(shown), parsed.GetValue(follow), stop));

        Argument<long?> approved = new("EDITION") { Description = "The edition's number (default: all that is held, posts too)", Arity = ArgumentArity.ZeroOrOne };
        Command approve = new("approve", "Let go what is held") { approved };
        on(approve, (parsed, run, stop) => EditionsControlCommand.ApproveAsync(run, parsed.GetValue(approved), stop));

        Argument<long> paused = Edition();
        Command pause = new("pause", "Send no more of an edition for now") { paused };
        on(pause, (parsed, run, stop) => EditionsControlCommand.PauseAsync(run, parsed.GetValue(paused), pause: true, stop));

        Argument<long?> resumed = new("EDITION") { Description = "The edition's number (default: mail as a whole, where it is paused)", Arity = ArgumentArity.ZeroOrOne };
        Command resume = new("resume", "Go on with a paused edition, or with mail as a whole") { resumed };
        on(resume, (parsed, run, stop) => parsed.GetValue(resumed) is long edition
            ? EditionsControlCommand.PauseAsync(run, edition, pause: false, stop)
            : EditionsControlCommand.ResumeAsync(run, stop));

        Argument<long> cancelled = Edition();
        Option<bool> drop = new("--drop") { Description = "Its posts do not come with the next edition either" };
        Command cancel = new("cancel", "Send no more of an edition for good; its posts come with the next one") { cancelled, drop };
        on(cancel, (parsed, run, stop) => EditionsControlCommand.CancelAsync(run, parsed.GetValue(cancelled), parsed.GetValue(drop), stop));

        Argument<string?> post = new("POST") { Description = "A post's file, id or slug", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> digest = new("--digest") { Description = "A digest of what its readers have not got" };
        Choice.Restrict(digest, [.. CadenceText.Names.Where(n => CadenceText.Read(n) != Cadence.EachPost)]);
        Option<string?> test = new("--test") { Description = "Mail it to this address alone, as a test, by the first mail server. Nothing is kept of it, and no limit counts it", HelpName = "ADDRESS" };
        Command send = new("send", "Mail a post or a digest now, whatever it waits for") { post, digest, test };
        send.Validators.Add(result =>
        {
            if ((result.GetValue(post) is null) == (result.GetResult(digest) is null))
            {
                result.AddError("editions send takes either a post or --digest daily, weekly or monthly.");
            }
        });
        on(send, (parsed, run, stop) => parsed.GetValue(test) is string address
            ? EditionsTestCommand.RunAsync(run, parsed.GetValue(post), parsed.GetValue(digest) is string cadence ? CadenceText.Read(cadence) : null, address, stop)
            : parsed.GetValue(post) is string name
            ? EditionsSendCommand.PostAsync(run, name, stop)
            : EditionsSendCommand.DigestAsync(run, CadenceText.Read(parsed.GetValue(digest)!)!.Value, stop));

        Argument<long> again = Edition();
        Option<bool> failed = new("--failed") { Description = "Only to those whose mail failed" };
        Option<bool> missed = new("--missed") { Description = "Only to those who are owed it: it was cancelled, or tried too long" };
        Command resend = new("resend", "Send an edition again to those who did not get it (default: failed and missed); to nobody twice") { again, failed, missed };
        on(resend, (parsed, run, stop) => EditionsSendCommand.ResendAsync(
            run, parsed.GetValue(again), (parsed.GetValue(failed), parsed.GetValue(missed)) switch
            {
                (true, false) => ResendTo.Failed,
                (false, true) => ResendTo.Missed,
                _ => ResendTo.Failed | ResendTo.Missed,
            }, stop));

        return new Command("editions", "What is mailed, and what became of it") { list, show, approve, pause, resume, cancel, send, resend };
    }

    private static Argument<long> Edition() => new("EDITION") { Description = "The edition's number, as `editions list` shows it" };
}
