using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>Copies the database into one file, also while serve runs.</summary>
internal static class StorageBackupCommand
{
    public static async Task<int> RunAsync(Invocation run, string file, CancellationToken stop)
    {
        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.BackUp, stop);
        await database.BackUpAsync(Path.GetFullPath(file, run.Terminal.CurrentFolder), stop);
        run.Terminal.PrintLine($"{database.Name} -> {file}");
        return ExitCodes.Done;
    }
}
