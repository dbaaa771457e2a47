using System.Collections.Immutable;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Templating;
using Syndication.Transports;

namespace Syndication.Cli;

/// <summary>The parts of mail, in the order in which a post passes them.</summary>
internal static class MailParts
{
    /// <summary>What to do while sending is held.</summary>
    public const string HowToGoOn = "`syndication storage adopt --skip` mails only posts from now on, `--resend` goes on where the database stands.";

    private const int BatchPerConnection = 25;

    private static readonly TimeSpan PagePatience = TimeSpan.FromSeconds(10);

    /// <summary>What sends, all but the jobs that wake it.</summary>
    public static void Add(IServiceCollection services, Invocation run, EditionComposer composer)
    {
        MailOptions mail = run.Settings.Get<MailOptions>();
        services.AddSingleton(run.Newsletters);
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<EditionStore>();
        services.AddSingleton<EditionMaker>();
        services.AddSingleton(_ => new PageProbe(PagePatience));
        services.AddSingleton(composer);
        services.AddSingleton<VariantTexts>();
        services.AddSingleton<MailSource>();
        services.AddSingleton<ITransport>(parts => mail.Host is null
            ? new PickupTransport(run.Outbox)
            : new SmtpTransport(mail, parts.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DispatchStores>();
        services.AddSingleton(parts =>
        {
            int connections = parts.GetRequiredService<ITransport>().Connections;
            return new DispatchRules(Guid.NewGuid().ToString("n"), connections, connections * BatchPerConnection);
        });
        services.AddSingleton<Dispatcher>();
    }

    /// <summary>The same parts for a command that sends without a serve. The caller holds the instance.</summary>
    public static async Task<ServiceProvider> WithoutServeAsync(Invocation run, PostsNow posts, EditionComposer composer, CancellationToken stop)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(run.Terminal.Time);
        services.AddSingleton(posts.Database!);
        services.AddSingleton<PostCatalogSource>();
        services.AddSingleton<SubscriberStore>();
        services.AddSingleton(await new TokenKeyStore(posts.Database!, run.Terminal.Time).LoadOrMakeAsync(stop));
        Add(services, run, composer);
        ServiceProvider parts = services.BuildServiceProvider();
        parts.GetRequiredService<PostCatalogSource>().Replace(posts.Catalog);
        return parts;
    }

    /// <summary>The composer with its templates read; problems are printed, and null = they cannot be used.</summary>
    public static EditionComposer? Composer(Invocation run, TemplateSet templates)
    {
        EditionComposer composer = new(templates);
        ImmutableArray<Problem> problems = composer.RefreshTemplates();
        run.Terminal.Print(problems);
        return problems.IsEmpty ? composer : null;
    }

    /// <summary>Takes over what a process that died left on the wire, and says what becomes of it.</summary>
    public static async Task RecoverAsync(Invocation run, Database database, CancellationToken stop)
    {
        LedgerStore ledger = new(database);
        DateTimeOffset now = run.Terminal.Time.GetUtcNow();
        await ledger.RecoverAsync(now, stop);
        int uncertain = (await ledger.UncertainAsync(stop)).Length;
        if (uncertain > 0)
        {
            bool resend = run.Settings.Get<MailOptions>().Uncertain == UncertainMail.Resend;
            run.Terminal.PrintLine($"Uncertain {uncertain} mails were on the wire when the last run ended: {(resend ? "they are sent again, with the same Message-ID" : "they are held (Mail:Uncertain)")}");
            if (resend)
            {
                await ledger.RequeueUncertainAsync(now, stop);
            }
        }
    }
}
