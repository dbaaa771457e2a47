using System.Collections.Immutable;
using Dapper;
using Syndication.Storage;

namespace Syndication.Deliveries;

/// <summary>Keeps why mail stands still, so that a restart neither forgets it nor tells of it twice.</summary>
internal sealed class PauseStore(Database database)
{
    private const string Load = """
        select scope, since, kind, reason, probes, next_probe as NextProbe from sending_pauses order by scope
        """;

    /// <summary>Keeps a pause; the beginning of one that is kept already stays.</summary>
    private const string Save = """
        insert into sending_pauses (scope, since, kind, reason, probes, next_probe) values (@scope, @since, @kind, @reason, @probes, @next)
        on conflict (scope) do update set kind = excluded.kind, reason = excluded.reason, probes = excluded.probes, next_probe = excluded.next_probe
        """;

    private const string End = "delete from sending_pauses where scope = @scope";

    /// <summary>A transport that is not used any more is not paused either; those that are used are tried at once where that is not the operator's to say.</summary>
    private readonly string _restart = $"""
        delete from sending_pauses where scope like 'transport/%' and scope not in (select value ->> 0 from {database.Dialect.Rows});
        update sending_pauses set next_probe = @now where scope like 'transport/%' and next_probe is not null
        """;

    public Task<ImmutableArray<SendingPause>> ListAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(Load, cancellationToken: stop)))
            .Select(r => r.ToPause()).ToImmutableArray(),
        stop);

    public Task<int> SaveAsync(SendingPause pause, CancellationToken stop) => ExecuteAsync(
        Save,
        new
        {
            scope = pause.Scope,
            since = UnixMicroseconds.Of(pause.Since),
            kind = (long)pause.Kind,
            reason = pause.Reason,
            probes = (long)pause.Probes,
            next = pause.NextProbe is DateTimeOffset next ? UnixMicroseconds.Of(next) : (long?)null,
        },
        stop);

    /// <summary>Ends a pause. 0 when there was none.</summary>
    public Task<int> EndAsync(string scope, CancellationToken stop) => ExecuteAsync(End, new { scope }, stop);

    /// <summary>A process that sends begins: perhaps a setting was corrected.</summary>
    /// <param name="scopes">Of the transports that are used.</param>
    /// <param name="now">When.</param>
    /// <param name="stop">Cancels.</param>
    public Task<int> RestartAsync(IEnumerable<string> scopes, DateTimeOffset now, CancellationToken stop) =>
        ExecuteAsync(_restart, new { rows = SqlRows.Of(scopes, s => [s]), now = UnixMicroseconds.Of(now) }, stop);

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken stop) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop)), stop);

    private sealed record Row(string Scope, long Since, long Kind, string Reason, long Probes, long? NextProbe)
    {
        public SendingPause ToPause() => new(
            Scope, UnixMicroseconds.ToInstant(Since), (PauseKind)Kind, Reason, (int)Probes,
            UnixMicroseconds.ToInstant(NextProbe));
    }
}
