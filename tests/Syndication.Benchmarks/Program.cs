using System.CommandLine;
using System.Runtime.InteropServices;

namespace Syndication.Benchmarks;

/// <summary>Measures every number that the README claims, beside a named peer in the same run: JSON lines to standard output, tables to standard error.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        Option<int[]> counts = new("--posts")
        {
            Description = "Numbers of posts, with commas between them (default: 100,10000)",
            HelpName = "N,N",
            DefaultValueFactory = _ => [100, 10_000],
            CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',')).Select(text =>
            {
                if (int.TryParse(text, out int count) && count >= SamplePosts.InFeed)
                {
                    return count;
                }

                result.AddError($"--posts: '{text}' is no number of posts; expected {SamplePosts.InFeed} or more");
                return 0;
            })],
        };
        Option<int> saves = new("--saves") { Description = "How often a post is saved and edited (default: 20)", DefaultValueFactory = _ => 20 };
        Option<int> idle = new("--idle")
        {
            Description = "Seconds of doing nothing over which processor time is taken (default: 32, which has one look at the whole folder in it)",
            DefaultValueFactory = _ => 32,
        };
        Command serve = new("serve", "Start, save to feed, and memory of serve; the peer is hugo server") { counts, saves, idle };
        serve.SetAction((parse, stop) => ServeBenchmark.RunAsync(parse.GetValue(counts)!, parse.GetValue(saves), parse.GetValue(idle), stop));

        Option<DirectoryInfo> folder = new("--folder") { Description = "Posts with dated names", HelpName = "DIR", Required = true };
        folder.AcceptExistingOnly();
        Command posts = new("posts", "Building feeds of all posts in a folder, in full; the peer is hugo with one RSS feed") { folder };
        posts.SetAction((parse, stop) => PostsBenchmark.RunAsync(parse.GetValue(folder)!.FullName, stop));

        Option<int> many = new("--posts") { Description = "How many (default: 10000)", DefaultValueFactory = _ => 10_000 };
        Option<int> tags = new("--tags") { Description = "How many tags, each with a feed (default: 1000)", DefaultValueFactory = _ => 1000 };
        Command feeds = new("feeds", "One changed post among very many feeds") { many, tags };
        feeds.SetAction((parse, stop) => FeedsBenchmark.RunAsync(parse.GetValue(many), parse.GetValue(tags), stop));

        Command http = new("http", "Requests per second, by wrk; the peer is nginx with the same file");
        http.SetAction((_, stop) => HttpBenchmark.RunAsync(stop));

        Command mail = MailCommand.Make();
        Argument<string> told = new("file");
        Command loop = new("mailkit-loop", "A peer of mail, for mail itself") { told };
        loop.Hidden = true;
        loop.SetAction((parse, stop) => MailPeers.LoopAsync(parse.GetValue(told)!, stop));

        Option<int> subscribers = new("--subscribers") { Description = "How many (default: 1000000)", DefaultValueFactory = _ => 1_000_000 };
        Command ledger = new("ledger", "Planning an edition for many subscribers, and taking its rows to be sent") { subscribers };
        ledger.SetAction((parse, stop) => LedgerBenchmark.RunAsync(parse.GetValue(subscribers), stop));

        Option<FileInfo> program = new("--program") { Description = "The syndication to be measured, such as a published one (default: the one built with this)", HelpName = "FILE", Recursive = true };
        program.AcceptExistingOnly();
        RootCommand root = new("Measures Syndication beside a peer.") { serve, posts, feeds, http, mail, loop, ledger, program };
        InvocationConfiguration invocation = new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        using CancellationTokenSource stopping = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0 && parsed.GetValue(program) is FileInfo named)
        {
            Product.Program = named.FullName;
        }

        try
        {
            return await parsed.InvokeAsync(invocation, stopping.Token);
        }
        catch (BenchmarkException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }

        // However often it is asked, it ends once, and with it all that it started.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }
    }
}
