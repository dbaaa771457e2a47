using System.Collections.Immutable;
using Syndication.Feeds;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void AFileWithTheSameContentIsNotWrittenAgain()
    {
        Write(new OutputFolder(_temp.Path), "a/b.html", "text");
        DateTime written = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(At("a/b.html"), written);

        Write(new OutputFolder(_temp.Path), "a/b.html", "text");

        Assert.Equal(written, File.GetLastWriteTimeUtc(At("a/b.html")));
    }

    [Fact]
    public void OnlyFilesThatWereWrittenHereAreRemovedAndTheFoldersTheyLeaveEmpty()
    {
        OutputFolder output = new(_temp.Path);
        Write(output, "old/page.html", "text");
        Write(output, "mixed/page.html", "text");
        File.WriteAllText(At("mixed/other.txt"), "somebody else's");
        Write(output, "kept.html", "text");
        output.Finish(ImmutableHashSet.Create("old/page.html", "mixed/page.html", "kept.html"));

        new OutputFolder(_temp.Path).Finish(ImmutableHashSet.Create("kept.html"));

        Assert.False(Directory.Exists(At("old")));
        Assert.Equal([At("mixed/other.txt")], Directory.GetFileSystemEntries(At("mixed")));
        Assert.True(File.Exists(At("kept.html")));
    }

    [Fact]
    public void AFileOfSomebodyElseIsForeignAndOneOfOursIsNot()
    {
        File.WriteAllText(At("index.html"), "mine");
        OutputFolder output = new(_temp.Path);
        Write(output, "page.html", "ours");

        Assert.True(output.IsForeign("index.html"));
        Assert.False(output.IsForeign("page.html"));
        Assert.False(output.IsForeign("nothing.html"));
    }

    [Theory]
    [InlineData("page.html", true)]
    [InlineData("a/b/c.html", true)]
    [InlineData("../outside.html", false)]
    [InlineData("a/../../outside.html", false)]
    [InlineData("a/../inside.html", true)]
    [InlineData("", false)]
    [InlineData("nul\0.html", false)]
    public void ANameNeverLeavesTheFolder(string name, bool inside) => Assert.Equal(inside, new OutputFolder(_temp.Path).TryAbsolute(name) is not null);

    [Fact]
    public void AListThatCannotBeReadCostsOnlyTheRemovalOfOldFiles()
    {
        File.WriteAllText(At(".syndication.json"), "{ broken");

        OutputFolder output = new(_temp.Path);
        Write(output, "page.html", "text");
        output.Finish(ImmutableHashSet.Create("page.html"));

        Assert.NotNull(new OutputFolder(_temp.Path).Find("page.html", "key"));
    }

    private static void Write(OutputFolder output, string name, string text) => output.Write(name, "key", System.Text.Encoding.UTF8.GetBytes(text));

    private string At(string name) => Path.Join(_temp.Path, name);
}
