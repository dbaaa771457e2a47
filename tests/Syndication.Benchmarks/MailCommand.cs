using System.CommandLine;
using System.Net;

namespace Syndication.Benchmarks;

/// <summary>The command line of the benchmarks of mail.</summary>
internal static class MailCommand
{
    public static Command Make()
    {
        Option<IPEndPoint?> smtp = new("--smtp")
        {
            Description = "A server that takes mail (default: smtp-sink is started)",
            HelpName = "HOST:PORT",
            CustomParser = result =>
            {
                if (IPEndPoint.TryParse(result.Tokens[0].Value.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out IPEndPoint? server) && server.Port > 0)
                {
                    return server;
                }

                result.AddError($"--smtp: '{result.Tokens[0].Value}' is no address of a server; expected one such as 127.0.0.1:2525");
                return null;
            },
        };
        Option<int> messages = new("--messages") { Description = "How many mails are sent (default: 20000)", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        Option<int> kilobytes = new("--kb") { Description = "About the size of the page in a mail (default: 10)", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<int> connections = new("--connections") { Description = "Connections to the server (default: 16)", HelpName = "N", DefaultValueFactory = _ => 16 };
        Option<FileInfo> dkim = new("--dkim") { Description = "A private key in PEM to sign with", HelpName = "KEYFILE" };
        dkim.AcceptExistingOnly();
        Option<bool> outbox = new("--outbox") { Description = "Mail goes into the outbox folder" };
        Option<bool> compare = new("--compare") { Description = "Peers send as many mails of the same size: smtp-source, nodemailer, a bare loop over MailKit" };
        Option<int> runs = new("--runs") { Description = "How often each is run, in turn; the medians are told (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int?> subscribers = new("--subscribers") { Description = "The same as --messages", HelpName = "N" };
        Command mail = new("mail", "Importing subscribers and mailing a post to them all, over a ledger on the disk") { smtp, messages, subscribers, kilobytes, connections, dkim, outbox, compare, runs };
        mail.SetAction((parse, stop) =>
        {
            MailPlan plan = new(parse.GetValue(subscribers) ?? parse.GetValue(messages), parse.GetValue(kilobytes), parse.GetValue(connections), parse.GetValue(runs))
            {
                Server = parse.GetValue(smtp),
                DkimKey = parse.GetValue(dkim),
                IntoOutbox = parse.GetValue(outbox),
            };
            return parse.GetValue(compare) ? MailComparison.RunAsync(plan, stop) : MailBenchmark.RunAsync(plan, stop);
        });
        return mail;
    }
}

/// <summary>What is to be sent.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Kilobytes">About the size of the page in each.</param>
/// <param name="Connections">To the server.</param>
/// <param name="Runs">How often.</param>
internal sealed record MailPlan(int Messages, int Kilobytes, int Connections, int Runs)
{
    /// <summary>Null = one is started.</summary>
    public IPEndPoint? Server { get; init; }

    public FileInfo? DkimKey { get; init; }

    public bool IntoOutbox { get; init; }
}
