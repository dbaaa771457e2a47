using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

public sealed class PostgresServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Data Source=blog.db")]
    [InlineData("Database=blog")]
    [InlineData("postgres://user:secret@host/blog")]
    [InlineData("Host=h;Password=secret;Port=many")]
    public async Task AConnectionStringThatIsNoneIsRefusedWithoutQuotingIt(string connection)
    {
        StorageException failure = await FailureAsync(connection);

        Assert.Equal(StorageError.Refused, failure.Error);
        Assert.StartsWith("the connection string ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatIsNotThereIsOneClearLine()
    {
        StorageException failure = await FailureAsync("Host=127.0.0.1;Port=1;Database=blog;Username=u;Password=secret");

        Assert.Equal(StorageError.Unreachable, failure.Error);
        Assert.StartsWith("PostgreSQL 127.0.0.1:1/blog: cannot be reached: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task ADatabaseThatIsNotThereIsMissing()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Postgres);
        NpgsqlConnectionStringBuilder other = new(place.Options.Connection) { Database = "nobody_made_this" };

        StorageException failure = await FailureAsync(other.ConnectionString);

        Assert.Equal(StorageError.Missing, failure.Error);
        Assert.Contains("createdb", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackupIsLeftToItsOwnTool()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using Database database = await place.OpenAsync();

        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => database.BackUpAsync("blog.dump", Stop));

        Assert.Equal(StorageError.Refused, failure.Error);
        Assert.Contains("pg_dump", failure.Message, StringComparison.Ordinal);
    }

    private static Task<StorageException> FailureAsync(string connection) => Assert.ThrowsAsync<StorageException>(
        () => Database.OpenAsync(new StorageOptions { Connection = connection }, DatabaseUse.Serve, new FakeTimeProvider(), Stop));
}
