using System.Collections.Immutable;
using System.IO.Compression;
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
    public void CompressedFormsLieBesideTextsAreOfTheSameContentAndGoWithThem()
    {
        OutputFolder output = new(_temp.Path, isPacked: true);
        Write(output, "a/feed.xml", "text");
        Write(output, "a/photo.jpg", "photo");
        Assert.Equal(["feed.xml", "feed.xml.br", "feed.xml.gz", "photo.jpg"], Names("a"));
        Assert.Equal(("text", "text"), (Unpacked("a/feed.xml.gz"), Unpacked("a/feed.xml.br")));

        output.Write("a/feed.xml", "another key", "other"u8);
        Assert.Equal(("other", "other"), (Unpacked("a/feed.xml.gz"), Unpacked("a/feed.xml.br")));
        output.Finish(ImmutableHashSet.Create("a/feed.xml"));
        Assert.Equal(["feed.xml", "feed.xml.br", "feed.xml.gz"], Names("a"));
        Assert.Equal(["a/feed.xml"], output.Files.Select(file => file.Key));

        new OutputFolder(_temp.Path, isPacked: true).Finish(ImmutableHashSet<string>.Empty);
        Assert.False(Directory.Exists(At("a")));
    }

    [Fact]
    public void CompressedFormsComeAndGoWithTheSettingAndAreWrittenOnlyWhenTheyDiffer()
    {
        OutputFolder output = new(_temp.Path);
        Write(output, "feed.xml", "text");
        output.Finish(ImmutableHashSet.Create("feed.xml"));
        new OutputFolder(_temp.Path, isPacked: true).Finish(ImmutableHashSet.Create("feed.xml"));
        Assert.Equal("text", Unpacked("feed.xml.gz"));
        DateTime written = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(At("feed.xml.gz"), written);

        OutputFolder again = new(_temp.Path, isPacked: true);
        again.Write("feed.xml", "another key", "text"u8);
        again.Finish(ImmutableHashSet.Create("feed.xml"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(At("feed.xml.gz")));

        new OutputFolder(_temp.Path).Finish(ImmutableHashSet.Create("feed.xml"));
        Assert.Equal(["feed.xml"], Names("."));
    }

    /// <summary>A run that was killed may have left one that no list knows of: the next one must not leave it behind.</summary>
    [Fact]
    public void ACompressedFormOfOurFileIsOurs()
    {
        File.WriteAllText(At("feed.xml.gz"), "old");
        OutputFolder output = new(_temp.Path, isPacked: true);
        Write(output, "feed.xml", "text");

        Assert.Equal("text", Unpacked("feed.xml.gz"));
    }

    [Fact]
    public void AFeedThatIsWrittenBitByBitHasItsCompressedFormsToo()
    {
        OutputFolder output = new(_temp.Path, isPacked: true);
        using NewFile file = output.Create("feed.xml");
        file.Stream.Write("text"u8);
        output.Take(file, "source");

        Assert.Equal("text", Unpacked("feed.xml.br"));
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

    private string[] Names(string folder) => [.. Directory.GetFiles(At(folder)).Select(f => Path.GetFileName(f)).Where(f => f != OutputFolder.ListName).Order(StringComparer.Ordinal)];

    private string Unpacked(string name)
    {
        using FileStream file = File.OpenRead(At(name));
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : new BrotliStream(file, CompressionMode.Decompress);
        using StreamReader text = new(plain);
        return text.ReadToEnd();
    }

    private string At(string name) => Path.Join(_temp.Path, name);
}
