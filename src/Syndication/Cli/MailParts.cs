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
    /// <summary>Rows leased at once: some hundred kilobytes, and seconds of work for a fast relay.</summary>
    private const int Batch = 1000;

    private static readonly TimeSpan PagePatience = TimeSpan.FromSeconds(10);

    /// <summary>Says that sending is held, why, and what to do.</summary>
    public static string Held(string reason) =>
        $"all mail is held: {reason}. `syndication storage adopt --skip` mails only posts from now on, `--resend` goes on where the database stands.";

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
        services.AddSingleton<TransportStore>();
        services.AddSingleton(composers.Editions);
        services.AddSingleton(composers.Notices);
        services.AddSingleton<VariantTexts>();
        services.AddSingleton<MailSource>();
        services.AddSingleton<Sender>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton(parts => new RelaySet(
            Relays(run, mail, composers, parts.GetRequiredService<PauseStore>(), parts.GetRequiredService<TimeProvider>()),
            parts.GetRequiredService<PauseStore>(), parts.GetRequiredService<TransportStore>(), parts.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RefusalRuns>();
        services.AddSingleton<RefusalWatch>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<Dispatching>();
        services.AddSingleton(new DispatchRules(Guid.NewGuid().ToString("n"), Batch, mail.Uncertain == UncertainMail.Resend));
        services.AddSingleton(parts => new Dispatcher(
            [parts.GetRequiredService<NoticeQueue>(), parts.GetRequiredService<DeliveryQueue>()], parts.GetRequiredService<Dispatching>(),
            parts.GetRequiredService<RelaySet>(), parts.GetRequiredService<DispatchRules>(), parts.GetRequiredService<TimeProvider>(),
            parts.GetRequiredService<ILogger<Dispatcher>>()));
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AttentionSource>();
    }

    private static ImmutableArray<Relay> Relays(Invocation run, MailOptions mail, MailComposers composers, PauseStore pauses, TimeProvider time)
    {
        if (mail.Relays.IsEmpty)
        {
            PickupTransport outbox = new(run.Outbox);
            return [new Relay(outbox, new TransportGate(pauses, outbox), new RelayOptions())];
        }

        return [.. mail.Relays.Select(relay =>
        {
            SmtpTransport transport = new(relay, time, composers.Signer);
            return new Relay(transport, new TransportGate(pauses, transport), relay);
        })];
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
            run.Terminal.PrintLine($"Uncertain {Counted.Of(uncertain, "mail")} {(uncertain == 1 ? "was" : "were")} on the wire when the last run ended: {(resend ? "sent again, with the same Message-ID" : "held (Mail:Uncertain)")}");
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
