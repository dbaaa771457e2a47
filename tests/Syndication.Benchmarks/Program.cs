using System.CommandLine;

namespace Syndication.Benchmarks;

/// <summary>Measures every number that the README claims, beside a named peer in the same run: JSON lines to standard output, tables to standard error.</summary>
internal static class Program
{
    private static readonly TimeSpan TimeToStopPrograms = TimeSpan.FromSeconds(30);

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
        serve.SetAction((parsed, stop) => ServeBenchmark.RunAsync(parsed.GetValue(counts)!, parsed.GetValue(saves), parsed.GetValue(idle), stop));

        Option<DirectoryInfo> folder = new("--folder") { Description = "Posts with dated names", HelpName = "DIR", Required = true };
        folder.AcceptExistingOnly();
        Command posts = new("posts", "Building feeds of all posts in a folder, in full; the peer is hugo with one RSS feed") { folder };
        posts.SetAction((parsed, stop) => PostsBenchmark.RunAsync(parsed.GetValue(folder)!.FullName, stop));

        Command http = new("http", "Requests per second, by wrk; the peer is nginx with the same file");
        http.SetAction((_, stop) => HttpBenchmark.RunAsync(stop));

        RootCommand root = new("Measures Syndication beside a peer.") { serve, posts, http };
        InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeToStopPrograms, EnableDefaultExceptionHandler = false };
        try
        {
            return await root.Parse(args).InvokeAsync(invocation);
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
    }
}
