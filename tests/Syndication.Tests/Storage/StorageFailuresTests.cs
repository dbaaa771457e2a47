using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using Syndication.Storage;

namespace Syndication.Tests.Storage;

public sealed class StorageFailuresTests
{
    [Theory]
    [InlineData(5, nameof(StorageError.Busy))]
    [InlineData(8, nameof(StorageError.NotWritable))]
    [InlineData(10, nameof(StorageError.Unreachable))]
    [InlineData(11, nameof(StorageError.Broken))]
    [InlineData(13, nameof(StorageError.DiskFull))]
    [InlineData(14, nameof(StorageError.NotWritable))]
    [InlineData(26, nameof(StorageError.Broken))]
    public void ResultCodesOfSqliteHaveAMeaning(int code, string kind)
    {
        StorageException? failure = StorageFailures.Translate(new SqliteException("driver's words", code), "/data/x.db");

        Assert.Equal(kind, failure?.Error.ToString());
        Assert.StartsWith("/data/x.db: ", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3D000", nameof(StorageError.Missing))]
    [InlineData("28P01", nameof(StorageError.Unreachable))]
    [InlineData("53100", nameof(StorageError.DiskFull))]
    [InlineData("40P01", nameof(StorageError.Busy))]
    [InlineData("25006", nameof(StorageError.NotWritable))]
    [InlineData("57P01", nameof(StorageError.Unreachable))]
    [InlineData("XX001", nameof(StorageError.Broken))]
    public void ErrorCodesOfPostgresHaveAMeaning(string state, string kind)
    {
        StorageException? failure = StorageFailures.Translate(new PostgresException("what", "ERROR", "ERROR", state), "PostgreSQL");

        Assert.Equal(kind, failure?.Error.ToString());
    }

    [Fact]
    public void AServerThatDoesNotAnswerSaysWhy()
    {
        NpgsqlException error = new("Failed", new SocketException((int)SocketError.ConnectionRefused));

        StorageException? failure = StorageFailures.Translate(error, "PostgreSQL db:5432/blog");

        Assert.Equal(StorageError.Unreachable, failure?.Error);
        Assert.StartsWith("PostgreSQL db:5432/blog: cannot be reached: Connection refused", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MistakesOfTheProgramAreNotHidden()
    {
        Assert.Null(StorageFailures.Translate(new SqliteException("no such column", 1), "x"));
        Assert.Null(StorageFailures.Translate(new PostgresException("duplicate key", "ERROR", "ERROR", "23505"), "x"));
        Assert.Null(StorageFailures.Translate(new InvalidOperationException(), "x"));
    }
}
