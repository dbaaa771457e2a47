using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class AbsenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AFileThatIsMissingForTheFirstTimeIsNotYetGone()
    {
        AbsenceVerdict verdict = Absence.Judge(Missing(1, Now), known: 20, rootIsAnother: false, confirmed: false, Now);

        Assert.Empty(verdict.Believed);
        Assert.Null(verdict.Hold);
        Assert.Equal(Now + TimeSpan.FromSeconds(5), verdict.LookAgain);
    }

    [Fact]
    public void AFileThatTwoScansFiveSecondsApartMissIsGone()
    {
        AbsenceVerdict verdict = Absence.Judge(Missing(1, Now - TimeSpan.FromSeconds(5)), known: 20, rootIsAnother: false, confirmed: false, Now);

        Assert.Equal(["post0.md"], verdict.Believed);
        Assert.Null(verdict.LookAgain);
    }

    [Theory]
    [InlineData(10, 20, false)]
    [InlineData(11, 20, true)]
    [InlineData(11, 110, false)]
    [InlineData(12, 110, true)]
    [InlineData(100, 1000, false)]
    [InlineData(101, 1000, true)]
    public void MoreThanTenAndMoreThanATenthAtOnceIsHeld(int missing, int known, bool held)
    {
        AbsenceVerdict verdict = Absence.Judge(Missing(missing, Now - TimeSpan.FromMinutes(1)), known, rootIsAnother: false, confirmed: false, Now);

        Assert.Equal(held, verdict.Hold is not null);
        Assert.Equal(held ? 0 : missing, verdict.Believed.Length);
    }

    [Fact]
    public void WhatIsHeldGoesWhenItIsConfirmed()
    {
        AbsenceVerdict verdict = Absence.Judge(Missing(15, Now - TimeSpan.FromMinutes(1)), known: 15, rootIsAnother: true, confirmed: true, Now);

        Assert.Equal(15, verdict.Believed.Length);
    }

    [Fact]
    public void WhatIsConfirmedGoesAtOnceForThatIsSaidOnlyOnce()
    {
        AbsenceVerdict verdict = Absence.Judge(Missing(15, Now), known: 15, rootIsAnother: false, confirmed: true, Now);

        Assert.Equal(15, verdict.Believed.Length);
        Assert.Null(verdict.LookAgain);
    }

    [Fact]
    public void AnEmptyFolderThatIsAnotherThanBeforeIsAMissingDiskAndNotAnEmptyBlog()
    {
        Assert.NotNull(Absence.Judge(Missing(2, Now - TimeSpan.FromMinutes(1)), known: 2, rootIsAnother: true, confirmed: false, Now).Hold);
        Assert.Equal(2, Absence.Judge(Missing(2, Now - TimeSpan.FromMinutes(1)), known: 2, rootIsAnother: false, confirmed: false, Now).Believed.Length);
    }

    private static List<KeyValuePair<string, DateTimeOffset>> Missing(int count, DateTimeOffset since) =>
        [.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"post{i}.md", since))];
}
