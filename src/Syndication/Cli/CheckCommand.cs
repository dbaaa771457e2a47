using System.Collections.Immutable;
using System.Net;
using Syndication.Content;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Templating;
using Syndication.Web;

namespace Syndication.Cli;

/// <summary>Looks at everything and changes nothing: configuration, posts, what becomes of them, templates.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.ReadOnly, containing: null, stop);
        if (posts is null)
        {
            return ExitCodes.WrongSetting;
        }

        Terminal terminal = run.Terminal;
        (PostLibrary library, PostCatalog catalog, string? database) = (posts.Library, posts.Catalog, posts.Database?.Name);
        MailSigning signing = MailSigning.Read(run.Settings);
        PostRenderer renderer = new();
        Surroundings surroundings = new(catalog);
        RenderedPost[] rendered =
            [.. catalog.Published.AsParallel().AsOrdered().Select(post => renderer.Render(post, catalog.Site, new BodyReads(surroundings)))];
        FeedOptions options = run.Settings.Get<FeedOptions>();
        FeedPlan feeds = FeedPlan.Of(catalog, options);
        List<Problem> problems =
        [
            .. catalog.Problems, .. feeds.Problems, .. MovedPaths.Of(catalog, feeds, options).Problems, .. PagePlan.Of(catalog, feeds).Problems, .. rendered.SelectMany(r => r.Problems).Distinct(),
            .. OfTemplates(run, catalog, feeds.Site, catalog.Published.Zip(rendered)), .. MailCheck.Of(run, library.Site), .. signing.Problems,
            .. new[] { WebSubParts.ProblemOf(run, library.Site) }.OfType<Problem>(),
        ];
        if (catalog.Hold is RemovalHold hold)
        {
            problems.Add(Problem.Warning(terminal.Shown(library.Site.PostsFolder), null, $"{hold.Missing} of {hold.Known} posts are gone and are held",
                "them back, or `syndication posts confirm`"));
        }

        if (!library.Site.HasUrl)
        {
            problems.Add(Problem.Warning("Site:Url", null, $"is not set: links and ids of new posts begin with {library.Site.Url}",
                "the address at which readers find the site"));
        }

        terminal.Print(problems);
        int errors = problems.Count(p => p.Severity == Severity.Error);
        terminal.PrintLine($"{terminal.Shown(library.Site.PostsFolder)} ({library.Site.Kind}, time zone {library.Site.TimeZone.Id}): "
            + $"{Counted.Of(catalog.Published.Length, "post")} published, {catalog.Unpublished.Length} not; {Counted.Of(errors, "error")}, {Counted.Of(problems.Count - errors, "warning")}{(database is null ? "" : $"; ids are those of {database}")}");
        if (library.Site is { Kind: SiteKind.Bare, HasUrl: true, ServesPages: false })
        {
            terminal.PrintLine($"The pages of the posts are another server's, at {library.Site.Url}; where Syndication serves them there, say Site:Pages=true");
        }

        terminal.PrintLine("For the <head> of the site's pages, so that readers find the feeds:");
        foreach (FeedDefinition feed in feeds.Site.Formats)
        {
            terminal.PrintText($"  {Discovery(library.Site, feeds.Site, feed)}{Environment.NewLine}");
        }

        if (signing.Said is string signed)
        {
            terminal.PrintLine(signed);
        }

        foreach (string record in signing.Records)
        {
            // Whole: that of a long key is longer than a line of text may be. Its names were checked with the settings.
            terminal.PrintText($"DNS record that must be published for signatures to count: {record}{Environment.NewLine}");
        }

        return errors > 0 ? ExitCodes.WrongSetting : ExitCodes.Done;
    }

    /// <summary>The element by which programs that look at a page find a feed.</summary>
    private static string Discovery(SiteDefinition site, PlannedFeed feed, FeedDefinition format) =>
        $"<link rel=\"alternate\" type=\"{format.MediaType}\" title=\"{WebUtility.HtmlEncode($"{feed.Title} ({format.Name})")}\" "
        + $"href=\"{WebUtility.HtmlEncode(SiteUrls.Absolute(site, format.Path).AbsoluteUri)}\">";

    /// <summary>What is wrong with the templates: that they cannot be read, or that they fail on the posts there are.</summary>
    private static IEnumerable<Problem> OfTemplates(Invocation run, PostCatalog catalog, PlannedFeed feed, IEnumerable<(Post Post, RenderedPost Rendered)> posts)
    {
        SiteDefinition site = catalog.Site;
        TemplateSet templates = run.Templates(site);
        EditionComposer mails = new(templates);
        ImmutableArray<Problem> unreadable =
            [.. templates.Refresh([.. PageBuilder.Templates, UnsubscribePage.Template]), .. mails.RefreshTemplates(), .. new NoticeComposer(templates).RefreshTemplates()];
        if (!unreadable.IsEmpty)
        {
            return unreadable;
        }

        PageBuilder pages = new(templates);
        return posts.AsParallel().AsOrdered()
            .Select(p => Failure(PageBuilder.PostTemplate, () => pages.Post(site, p.Post, p.Rendered)))
            .AsEnumerable()
            .Concat(new[] { PageBuilder.LandingTemplate, PageBuilder.FeedTemplate }.Select(template =>
                Failure(template, () => pages.Listing(template, site, feed, posts.Take(SitePublisher.PostsOnLanding).Select(p => (p.Post, p.Rendered.ExcerptText))))))
            .OfType<Problem>()
            .DistinctBy(p => p.Source)
            .Concat(mails.Try(SampleContent.Of(catalog, run.Newsletters.DefaultOf(site))));
    }

    private static Problem? Failure(string template, Func<byte[]> render)
    {
        try
        {
            render();
            return null;
        }
        catch (DataFormatException e)
        {
            return Problem.Error(template, null, e.Message);
        }
    }
}
