using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Syndication.Storage;

namespace Syndication.Posts;

/// <summary>Keeps the identity of every post that was ever seen, and what is known of the scans that saw them.</summary>
internal sealed class PostStore(Database database)
{
    /// <summary>All posts, gone ones too.</summary>
    private const string Load = """
        select id, path, permalink, slug, fingerprint, first_seen as FirstSeen, date, date_offset as DateOffset, is_present as IsPresent,
          earlier
        from posts
        order by id
        """;

    /// <summary>Adds or changes posts by id. First seen stays what the first node wrote. Sorted, so that two nodes never wait for each other.</summary>
    private readonly string _save = $"""
        insert into posts (id, path, permalink, slug, fingerprint, first_seen, date, date_offset, is_present, earlier)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
          cast(value ->> 5 as bigint), cast(value ->> 6 as bigint), cast(value ->> 7 as bigint), cast(value ->> 8 as bigint),
          value ->> 9
        from {database.Dialect.Rows}
        where true
        order by 1
        on conflict (id) do update set
          path = excluded.path, permalink = excluded.permalink, slug = excluded.slug, fingerprint = excluded.fingerprint,
          date = excluded.date, date_offset = excluded.date_offset, is_present = excluded.is_present, earlier = excluded.earlier
        """;

    /// <summary>Forgets ids.</summary>
    private readonly string _remove = $"delete from posts where id in (select value ->> 0 from {database.Dialect.Rows})";

    /// <summary>One instant, if it is there.</summary>
    private const string LoadFact = "select instant from scan_facts where name = @name";

    /// <summary>Sets an instant.</summary>
    private const string SaveFact = """
        insert into scan_facts (name, instant) values (@name, @instant)
        on conflict (name) do update set instant = excluded.instant
        """;

    /// <summary>Reads an instant and forgets it; of two nodes only one gets it.</summary>
    private const string TakeFact = "delete from scan_facts where name = @name returning instant";

    private const string LastCompletedScan = "last completed scan";
    private const string RemovalsConfirmed = "removals confirmed";
    private const string RemovalsHeld = "removals held";

    /// <summary>Every post that was ever seen, ordered by id.</summary>
    public Task<ImmutableArray<KnownPost>> LoadAsync(CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(Load, cancellationToken: stop));
            return rows.Select(r => r.ToPost()).ToImmutableArray();
        },
        stop);

    /// <summary>Adds or changes these posts, each id once, all of them or none. Instants are kept to the microsecond.</summary>
    public Task SaveAsync(IReadOnlyCollection<KnownPost> posts, CancellationToken stop) => posts.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(t => ExecuteAsync(t, _save, new { rows = Rows(posts) }, stop), stop);

    /// <summary>Forgets ids, and adds or changes posts: how a post gets another id.</summary>
    public async Task ReplaceAsync(DbTransaction transaction, IReadOnlyCollection<string> former, IReadOnlyCollection<KnownPost> posts, CancellationToken stop)
    {
        await ExecuteAsync(transaction, _remove, new { rows = SqlRows.Of(former, id => [id]) }, stop);
        await ExecuteAsync(transaction, _save, new { rows = Rows(posts) }, stop);
    }

    /// <summary>When a scan of the whole folder was last completed; null before the first.</summary>
    public Task<DateTimeOffset?> LoadLastCompletedScanAsync(CancellationToken stop) => LoadFactAsync(LastCompletedScan, stop);

    public Task SaveLastCompletedScanAsync(DateTimeOffset instant, CancellationToken stop) => SaveFactAsync(LastCompletedScan, instant, stop);

    /// <summary>Since when `serve` holds removals back; null while it holds none.</summary>
    public Task<DateTimeOffset?> LoadRemovalsHeldAsync(CancellationToken stop) => LoadFactAsync(RemovalsHeld, stop);

    public Task SaveRemovalsHeldAsync(DateTimeOffset since, CancellationToken stop) => SaveFactAsync(RemovalsHeld, since, stop);

    /// <summary>Nothing is held back any more.</summary>
    public Task ForgetRemovalsHeldAsync(CancellationToken stop) => TakeFactAsync(RemovalsHeld, stop);

    /// <summary>The operator's word that the removals now held back are meant; the running `serve` takes it.</summary>
    public Task ConfirmRemovalsAsync(DateTimeOffset now, CancellationToken stop) => SaveFactAsync(RemovalsConfirmed, now, stop);

    /// <summary>When the operator confirmed removals, if that was not taken before; it is forgotten by this call.</summary>
    public Task<DateTimeOffset?> TakeRemovalsConfirmedAsync(CancellationToken stop) => TakeFactAsync(RemovalsConfirmed, stop);

    private static string Rows(IReadOnlyCollection<KnownPost> posts) => SqlRows.Of(posts, p =>
    [
        p.Id, p.Path, p.Permalink, p.Slug, p.Fingerprint, UnixMicroseconds.Of(p.FirstSeen), UnixMicroseconds.Of(p.Date),
        (long)p.Date.TotalOffsetMinutes, p.IsPresent, JsonSerializer.Serialize(p.Earlier),
    ]);

    private Task<DateTimeOffset?> LoadFactAsync(string name, CancellationToken stop) => database.ReadAsync(
        async connection => UnixMicroseconds.ToInstant(await connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(LoadFact, new { name }, cancellationToken: stop))),
        stop);

    private Task<DateTimeOffset?> TakeFactAsync(string name, CancellationToken stop) => database.WriteAsync(
        async transaction => UnixMicroseconds.ToInstant(await transaction.Connection!.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(TakeFact, new { name }, transaction, cancellationToken: stop))),
        stop);

    private Task<int> SaveFactAsync(string name, DateTimeOffset value, CancellationToken stop) => database.WriteAsync(
        t => ExecuteAsync(t, SaveFact, new { name, instant = UnixMicroseconds.Of(value) }, stop), stop);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));

    /// <summary>A row as the drivers give it: every number is a long on both engines.</summary>
    private sealed record Row(
        string Id, string Path, string Permalink, string Slug, string Fingerprint, long FirstSeen, long Date, long DateOffset, long IsPresent, string Earlier)
    {
        public KnownPost ToPost() => new()
        {
            Id = Id,
            Path = Path,
            Permalink = Permalink,
            Slug = Slug,
            Fingerprint = Fingerprint,
            FirstSeen = UnixMicroseconds.ToInstant(FirstSeen),
            Date = UnixMicroseconds.ToInstant(Date).ToOffset(TimeSpan.FromMinutes(DateOffset)),
            IsPresent = IsPresent != 0,
            Earlier = Earlier == "[]" ? [] : JsonSerializer.Deserialize<ImmutableArray<string>>(Earlier),
        };
    }
}
