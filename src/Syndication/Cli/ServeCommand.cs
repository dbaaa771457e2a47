using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Console;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Web;
using Syndication.WebSub;

namespace Syndication.Cli;

/// <summary>Watches, publishes and serves until it is told to stop. The order in which the parts start is the order here.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        Terminal terminal = run.Terminal;
        if (run.ReadSite() is not PostLibrary library)
        {
            return ExitCodes.WrongSetting;
        }

        if (run.TryOutput(isNeeded: false) is not ExitCodes.Done and int obstacle)
        {
            return obstacle;
        }

        terminal.Print(new[] { WebSubParts.ProblemOf(run, library.Site) }.OfType<Problem>());
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Serve, stop);
        await using InstanceHold? instance = await database.TryTakeInstanceAsync(stop);
        if (instance is null)
        {
            terminal.PrintError($"{database.Name}: another `serve` is running on it");
            return ExitCodes.OutsideFailed;
        }

        if (!await SiteMemory.TakesAsync(run, library.Site, database, stop))
        {
            return ExitCodes.WrongSetting;
        }

        SitePublisher publisher = new(run.Settings.Get<FeedOptions>(), run.Templates(library.Site), new OutputFolder(run.Output, run.Settings.Get<FeedOptions>().Compressed), run.RenderCache(library.Site));
        ImmutableArray<Problem> templateProblems = publisher.RefreshTemplates(out _);
        terminal.Print(templateProblems);
        if (!templateProblems.IsEmpty)
        {
            return ExitCodes.WrongSetting;
        }

        if (MailParts.Composers(run, run.Templates(library.Site)) is not MailComposers composers)
        {
            return ExitCodes.WrongSetting;
        }

        await MailParts.RecoverAsync(run, database, stop);
        InstanceWatch watch = run.Instance(database);
        watch.Hold = instance;
        if (await watch.LookAsync(stop) is string reason)
        {
            terminal.PrintLine($"Held      {MailParts.Held(reason)} Feeds go on.");
        }

        TokenKeys keys = await new TokenKeyStore(database, terminal.Time).LoadOrMakeAsync(stop);
        WebApplication? app = null;
        try
        {
            app = Build(run, library, database, publisher, keys, composers, watch);
            ImmutableArray<Problem> pageProblems = app.Services.GetRequiredService<UnsubscribePage>().Refresh();
            terminal.Print(pageProblems);
            if (!pageProblems.IsEmpty)
            {
                return ExitCodes.WrongSetting;
            }

            await app.StartAsync(stop);
            Greeting.Print(run, library.Site, database.Name, app.Services.GetRequiredService<PostCatalogSource>().Current!, Stopwatch.GetElapsedTime(started));

            // Reading everything for the first time leaves a heap much larger than what is kept of it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await app.WaitForShutdownAsync(stop);
            if (instance.IsLost)
            {
                return ExitCodes.OutsideFailed;
            }

            await NoteLastAsync(watch, terminal);
            return ExitCodes.Done;
        }
        catch (Exception e) when (app?.Lifetime.ApplicationStarted.IsCancellationRequested != true
            && StartFailure.Of(e, run.Settings, run.Urls) is StartFailure failure)
        {
            terminal.PrintError(failure.Message);
            return failure.ExitCode;
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>What was mailed since the job looked last is noted beside the database, too.</summary>
    private static async Task NoteLastAsync(InstanceWatch watch, Terminal terminal)
    {
        try
        {
            await watch.LookAsync(CancellationToken.None);
        }
        catch (StorageException e)
        {
            terminal.PrintError(e.Message);
        }
    }

    private static WebApplication Build(Invocation run, PostLibrary library, Database database, SitePublisher publisher, TokenKeys keys, MailComposers composers, InstanceWatch watch)
    {
        // Unless told, .NET watches its settings file, which fails where no more watchers are to be had.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = run.Terminal.ProgramFolder,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });

        // .NET's own sources would bring in an appsettings.json and variables that were not checked.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(run.Settings.Host);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(run.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Logging.AddConfiguration(run.Settings.Host.GetSection("Logging"));
        builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();

        IServiceCollection services = builder.Services;
        services.AddSingleton(run.Terminal.Time);
        services.AddSingleton(library);
        services.AddSingleton(database);
        services.AddSingleton(publisher);
        services.AddSingleton(watch);
        services.AddSingleton<PostStore>();
        services.AddSingleton<FeedStore>();
        services.AddSingleton<PostCatalogSource>();
        services.AddSingleton<PublishedSiteSource>();
        services.AddSingleton<PublishedEndpoints>();
        services.AddSingleton(keys);
        services.AddSingleton<SubscriberStore>();
        services.AddSingleton(parts => new UnsubscribePage(
            run.Templates(library.Site), library.Site, parts.GetRequiredService<PostCatalogSource>(), run.Settings.Get<NewsletterOptions>()));
        services.AddSingleton<UnsubscribeEndpoints>();
        services.AddSingleton<HealthEndpoint>();
        services.AddHostedService<PostFolderWatcher>();
        services.AddHostedService<FeedPublisher>();
        MailParts.Add(services, run, composers);
        WebSubOptions webSub = run.Settings.Get<WebSubOptions>();
        WebSubParts.Add(services, webSub);
        MailJobs.Add(services, run.Terminal.Time, webSub);

        WebApplication app = builder.Build();
        app.Use(app.Services.GetRequiredService<HealthEndpoint>().Answer);
        app.Use(app.Services.GetRequiredService<UnsubscribeEndpoints>().Answer);
        if (webSub.Hub)
        {
            app.Use(app.Services.GetRequiredService<HubEndpoint>().Answer);
        }

        app.Run(app.Services.GetRequiredService<PublishedEndpoints>().Answer);
        return app;
    }
}
