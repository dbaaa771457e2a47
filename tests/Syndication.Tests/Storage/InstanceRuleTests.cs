using Syndication.Storage;

namespace Syndication.Tests.Storage;

public sealed class InstanceRuleTests
{
    private static readonly InstancePlace Home = new("/var/lib/syndication", "machine 1");

    [Fact]
    public void ADatabaseThatIsWhereItsFileSaysAndNotBehindItMails()
    {
        Assert.Equal(InstanceVerdict.Same, InstanceRule.Judge(new("a", 7, Home), Row("a", 7), Home));
        Assert.Equal(InstanceVerdict.Same, InstanceRule.Judge(new("a", 7, Home), Row("a", 9), Home));
    }

    [Fact]
    public void ADatabaseBehindItsFileIsARestoredBackup() =>
        Assert.Equal(InstanceVerdict.Behind, InstanceRule.Judge(new("a", 7, Home), Row("a", 6), Home));

    [Fact]
    public void ADatabaseWithoutAFileIsACopyOnlyIfItHasMailed()
    {
        Assert.Equal(InstanceVerdict.Same, InstanceRule.Judge(null, Row("a", 0), Home));
        Assert.Equal(InstanceVerdict.Elsewhere, InstanceRule.Judge(null, Row("a", 1), Home));
    }

    [Theory]
    [InlineData("/srv/staging", "machine 1", nameof(InstanceVerdict.Elsewhere))]
    [InlineData("/var/lib/syndication", "machine 2", nameof(InstanceVerdict.Elsewhere))]
    [InlineData("/var/lib/syndication", null, nameof(InstanceVerdict.Same))]
    public void AnotherFolderOrAnotherMachineMakesACopyOfItButAnUnknownMachineDoesNot(string folder, string? machine, string verdict) =>
        Assert.Equal(verdict, InstanceRule.Judge(new("a", 7, Home), Row("a", 7), new InstancePlace(folder, machine)).ToString());

    [Fact]
    public void ACopyIsHeldBeforeItsFirstMailToo() =>
        Assert.Equal(InstanceVerdict.Elsewhere, InstanceRule.Judge(new("a", 0, Home), Row("a", 0), Home with { Folder = "/srv/staging" }));

    [Fact]
    public void AnotherDatabaseInItsPlaceIsHeldUnlessNeitherHasMailed()
    {
        Assert.Equal(InstanceVerdict.Another, InstanceRule.Judge(new("a", 7, Home), Row("b", 0), Home));
        Assert.Equal(InstanceVerdict.Another, InstanceRule.Judge(new("a", 0, Home), Row("b", 9), Home));
        Assert.Equal(InstanceVerdict.Same, InstanceRule.Judge(new("a", 0, Home), Row("b", 0), Home));
    }

    [Theory]
    [InlineData(nameof(InstanceVerdict.Behind), "a backup was put back")]
    [InlineData(nameof(InstanceVerdict.Another), "is not the database that mailed from here last")]
    [InlineData(nameof(InstanceVerdict.Elsewhere), "mailed from /var/lib/syndication on another machine")]
    public void TheReasonSaysWhatWasFound(string verdict, string part) => Assert.Contains(
        part,
        InstanceRule.Reason(Enum.Parse<InstanceVerdict>(verdict), new("a", 7, Home), "syndication.db", "/var/lib/syndication/instance.json"),
        StringComparison.Ordinal);

    private static InstanceRow Row(string id, long turn) => new(id, turn, null);
}
