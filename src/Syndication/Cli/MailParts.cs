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
    public static void Add(IServiceCollection services, Invocation run, MailComposers composers)
    {
        MailOptions mail = run.Settings.Get<MailOptions>();
        services.AddSingleton(run.Newsletters);
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<EditionStore>();
        services.AddSingleton<EditionMaker>();
        services.AddSingleton(_ => new PageProbe(PagePatience));
        services.AddSingleton(mail);
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<PauseStore>();
        services.AddSingleton(composers.Editions);
        services.AddSingleton(composers.Notices);
        services.AddSingleton<VariantTexts>();
        services.AddSingleton<MailSource>();
        services.AddSingleton<Sender>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DispatchQueues>();
        services.AddSingleton<ITransport>(parts => mail.Relays.IsEmpty
            ? new PickupTransport(run.Outbox)
            : new SmtpTransport(mail.Relays[0], parts.GetRequiredService<TimeProvider>(), composers.Signer));
        services.AddSingleton<TransportGate>();
        services.AddSingleton<RefusalRuns>();
        services.AddSingleton<RefusalWatch>();
        services.AddSingleton<MailWave>();
        services.AddSingleton(parts =>
        {
            int connections = parts.GetRequiredService<ITransport>().Connections;
            return new DispatchRules(Guid.NewGuid().ToString("n"), connections, connections * BatchPerConnection, mail.Uncertain == UncertainMail.Resend);
        });
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AttentionSource>();
    }

    /// <summary>The same parts for a command that sends without a serve. The caller holds the instance.</summary>
    public static async Task<ServiceProvider> WithoutServeAsync(Invocation run, PostsNow posts, MailComposers composers, InstanceWatch watch, CancellationToken stop)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(run.Terminal.Time);
        services.AddSingleton(posts.Database!);
        services.AddSingleton(watch);
        services.AddSingleton<PostCatalogSource>();
        services.AddSingleton<SubscriberStore>();
        services.AddSingleton(await new TokenKeyStore(posts.Database!, run.Terminal.Time).LoadOrMakeAsync(stop));
        Add(services, run, composers);
        ServiceProvider parts = services.BuildServiceProvider();
        parts.GetRequiredService<PostCatalogSource>().Replace(posts.Catalog);
        return parts;
    }

    /// <summary>The composers with their templates read; problems are printed, and null = they cannot be used.</summary>
    public static MailComposers? Composers(Invocation run, TemplateSet templates, bool signs = true)
    {
        MailSigning signing = signs ? MailSigning.Read(run.Settings) : MailSigning.None;
        MailComposers composers = new(new EditionComposer(templates), new NoticeComposer(templates), signing.Signer);
        ImmutableArray<Problem> problems = [.. composers.RefreshTemplates(), .. signing.Problems.Where(p => p.Severity == Severity.Error)];
        run.Terminal.Print(problems);
        return problems.IsEmpty ? composers : null;
    }

    /// <summary>Takes over what a process that died left on the wire, and says what becomes of it.</summary>
    public static async Task RecoverAsync(Invocation run, Database database, CancellationToken stop)
    {
        DateTimeOffset now = run.Terminal.Time.GetUtcNow();
        QueueStore[] queues = [new LedgerStore(database).Rows, new NoticeStore(database).Rows];
        long uncertain = 0;
        foreach (QueueStore queue in queues)
        {
            await queue.RecoverAsync(now, stop);
            uncertain += (await queue.CountUncertainAsync(0, stop)).Rows;
        }

        if (uncertain > 0)
        {
            bool resend = run.Settings.Get<MailOptions>().Uncertain == UncertainMail.Resend;
            run.Terminal.PrintLine($"Uncertain {(uncertain == 1 ? "1 mail was" : $"{uncertain} mails were")} on the wire when the last run ended: {(resend ? "sent again, with the same Message-ID" : "held (Mail:Uncertain)")}");
            foreach (QueueStore queue in resend ? queues : [])
            {
                await queue.RequeueUncertainAsync(now, stop);
            }
        }
    }
}

/// <summary>What makes the texts of mails, and what signs them; null = they are not signed.</summary>
internal sealed record MailComposers(EditionComposer Editions, NoticeComposer Notices, DkimSigner? Signer)
{
    /// <summary>Reads templates that are new or changed; see <see cref="TemplateSet.Refresh"/>.</summary>
    public ImmutableArray<Problem> RefreshTemplates() => [.. Editions.RefreshTemplates(), .. Notices.RefreshTemplates()];
}
