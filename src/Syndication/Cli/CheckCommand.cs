using System.Collections.Immutable;
using Syndication.Content;
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
        if (run.ReadSite() is not PostLibrary library)
        {
            return ExitCodes.WrongSetting;
        }

        Terminal terminal = run.Terminal;
        DateTimeOffset now = terminal.Time.GetUtcNow();
        PostCatalog catalog = library.ReadAll(await KnownAsync(run, stop), now).Build(now);
        PostRenderer renderer = new();
        RenderedPost[] rendered = [.. catalog.Published.AsParallel().AsOrdered().Select(post => renderer.Render(post, catalog))];
        TemplateSet templates = run.Templates(library.Site);
        List<Problem> problems =
        [
            .. catalog.Problems, .. rendered.SelectMany(r => r.Problems), .. templates.Refresh(PageBuilder.LandingTemplate, PageBuilder.PostTemplate, UnsubscribePage.Template),
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
            + $"{catalog.Published.Length} posts published, {catalog.Unpublished.Length} not; {errors} errors, {problems.Count - errors} warnings");
        return errors > 0 ? ExitCodes.WrongSetting : ExitCodes.Done;
    }

    private static async Task<ImmutableArray<KnownPost>> KnownAsync(Invocation run, CancellationToken stop)
    {
        try
        {
            await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
            return await new PostStore(database).LoadAsync(stop);
        }
        catch (StorageException e) when (e.Error == StorageError.Missing)
        {
            return [];
        }
    }
}
