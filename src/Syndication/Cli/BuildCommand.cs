using System.Collections.Immutable;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>Reads the posts once and writes what is published, for static hosting. Never writes the database.</summary>
internal static class BuildCommand
{
    public static async Task<int> RunAsync(Invocation run, bool strict, CancellationToken stop)
    {
        if (run.ReadSite() is not PostLibrary library)
        {
            return ExitCodes.WrongSetting;
        }

        if (run.TryOutput(isNeeded: true) is not ExitCodes.Done and int obstacle)
        {
            return obstacle;
        }

        Terminal terminal = run.Terminal;
        OutputFolder output = new(run.Output, run.Settings.Get<FeedOptions>().Compressed);
        if (await KnownAsync(run, output, library.Site, stop) is not ImmutableArray<KnownPost> known)
        {
            return ExitCodes.WrongSetting;
        }

        SitePublisher publisher = new(run.Settings.Get<FeedOptions>(), run.Templates(library.Site), output, run.RenderCache(library.Site));

        ImmutableArray<Problem> templateProblems = publisher.RefreshTemplates(out _);
        terminal.Print(templateProblems);
        if (!templateProblems.IsEmpty)
        {
            return ExitCodes.WrongSetting;
        }

        DateTimeOffset now = terminal.Time.GetUtcNow();
        CatalogBuilder builder = library.ReadAll(known, now);
        PostCatalog catalog = builder.Build(now);
        if (catalog.Hold is RemovalHold hold)
        {
            terminal.Print(catalog.Problems);
            terminal.PrintError($"{hold.Missing} of {hold.Known} posts that were published are gone from {terminal.Shown(library.Site.PostsFolder)}: nothing was "
                + $"written; if they are meant to be gone, {(run.IsDataNamed ? "run serve, or `syndication posts confirm` and serve," : $"remove {terminal.Shown(Path.Join(run.Output, "feed.json"))}")} and build again");
            return ExitCodes.WrongSetting;
        }

        FeedSet set = publisher.Build(catalog);
        output.Posts = [.. builder.Unsaved.Concat(known).DistinctBy(row => row.Id).OrderBy(row => row.Id, StringComparer.Ordinal)];
        publisher.WriteNewestPages(set);
        publisher.WriteFeeds(set);
        publisher.WriteTopics(set, () => false);
        publisher.WriteRest(catalog, set, publisher.MakePages(set), () => false);
        ImmutableArray<Problem> problems = [.. catalog.Problems, .. set.Problems, .. set.Newest.SelectMany(n => n.Rendering.Problems).Distinct(), .. publisher.Warnings];
        terminal.Print(problems);
        terminal.Print(publisher.Failures);
        terminal.PrintLine($"{Counted.Of(catalog.Published.Length, "post")} of {terminal.Shown(library.Site.PostsFolder)} -> "
            + $"{string.Join(", ", FeedDefinition.Of(set.Site).Select(f => $"{f.Path[1..]} ({f.Name})"))}{Counted.OfTopics(set.Plan)} in {terminal.Shown(run.Output)}");
        return publisher.Failures.Length > 0 ? ExitCodes.OutsideFailed
            : strict && problems.Any(p => p.Severity == Severity.Error) ? ExitCodes.WrongSetting
            : ExitCodes.Done;
    }

    /// <summary>
    /// What readers know already: from the database where one is named, else from the feed.json of the last build and the list beside
    /// it, which also knows the posts that the feed is too short for. Without a feed.json the output is a new one.
    /// </summary>
    private static async Task<ImmutableArray<KnownPost>?> KnownAsync(Invocation run, OutputFolder output, SiteDefinition site, CancellationToken stop)
    {
        if (run.IsDataNamed)
        {
            try
            {
                await using Database database = await run.OpenDatabaseAsync(DatabaseUse.ReadOnly, stop);
                run.Terminal.PrintLine($"Ids are those of {database.Name}.");
                return await new PostStore(database).LoadAsync(stop);
            }
            catch (StorageException e) when (e.Error == StorageError.Missing)
            {
                // A data folder may be named before anything was ever served from it.
            }
        }

        if (output.HasOf("feed.json", source: null) is not null)
        {
            // It is as the last build wrote it, and the list beside it then knows all that it says.
            return output.Posts;
        }

        try
        {
            return output.Read("feed.json") is byte[] json ? [.. output.Posts.Concat(FeedJson.Known(json, site)).DistinctBy(row => row.Id)] : [];
        }
        catch (DataFormatException e)
        {
            run.Terminal.Print([Problem.Error(
                run.Terminal.Shown(Path.Join(run.Output, "feed.json")), e.Line, $"{e.Message}, so the ids that readers know are lost",
                "the file of an earlier build, or none")]);
            return null;
        }
    }
}
