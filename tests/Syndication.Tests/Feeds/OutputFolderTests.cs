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

    [Fact]
    public void TheFilesOfARunThatWasKilledAreKnownAsOurs()
    {
        OutputFolder killed = new(_temp.Path);
        File.WriteAllText(At("theirs.html"), "mine");
        killed.Announce(["page.html", "never.html", "theirs.html"]);
        Write(killed, "page.html", "text");

        OutputFolder next = new(_temp.Path);

        Assert.False(next.IsForeign("page.html"));
        Assert.True(next.IsForeign("theirs.html"));
        next.Finish(ImmutableHashSet<string>.Empty);
        Assert.Equal([At(".syndication.json"), At("theirs.html")], Directory.GetFileSystemEntries(_temp.Path).Order());
    }

    [Fact]
    public void AFileThatCannotBeRemovedDoesNotCostTheList()
    {
        OutputFolder output = new(_temp.Path);
        Write(output, "a/index.html", "text");
        Write(output, "b.html", "text");
        File.Delete(At("a/index.html"));
        Directory.Delete(At("a"));
        File.WriteAllText(At("a"), "a file where a folder was");
        Write(output, "c.html", "text");
        Directory.CreateDirectory(At("d.html"));

        output.Finish(ImmutableHashSet.Create("b.html"));

        Assert.NotNull(new OutputFolder(_temp.Path).Find("b.html"));
        Assert.False(File.Exists(At("c.html")));
    }

    [Fact]
    public void ANameInTheListThatLeavesTheFolderIsNotBelieved()
    {
        string outside = Path.Join(_temp.Path, "outside.html");
        File.WriteAllText(outside, "precious");
        string folder = At("output");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Join(folder, ".syndication.json"), """{"files": {"../outside.html": {"key": "k", "needs": []}}, "posts": []}""");

        new OutputFolder(folder).Finish(ImmutableHashSet<string>.Empty);

        Assert.True(File.Exists(outside));
        Assert.Throws<IOException>(() => Write(new OutputFolder(folder), "../evil.html", "text"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"files": null, "posts": []}""")]
    [InlineData("""{"files": {"a": null}, "posts": []}""")]
    [InlineData("""{"files": {"a": {"key": "k"}}, "posts": []}""")]
    [InlineData("""{"files": {}, "posts": [null]}""")]
    public void AListOfAnotherFormIsNoList(string json) => Assert.Null(OutputList.TryRead(System.Text.Encoding.UTF8.GetBytes(json)));

    private static void Write(OutputFolder output, string name, string text) => output.Write(name, "key", System.Text.Encoding.UTF8.GetBytes(text));

    private string At(string name) => Path.Join(_temp.Path, name);
}
