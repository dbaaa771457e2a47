using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Subscribers;

public sealed class TokenKeyStoreTests
{
    private static readonly Guid Reader = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AKeyIsMadeOnceAndKept(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        string token;
        await using (Database database = await place.OpenAsync())
        {
            token = SignedToken.ForUnsubscribing(await new TokenKeyStore(database, place.Time).LoadOrMakeAsync(Stop), Reader);
        }

        await using Database again = await place.OpenAsync();
        TokenKeys keys = await new TokenKeyStore(again, place.Time).LoadOrMakeAsync(Stop);

        Assert.Equal(Reader, SignedToken.Read(keys, TokenPurpose.Unsubscribe, token, place.Time.GetUtcNow()));
        Assert.Equal(32, keys.Signing.Secret.Length);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task NodesThatStartAtOnceHaveTheSameKey(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database here = await place.OpenAsync();
        await using Database there = await place.OpenAsync(DatabaseUse.Existing);

        TokenKeys[] keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            i => Task.Run(() => new TokenKeyStore(i % 2 == 0 ? here : there, place.Time).LoadOrMakeAsync(Stop), Stop)));

        Assert.Single(keys.Select(k => Convert.ToHexString(k.Signing.Secret.AsSpan())).Distinct());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ANewerKeySignsAndTheOlderIsStillKnown(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        TokenKeyStore store = new(database, place.Time);
        string old = SignedToken.ForUnsubscribing(await store.LoadOrMakeAsync(Stop), Reader);

        await database.WriteAsync(t => TestSql.ExecuteAsync(t, "insert into token_keys select 9, purpose, secret, created_at + 1 from token_keys where purpose = 0"), Stop);
        TokenKeys keys = await store.LoadOrMakeAsync(Stop);

        Assert.Equal(9u, keys.Signing.Id);
        Assert.Equal(Reader, SignedToken.Read(keys, TokenPurpose.Unsubscribe, old, place.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheKeyOfErasedAddressesSignsNoLinks(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();

        byte[] erasure = [.. await database.WriteAsync(t => TokenKeyStore.ErasureKeyAsync(t, place.Time.GetUtcNow(), Stop), Stop)];
        byte[] again = [.. await database.WriteAsync(t => TokenKeyStore.ErasureKeyAsync(t, place.Time.GetUtcNow(), Stop), Stop)];
        TokenKeys keys = await new TokenKeyStore(database, place.Time).LoadOrMakeAsync(Stop);

        Assert.Equal(erasure, again);
        Assert.NotEqual(erasure, keys.Signing.Secret);
    }
}
