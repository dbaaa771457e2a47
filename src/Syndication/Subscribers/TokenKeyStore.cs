using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Syndication.Storage;

namespace Syndication.Subscribers;

/// <summary>The keys of links and of erased addresses. They are made at the first use, and live and die with the database.</summary>
internal sealed class TokenKeyStore(Database database, TimeProvider time)
{
    private const long SignsLinks = 0;
    private const long HashesErased = 1;
    private const int KeyBytes = 32;

    /// <summary>Ids of the keys that are made here, so that of two nodes at their first start one makes each.</summary>
    private const long FirstSigningKey = 1;
    private const long ErasureKey = 2;

    /// <summary>Adds a key unless there is one.</summary>
    private const string Make = """
        insert into token_keys (id, purpose, secret, created_at)
        select cast(@id as bigint), cast(@purpose as bigint), @secret, cast(@now as bigint)
        where not exists (select 1 from token_keys where purpose = @purpose)
        on conflict (id) do nothing
        """;

    /// <summary>All keys of a purpose, the newest first.</summary>
    private const string Load = "select id, secret from token_keys where purpose = @purpose order by created_at desc, id desc";

    /// <summary>The keys that sign links.</summary>
    public Task<TokenKeys> LoadOrMakeAsync(CancellationToken stop) => database.WriteAsync(
        async transaction => new TokenKeys(await KeysAsync(transaction, FirstSigningKey, SignsLinks, time.GetUtcNow(), stop)), stop);

    /// <summary>The key by which erased addresses are hashed.</summary>
    public static async Task<ImmutableArray<byte>> ErasureKeyAsync(DbTransaction transaction, DateTimeOffset now, CancellationToken stop) =>
        (await KeysAsync(transaction, ErasureKey, HashesErased, now, stop))[0].Secret;

    private static async Task<ImmutableArray<TokenKey>> KeysAsync(
        DbTransaction transaction, long id, long purpose, DateTimeOffset now, CancellationToken stop)
    {
        object made = new { id, purpose, secret = RandomNumberGenerator.GetBytes(KeyBytes), now = UnixMicroseconds.Of(now) };
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Make, made, transaction, cancellationToken: stop));
        IEnumerable<Row> rows = await transaction.Connection!.QueryAsync<Row>(
            new CommandDefinition(Load, new { purpose }, transaction, cancellationToken: stop));
        return [.. rows.Select(r => new TokenKey(checked((uint)r.Id), [.. r.Secret]))];
    }

    private sealed record Row(long Id, byte[] Secret);
}
