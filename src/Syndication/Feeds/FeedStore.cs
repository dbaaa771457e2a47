using System.Collections.Immutable;
using Dapper;
using Syndication.Storage;

namespace Syndication.Feeds;

/// <summary>Keeps when the bytes of each feed last changed, so that Last-Modified outlives restarts and is the same on all nodes.</summary>
internal sealed class FeedStore(Database database)
{
    /// <summary>
    /// Where the hash is the stored one, the stored instant; else now, but at least a second after the stored one, since HTTP
    /// dates have whole seconds. One statement, so that two nodes with the same bytes get the same instant. Sorted, so that they
    /// never wait for each other.
    /// </summary>
    private readonly string _stamp = $"""
        insert into feeds (path, hash, last_modified)
        select value ->> 0, value ->> 1, cast(@now as bigint)
        from {database.Dialect.Rows}
        where true
        order by 1
        on conflict (path) do update set
          hash = excluded.hash,
          last_modified = case
            when feeds.hash = excluded.hash then feeds.last_modified
            when feeds.last_modified < excluded.last_modified then excluded.last_modified
            else feeds.last_modified + {UnixMicroseconds.PerSecond}
          end
        returning path, last_modified as LastModified
        """;

    /// <summary>The Last-Modified of each feed, in whole seconds, by path; given the hash of each feed's bytes by path.</summary>
    public Task<ImmutableDictionary<string, DateTimeOffset>> StampAsync(
        IReadOnlyDictionary<string, string> feeds, DateTimeOffset now, CancellationToken stop)
    {
        object parameters = new
        {
            rows = SqlRows.Of(feeds, f => [f.Key, f.Value]),
            now = UnixMicroseconds.Of(now) / UnixMicroseconds.PerSecond * UnixMicroseconds.PerSecond,
        };
        return database.WriteAsync(
            async transaction =>
            {
                IEnumerable<Row> rows = await transaction.Connection!.QueryAsync<Row>(
                    new CommandDefinition(_stamp, parameters, transaction, cancellationToken: stop));
                return rows.ToImmutableDictionary(r => r.Path, r => UnixMicroseconds.ToInstant(r.LastModified), StringComparer.Ordinal);
            },
            stop);
    }

    private sealed record Row(string Path, long LastModified);
}
