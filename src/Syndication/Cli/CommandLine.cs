using System.Collections.Immutable;
using System.CommandLine;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>The commands and their options: parses strictly, reads the settings, and hands over to one command.</summary>
internal static class CommandLine
{
    /// <summary>How long a command that is told to stop may take to end mail that is on the wire.</summary>
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(30);

    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        SettingArguments arguments = SettingArguments.Take(args);
        if (!arguments.Problems.IsEmpty)
        {
            terminal.Print(arguments.Problems);
            return ExitCodes.WrongCommandLine;
        }

        RootCommand root = Root(arguments.Settings, terminal);
        ParseResult parsed = root.Parse(arguments.Rest);
        if (parsed.Errors.Count > 0)
        {
            bool listens = parsed.UnmatchedTokens.Any(t => t.Split('=')[0] == "--urls");
            foreach (string error in listens ? ["--urls is for serve alone: nothing else listens"] : parsed.Errors.Select(e => e.Message).Distinct())
            {
                terminal.PrintError(error);
            }

            terminal.PrintHint("Try `syndication --help`.");
            return ExitCodes.WrongCommandLine;
        }

        InvocationConfiguration invocation = new()
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestEnding,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (StorageException e)
        {
            terminal.PrintError(e.Message);
            return ExitCodes.Of(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.PrintError(e.Message);
            return ExitCodes.OutsideFailed;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Done;
        }
    }

    private static RootCommand Root(ImmutableArray<Setting> settings, Terminal terminal)
    {
        Option<string?> config = new("--config") { Description = "Settings file, read after ./appsettings.json", HelpName = "FILE", Recursive = true };
        Dictionary<string, Option<string?>> aliases = new()
        {
            ["--site"] = Alias("--site", "DIR", "A Jekyll or Hugo site, or a folder of posts"),
            ["--posts"] = Alias("--posts", "DIR", "The folder with the posts, where it is not the generator's"),
            ["--output"] = Alias("--output", "DIR", "Where feeds and pages are written (default: public/ in the data folder)"),
            ["--data"] = Alias("--data", "DIR", "Database and output (default: data/ in the current folder)"),
        };
        Option<string?> urls = new("--urls") { Description = "Addresses to listen on (default: http://localhost:5080)", HelpName = "URLS" };
        RootCommand root = new("Turns a folder of Markdown posts into feeds and mail. Any setting can be given as --Section:Key=value.") { config, urls };
        foreach (Option<string?> alias in aliases.Values)
        {
            root.Options.Add(alias);
        }

        Command serve = new("serve", "Watch the posts, publish feeds and serve them (the default)") { urls };
        On(serve, (_, run, stop) => ServeCommand.RunAsync(run, stop));
        On(root, (_, run, stop) => ServeCommand.RunAsync(run, stop));

        Option<bool> strict = new("--strict") { Description = "Exit with 1 when a post is wrong" };
        Command build = new("build", "Read the posts, write the feeds, and exit") { strict };
        On(build, (parsed, run, stop) => BuildCommand.RunAsync(run, parsed.GetValue(strict), stop));

        Command check = new("check", "Look at configuration, posts and templates, and tell every problem");
        On(check, (_, run, stop) => CheckCommand.RunAsync(run, stop));

        Argument<string> file = new("FILE") { Description = "The post's file" };
        Command render = new("render", "Write one post's HTML to standard output") { file };
        On(render, (parsed, run, stop) => RenderCommand.RunAsync(run, parsed.GetValue(file)!, stop));

        Command preview = PreviewCommandLine.Build(On);
        Command plan = new("plan", "Tell what would be published and mailed, when, to how many; nothing is sent or written");
        On(plan, (_, run, stop) => PlanCommand.RunAsync(run, stop));

        Command posts = new("posts", "What to do about posts that are gone");
        Command confirm = new("confirm", "Say that posts which are gone and held are meant to be gone");
        On(confirm, (_, run, stop) => PostsConfirmCommand.RunAsync(run, stop));
        posts.Subcommands.Add(confirm);

        Argument<string> earlier = new("FEED") { Description = "RSS, Atom or JSON Feed: a file, or its address" };
        Option<bool> force = new("--force") { Description = "Also posts that our own feeds may have published by other ids" };
        Command importIds = new("import-ids", "Keep the ids of an existing feed, so that its readers get no post twice") { earlier, force };
        On(importIds, (parsed, run, stop) => ImportIdsCommand.RunAsync(run, parsed.GetValue(earlier)!, parsed.GetValue(force), stop));

        Argument<string> target = new("FILE") { Description = "A file that does not exist yet" };
        Command backup = new("backup", "Copy the database into one file, also while serving") { target };
        On(backup, (parsed, run, stop) => StorageBackupCommand.RunAsync(run, parsed.GetValue(target)!, stop));
        Option<bool> skip = new("--skip") { Description = "Mail nothing that may have been mailed before: only posts from now on" };
        Option<bool> resend = new("--resend") { Description = "The database is right: go on where it stands" };
        Command adopt = new("adopt", "Go on with a database that was put back or copied, or is to have another site") { skip, resend };
        adopt.Validators.Add(result =>
        {
            if (result.GetValue(skip) == result.GetValue(resend))
            {
                result.AddError("storage adopt: expected either --skip or --resend");
            }
        });
        On(adopt, (parsed, run, stop) => StorageAdoptCommand.RunAsync(run, parsed.GetValue(skip), stop));
        Command storage = new("storage", "The database") { backup, adopt };

        foreach (Command command in (ReadOnlySpan<Command>)[serve, build, check, plan, preview, render, importIds, posts, SubscribersCommandLine.Build(On), EditionsCommandLine.Build(On), storage])
        {
            root.Subcommands.Add(command);
        }

        return root;

        void On(Command command, Func<ParseResult, Invocation, CancellationToken, Task<int>> run) => command.SetAction((parsed, stop) =>
        {
            IEnumerable<Setting> own = aliases.Where(a => parsed.GetValue(a.Value) is not null)
                .Select(a => SettingAliases.Setting(a.Key, parsed.GetValue(a.Value)!));
            if (parsed.GetResult(urls) is not null && parsed.GetValue(urls) is string listen)
            {
                own = own.Append(SettingAliases.Setting("--urls", listen));
            }

            SettingsReading reading = SettingsReader.Read(
                new SettingsRequest
                {
                    ProgramFolder = terminal.ProgramFolder,
                    CurrentFolder = terminal.CurrentFolder,
                    ConfigFile = parsed.GetValue(config),
                    Environment = terminal.Environment,
                    CommandLine = [.. settings, .. own],
                },
                KnownOptions.New());
            terminal.Print(reading.Problems);
            Invocation invocation = new(terminal, reading);
            if (!reading.Problems.Any(p => p.Severity == Severity.Error))
            {
                return run(parsed, invocation, stop);
            }

            invocation.TellOfNamedSite();
            return Task.FromResult(ExitCodes.WrongSetting);
        });
    }

    private static Option<string?> Alias(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
