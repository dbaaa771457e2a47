using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using Mono.Cecil;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests;

/// <summary>Holds the built program against the table of src/Syndication/README.md.</summary>
public sealed class ArchitectureTests
{
    private static readonly ModuleDefinition Program = ModuleDefinition.ReadModule(typeof(Database).Assembly.Location);

    private static House House => House.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "house.md")));

    [Fact]
    public void FoldersAndLibrariesAreUsedAsTheTableSays() => Assert.Empty(Objections(House));

    [Fact]
    public void EveryNamespaceIsAFolderOfTheTable()
    {
        House house = House;

        Assert.Empty(Names(t => t.DeclaringType is null && !house.Folders.Contains(House.FolderOf(t.Namespace))));
    }

    [Fact]
    public void NothingIsPublic() => Assert.Empty(Names(t => t.IsPublic));

    [Fact]
    public void ClassesAreSealedStaticOrAbstract() => Assert.Empty(Names(t => t.IsClass && !t.IsSealed && !t.IsAbstract));

    [Fact]
    public void AnArrowThatTheTableLacksIsFound()
    {
        House house = House.Parse("""
            | folder | what | may use | home of |
            |---|---|---|---|
            | Site | | - | YAML and TOML parsers (with Posts) |
            | Storage | | - | Microsoft.Data.Sqlite, Npgsql, DbUp; Dapper in every *Store |
            | Posts | | Site | - |
            | Cli | | all | - |
            """);

        Assert.Contains(Objections(house), o => o.StartsWith(
            "Syndication.Posts.PostStore -> Syndication.Storage.Database: row Posts may use Site, not Storage", StringComparison.Ordinal));
        Assert.DoesNotContain(Objections(house), o => o.StartsWith("Syndication.Storage.", StringComparison.Ordinal));
    }

    [Fact]
    public void ALibraryOutsideItsHomeIsFound()
    {
        House house = House.Parse("""
            | folder | what | may use | home of |
            |---|---|---|---|
            | Site | | - | Npgsql; Microsoft.Data.Sqlite and Dapper with Storage |
            | Storage | | Site | - |
            """);
        string[] objections = [.. Objections(house)];

        Assert.Contains(
            "Syndication.Storage.PostgresServer -> Npgsql.NpgsqlDataSource: Npgsql is at home in Site, not in Storage", objections);
        Assert.Contains(objections, o => o.EndsWith("dbup-core has no home in the table", StringComparison.Ordinal));
        Assert.DoesNotContain(objections, o => o.Contains("Microsoft.Data.Sqlite is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Syndication.Posts.PostStore", null)]
    [InlineData("Syndication.Posts.PostCatalog", "Syndication.Posts.PostCatalog -> Dapper.SqlMapper: Dapper is at home in every *Store")]
    public void DapperIsForStores(string from, string? objection)
    {
        Assert.Equal(objection, House.Objection(new Reference(from, "Syndication.Posts", "Dapper.SqlMapper", "Dapper", "Dapper")));
    }

    [Fact]
    public void ATableThatNamesAFolderWithoutARowIsRefused()
    {
        Assert.Throws<FormatException>(() => House.Parse("| a |\n|---|\n| Posts | | Sight | - |"));
    }

    [Fact]
    public void ReferencesInEveryPlaceAreSeen()
    {
        using ModuleDefinition tests = ModuleDefinition.ReadModule(typeof(ArchitectureTests).Assembly.Location);

        HashSet<string> seen = [.. AssemblyReferences.Of(tests).Where(r => r.From == typeof(Mentions).FullName).Select(r => r.To)];

        Type[] mentioned =
        [
            typeof(Rune), typeof(Half), typeof(Version), typeof(Uri), typeof(CultureInfo), typeof(EncoderFallbackException), typeof(BigInteger),
            typeof(MemoryManager<>), typeof(StringBuilder),
        ];
        Assert.Empty(mentioned.Select(t => t.FullName!).Except(seen));
    }

    private static IEnumerable<string> Objections(House house) =>
        AssemblyReferences.Of(Program).Select(house.Objection).OfType<string>().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(Func<TypeDefinition, bool> are) =>
        AssemblyReferences.Written(Program).Where(are).Select(t => t.FullName);
}
