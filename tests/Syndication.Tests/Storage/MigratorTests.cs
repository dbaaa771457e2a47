using Syndication.Storage;

namespace Syndication.Tests.Storage;

public sealed class MigratorTests
{
    [Fact]
    public void BothEnginesHaveTheSameMigrations()
    {
        Assert.Equal(Migrator.NamesFor(SqlDialect.Sqlite), Migrator.NamesFor(SqlDialect.Postgres));
        Assert.StartsWith("0001_", Migrator.NamesFor(SqlDialect.Sqlite)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", nameof(SchemaState.Empty))]
    [InlineData("1", nameof(SchemaState.Older))]
    [InlineData("1,2", nameof(SchemaState.Current))]
    [InlineData("1,2,3", nameof(SchemaState.Newer))]
    [InlineData("1,3", nameof(SchemaState.Newer))]
    public void TheJournalTellsHowTheSchemaStands(string journal, string state)
    {
        string[] applied = journal.Split(',', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(state, Migrator.Compare(["1", "2"], applied).ToString());
    }
}
