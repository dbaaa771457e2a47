using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>The ids by which newsletters know posts, for when a post that was not mailed yet gets another one.</summary>
internal sealed class PostIdStore(Database database)
{
    private const string Renamed = "renamed to: ";
    private const string Length = "12";

    /// <summary>Those of some posts that have a number in a newsletter: mails name them by these ids.</summary>
    private readonly string _released = $"""
        select distinct post_id from releases where post_id in (select value ->> 0 from {database.Dialect.Rows})
        """;

    /// <summary>What an earlier post of the new id left.</summary>
    private readonly string _clear = $"""
        delete from candidates where post_id in (select value ->> 1 from {database.Dialect.Rows})
          and post_id not in (select value ->> 0 from {database.Dialect.Rows})
          and exists (select 1 from candidates own where own.newsletter = candidates.newsletter
            and own.post_id in (select value ->> 0 from {database.Dialect.Rows} where value ->> 1 = candidates.post_id))
        """;

    /// <summary>What was decided of a post stays: one that is not news does not become news by its new id. Two may change places, so each goes over a name that no id has.</summary>
    private readonly string _rename = $"""
        update candidates set post_id = '{Renamed}' || renamed.id
        from (select value ->> 0 as former, value ->> 1 as id from {database.Dialect.Rows}) as renamed
        where candidates.post_id = renamed.former
        """;

    private const string Arrive = $"update candidates set post_id = substr(post_id, {Length} + 1) where substr(post_id, 1, {Length}) = '{Renamed}'";

    /// <summary>Which of these posts were released to a newsletter.</summary>
    public async Task<IReadOnlySet<string>> ReleasedAsync(IReadOnlyCollection<string> ids, CancellationToken stop) => await database.ReadAsync(
        async connection => (await connection.QueryAsync<string>(
            new CommandDefinition(_released, new { rows = SqlRows.Of(ids, id => [id]) }, cancellationToken: stop))).ToHashSet(StringComparer.Ordinal),
        stop);

    /// <summary>Gives posts that were not released their new ids, by their former ones.</summary>
    public async Task RenameAsync(DbTransaction transaction, IReadOnlyDictionary<string, string> ids, CancellationToken stop)
    {
        object parameters = new { rows = SqlRows.Of(ids, id => [id.Key, id.Value]) };
        foreach (string sql in (string[])[_clear, _rename, Arrive])
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));
        }
    }
}
