using System.Data.Common;
using Dapper;

namespace Syndication.Storage;

/// <summary>Keeps what a database knows of itself: the one row of the table instance.</summary>
internal sealed class InstanceStore(Database database)
{
    private const string Load = "select id, turn, posts_folder as Folder, site_url as Url from instance";

    private const string Advance = "update instance set turn = turn + 1";

    private const string Remember = "update instance set posts_folder = @folder, site_url = @url";

    /// <summary>Makes it another database, ahead of all that is known of the one it was.</summary>
    private const string Rename = """
        update instance set id = @id, turn = (case when turn > @seen then turn else @seen end) + 1, posts_folder = @folder, site_url = @url
        """;

    public Task<InstanceRow> LoadAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QuerySingleAsync<Row>(new CommandDefinition(Load, cancellationToken: stop))).ToInstance(), stop);

    /// <summary>Counts what an earlier copy of this database cannot know of: belongs into the transaction of a release, an edition, an outcome.</summary>
    public static Task AdvanceAsync(DbTransaction transaction, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Advance, transaction: transaction, cancellationToken: stop));

    public Task RememberAsync(RememberedSite site, CancellationToken stop) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Remember, new { folder = site.Folder, url = site.Url }, transaction, cancellationToken: stop)),
        stop);

    /// <summary>Gives the database an id of its own, so that neither its original nor an older copy is taken for it again.</summary>
    /// <param name="transaction">That of what is done with its mail.</param>
    /// <param name="seen">The highest turn that the file beside it saw.</param>
    /// <param name="site">The site to be remembered; null = that of the next `serve`.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<InstanceRow> AdoptAsync(DbTransaction transaction, long seen, RememberedSite? site, CancellationToken stop)
    {
        DbConnection connection = transaction.Connection!;
        await connection.ExecuteAsync(new CommandDefinition(
            Rename, new { id = Guid.NewGuid().ToString("n"), seen, folder = site?.Folder, url = site?.Url }, transaction, cancellationToken: stop));
        return (await connection.QuerySingleAsync<Row>(new CommandDefinition(Load, transaction: transaction, cancellationToken: stop))).ToInstance();
    }

    private sealed record Row(string Id, long Turn, string? Folder, string? Url)
    {
        public InstanceRow ToInstance() => new(Id, Turn, Folder is null ? null : new RememberedSite(Folder, Url));
    }
}
