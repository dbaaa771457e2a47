using System.Globalization;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>The few lines that serve begins with: what was read, where the feeds are, what to do next.</summary>
internal static class Greeting
{
    public static void Print(Invocation run, SiteDefinition site, string database, PostCatalog catalog, TimeSpan took)
    {
        Terminal terminal = run.Terminal;
        DateTimeOffset now = terminal.Time.GetUtcNow();
        string kind = site.Kind == SiteKind.Bare ? "a folder of posts" : $"a {site.Kind} site";
        string held = catalog.Hold is RemovalHold hold ? $" and held {hold.Missing} that are gone" : "";
        string waiting = catalog.Unpublished.IsEmpty ? "" : $", {catalog.Unpublished.Length} not published";
        terminal.PrintLine(string.Create(CultureInfo.InvariantCulture,
            $"Read      {Counted.Of(catalog.Published.Length, "post")}{waiting}{held} from {terminal.Shown(site.PostsFolder)}, {kind}, in {took.TotalSeconds:0.0} s; time zone {site.TimeZone.Id}"));
        terminal.PrintLine($"Feeds     {string.Join("  ", FeedDefinition.Of(site).Select(f => $"{Served(run, f.Path)} ({f.Name})"))}{Counted.OfTopics(FeedPlan.Of(catalog, run.Settings.Get<FeedOptions>()))}");
        terminal.PrintLine($"Written   to {terminal.Shown(run.Output)}; what readers know is kept in {database}");
        foreach (Post post in catalog.Waiting(now).Take(3))
        {
            terminal.PrintLine($"Waiting   '{post.Title}' until {post.ShownFrom.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)} (in {CatalogReport.InWords(post.ShownFrom - now)})");
        }

        string next = run.ShowsSamples
            ? "These are samples: make a folder posts/ here, or point at your blog with --site DIR."
            : $"Save a post into {terminal.Shown(site.PostsFolder)}, and it is in the feeds a moment later.";
        terminal.PrintLine($"Next      {next}{(site.HasUrl ? "" : " Set Site:Url before you publish: it goes into every link and id.")}");
    }

    private static string Served(Invocation run, string path) => run.Urls.Split(';')[0].TrimEnd('/') + path;
}
