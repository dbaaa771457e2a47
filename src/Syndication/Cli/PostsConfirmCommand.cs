using Syndication.Posts;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>The operator's word that posts which are gone and held are meant to be gone. The running serve takes it up.</summary>
internal static class PostsConfirmCommand
{
    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Existing, stop);
        PostStore store = new(database);
        if (await store.LoadRemovalsHeldAsync(stop) is null)
        {
            run.Terminal.PrintError($"{database.Name}: no posts are held back, so there is nothing to confirm; while some are, `serve` says so");
            return ExitCodes.WrongSetting;
        }

        await store.ConfirmRemovalsAsync(run.Terminal.Time.GetUtcNow(), stop);
        run.Terminal.PrintLine($"Noted in {database.Name}: `serve` takes the posts that are gone out of the feeds in a moment, or when it next starts.");
        return ExitCodes.Done;
    }
}
