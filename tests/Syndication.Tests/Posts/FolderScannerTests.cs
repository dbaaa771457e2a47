using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Support;

namespace Syndication.Tests.Posts;

public sealed class FolderScannerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void OnlyPostsAreFoundWithTheirLengthAndTime()
    {
        Write("a.md", "12345");
        Write("deep/er/b.markdown", "1");
        Write("image.png", "1");

        FolderScan scan = Scan();

        Assert.Equal(["a.md", "deep/er/b.markdown"], scan.Files.Keys.Order());
        Assert.Equal(5, scan.Files["a.md"].Length);
        Assert.Null(scan.Failure);
    }

    [Theory]
    [InlineData(".a.md")]
    [InlineData("a.md~")]
    [InlineData("#a.md#")]
    [InlineData(".#a.md")]
    [InlineData("~$a.md")]
    [InlineData(".a.md.swp")]
    [InlineData("a.md.tmp")]
    [InlineData("4913")]
    [InlineData(".git/a.md")]
    [InlineData("node_modules/a.md")]
    public void WhatEditorsAndToolsLeaveIsIgnored(string name)
    {
        Write(name, "text");

        FolderScan scan = Scan();

        Assert.Empty(scan.Files);
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void ANameMayEndInANumberSign()
    {
        Write("C#/a.md", "text");

        Assert.Equal(["C#/a.md"], Scan().Files.Keys);
    }

    [Fact]
    public void FoldersThatSyndicationWritesAreNotLookedInto()
    {
        Write("data/public/a.md", "text");
        Write("a.md", "text");

        Assert.Equal(["a.md"], Scan("data").Files.Keys);
    }

    [Fact]
    public void ALinkOutOfTheFolderIsNotFollowedAndTold()
    {
        using TempFolder outside = new();
        File.WriteAllText(Path.Join(outside.Path, "secret.md"), "text");
        Write("a.md", "text");
        File.CreateSymbolicLink(Path.Join(_temp.Path, "out.md"), Path.Join(outside.Path, "secret.md"));
        Directory.CreateSymbolicLink(Path.Join(_temp.Path, "out"), outside.Path);
        File.CreateSymbolicLink(Path.Join(_temp.Path, "nowhere.md"), Path.Join(_temp.Path, "nothing.md"));

        FolderScan scan = Scan();

        Assert.Equal(["a.md"], scan.Files.Keys);
        Assert.Equal(["nowhere.md", "out.md"], scan.Problems.Select(p => p.Source).Order());
    }

    [Fact]
    public void NothingIsFoundThroughALinkedFolderWhereverTheLookBegins()
    {
        using TempFolder outside = new();
        Directory.CreateDirectory(Path.Join(outside.Path, "deep"));
        File.WriteAllText(Path.Join(outside.Path, "deep", "secret.md"), "text");
        Directory.CreateSymbolicLink(Path.Join(_temp.Path, "out"), outside.Path);
        FolderScanner scanner = Scanner(_temp.Path);

        Assert.Empty(scanner.Scan("out").Files);
        Assert.Empty(scanner.Scan("out/deep").Files);
        Assert.True(scanner.Scan("out/deep").Covers("out/deep/secret.md"));
        Assert.Null(scanner.Stamp("out/deep/secret.md"));
    }

    [Fact]
    public void ALinkToAFileOfTheFolderIsThatFile()
    {
        Write("drafts.txt", "text");
        File.CreateSymbolicLink(Path.Join(_temp.Path, "linked.md"), Path.Join(_temp.Path, "drafts.txt"));

        Assert.Equal(["linked.md"], Scan().Files.Keys);
    }

    [Fact]
    public void AFolderThatIsNotThereIsAFailureAndNotAnEmptyFolder()
    {
        FolderScanner scanner = Scanner(Path.Join(_temp.Path, "nothing"));

        FolderScan scan = scanner.ScanAll();

        Assert.NotNull(scan.Failure);
        Assert.False(scan.Covers("a.md"));
        Assert.Single(scan.Problems);
    }

    [Fact]
    public void AScanOfOneFolderSpeaksOnlyOfThatFolder()
    {
        Write("a.md", "text");
        Write("sub/b.md", "text");

        FolderScan scan = Scanner(_temp.Path).Scan("sub");

        Assert.Equal(["sub/b.md"], scan.Files.Keys);
        Assert.True(scan.Covers("sub/c.md"));
        Assert.False(scan.Covers("a.md"));
        Assert.False(scan.Covers("subway.md"));
    }

    [Fact]
    public void AllInAHugoBundleBelongsToItsIndex()
    {
        Write("post/index.md", "text");
        Write("post/part.md", "text");
        Write("post/deep/part.md", "text");
        Write("section/_index.md", "text");
        Write("section/a.md", "text");
        FolderScanner scanner = Scanner(_temp.Path, SiteKind.Hugo);

        Assert.Equal(["post/index.md", "section/a.md"], scanner.ScanAll().Files.Keys.Order());
        Assert.Equal(
            (true, false, false, true),
            (scanner.WalksTo("post/index.md"), scanner.WalksTo("post/part.md"), scanner.WalksTo("post/deep/part.md"), scanner.WalksTo("section/a.md")));
    }

    [Fact]
    public void FilesThatCannotBeReadAreToldInOneLine()
    {
        Write("blog/a.md", "text");
        Write("blog/c.org", "text");
        Write("blog/b.rst", "text");
        Write("blog/bundle/index.md", "text");
        Write("blog/bundle/notes.adoc", "text");

        FolderScan scan = Scanner(_temp.Path, SiteKind.Hugo).ScanAll();

        Problem problem = Assert.Single(scan.Problems);
        Assert.Equal("blog/b.rst: and 1 more are written in a language that is not read here, and no post; expected Markdown or HTML", problem.ToString());
        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Equal(["blog/a.md", "blog/bundle/index.md"], scan.Files.Keys.Order());
    }

    private FolderScan Scan(params string[] own) => Scanner(_temp.Path, own).ScanAll();

    private static FolderScanner Scanner(string root, params string[] own) => Scanner(root, SiteKind.Bare, own);

    private static FolderScanner Scanner(string root, SiteKind kind, params string[] own)
    {
        SiteDefinition site = new()
        {
            Kind = kind,
            Root = root,
            PostsFolder = root,
            Url = new Uri("https://blog.example/"),
            Title = "Blog",
            TimeZone = TimeZoneInfo.Utc,
        };
        return new FolderScanner(site, new PostReader(site, new PostsOptions(), "1"), [.. own.Select(name => Path.Join(root, name))]);
    }

    private void Write(string name, string text)
    {
        string file = Path.Join(_temp.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
