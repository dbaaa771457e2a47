using System.Data.Common;
using Dapper;
using Syndication.Storage;

namespace Syndication.Deliveries;

/// <summary>What is kept of a transport: how much it took lately, and when it first took anything.</summary>
internal sealed record TransportUse(DateTimeOffset? FirstSent, string? Windows);

/// <summary>Keeps how much each transport took, so that a restart does not begin its limits anew.</summary>
internal sealed class TransportStore(Database database)
{
    private const string Load = "select first_sent as FirstSent, windows from transport_limits where name = @name";

    /// <summary>Keeps what a transport took; when it first did is never changed.</summary>
    private const string Save = """
        insert into transport_limits (name, first_sent, windows) values (@name, @first, @windows)
        on conflict (name) do update set windows = excluded.windows
        """;

    /// <summary>A transport that never sent has nothing but nulls.</summary>
    public Task<TransportUse> LoadAsync(string name, CancellationToken stop) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Load, new { name }, cancellationToken: stop)) is Row row
            ? new TransportUse(UnixMicroseconds.ToInstant(row.FirstSent), row.Windows)
            : new TransportUse(null, null),
        stop);

    /// <summary>Keeps a limit after <see cref="RateLimit.Take"/>, with the marks of the rows that it was taken for.</summary>
    public static Task SaveAsync(DbTransaction transaction, string name, RateLimit limit, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Save,
            new { name, first = UnixMicroseconds.Of(limit.FirstSent ?? throw new InvalidOperationException("Nothing was taken.")), windows = limit.Save() },
            transaction,
            cancellationToken: stop));

    private sealed record Row(long FirstSent, string Windows);
}
