using Syndication.Feeds;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Web;
using Syndication.WebSub;

namespace Syndication.Cli;

/// <summary>The parts that tell hubs, and the built-in hub.</summary>
internal static class WebSubParts
{
    public static void Add(IServiceCollection services, WebSubOptions options)
    {
        services.AddSingleton(parts => new HubPings(
            options.Addresses, parts.GetRequiredService<PublishedSiteSource>(), new PingStore(parts.GetRequiredService<Database>()),
            new CallbackClient(CallbackRule.Operator), parts.GetRequiredService<TimeProvider>()));
        services.AddSingleton(CallbackRule.Strangers);
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<PendingRequests>();
        services.AddSingleton<HubStore>();
        services.AddSingleton<HubVerifier>();
        services.AddSingleton<HubDeliveries>();
        services.AddSingleton<HubEndpoint>();
    }

    /// <summary>What the settings ask for and the site cannot have, for `serve` and `check`.</summary>
    public static Problem? ProblemOf(Invocation run, SiteDefinition site) =>
        run.Settings.Get<WebSubOptions>().ProblemOf(site, run.Settings.OriginOf(run.Settings.IsGiven("WebSub:Hubs") ? "WebSub:Hubs" : "WebSub:Hub"));
}
