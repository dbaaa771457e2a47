using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>The posts as they lie in their folder, with the identities that the database knows, for a command that does not stay.</summary>
/// <param name="Library">The site.</param>
/// <param name="Builder">What the catalog was made of.</param>
/// <param name="Catalog">All posts at this moment.</param>
/// <param name="At">This moment.</param>
/// <param name="Database">The database, open; null where there is none.</param>
internal sealed record PostsNow(PostLibrary Library, CatalogBuilder Builder, PostCatalog Catalog, DateTimeOffset At, Database? Database) : IAsyncDisposable
{
    /// <summary>Reads the site that the settings name; null when it cannot be used, which is then told.</summary>
    /// <param name="run">The call.</param>
    /// <param name="use">Only for reading a database need not be there.</param>
    /// <param name="containing">See <see cref="Invocation.ReadSite"/>.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<PostsNow?> ReadAsync(Invocation run, DatabaseUse use, string? containing, CancellationToken stop)
    {
        if (run.ReadSite(containing) is not PostLibrary library)
        {
            return null;
        }

        Database? database = null;
        try
        {
            database = await run.OpenDatabaseAsync(use, stop);
        }
        catch (StorageException e) when (e.Error == StorageError.Missing && use == DatabaseUse.ReadOnly)
        {
            // Then nothing is known yet.
        }

        try
        {
            ImmutableArray<KnownPost> known = database is null ? [] : await new PostStore(database).LoadAsync(stop);
            DateTimeOffset now = run.Terminal.Time.GetUtcNow();
            CatalogBuilder builder = library.ReadAll(known, now);
            return new PostsNow(library, builder, builder.Build(now), now, database);
        }
        catch when (database is not null)
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
