using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Site;

namespace Syndication.Tests.Posts;

/// <summary>What comes out is what Hugo 0.111.3 makes of the same folder.</summary>
public sealed class HugoMountsTests : IDisposable
{
    private const string Content = "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n";

    private readonly SiteFolder _folder = new SiteFolder()
        .With("content/posts/p.md", "").With("content/posts/x.draft.md", "").With("content/posts/secret/s.md", "").With("content/blog/b.md", "")
        .With("vault/v.md", "").With("vault/sub/w.md", "").With("extra/e.md", "").With("de/d.md", "").With("de/d2.en.md", "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "/blog/b/ /posts/p/ /posts/secret/s/ /posts/x.draft/")]
    [InlineData("ignoreFiles = ['secret$']", "/blog/b/ /posts/p/ /posts/x.draft/")]
    [InlineData("ignoreFiles = ['\\.draft\\.md$']", "/blog/b/ /posts/p/ /posts/secret/s/")]
    [InlineData("ignoreFiles = ['^content/posts']", "/blog/b/ /posts/p/ /posts/secret/s/ /posts/x.draft/")]
    [InlineData("ignoreFiles = 'posts'", "/blog/b/")]
    [InlineData("ignoreFiles = ['/content/posts/(?P<name>p)']", "/blog/b/ /posts/secret/s/ /posts/x.draft/")]
    [InlineData(Content + "excludeFiles = 'posts/**'", "/blog/b/")]
    [InlineData(Content + "excludeFiles = ['posts/*']", "/blog/b/")]
    [InlineData(Content + "excludeFiles = ['/posts/secret']", "/blog/b/ /posts/p/ /posts/x.draft/")]
    [InlineData(Content + "excludeFiles = ['secret', '*.md', '**/B.md']", "/posts/p/ /posts/secret/s/ /posts/x.draft/")]
    [InlineData(Content + "includeFiles = ['posts/*']\nexcludeFiles = ['posts/p.md']", "/posts/p/ /posts/x.draft/")]
    [InlineData(Content + "includeFiles = ['posts/**/s.md']", "/posts/secret/s/")]
    [InlineData("[[module.mounts]]\nsource = 'vault'\ntarget = 'content'", "/sub/w/ /v/")]
    [InlineData("[module]\nmounts = [{source = './vault/', target = 'content/'}]", "/sub/w/ /v/")]
    [InlineData("contentDir = 'content'\n[[module.mounts]]\nsource = 'vault'\ntarget = 'content/blog'", "/blog/sub/w/ /blog/v/")]
    [InlineData(Content + "[[module.mounts]]\nsource = 'extra'\ntarget = 'content/posts/secret'", "/blog/b/ /posts/p/ /posts/secret/e/ /posts/secret/s/ /posts/x.draft/")]
    [InlineData("[[module.mounts]]\nsource = 'vault/v.md'\ntarget = 'content/note/first.md'", "/note/first/")]
    [InlineData("contentDir = 'vault'\n[[module.mounts]]\nsource = 'assets'\ntarget = 'assets'", "/sub/w/ /v/")]
    [InlineData("[languages.en]\n[languages.de]\n" + Content + "lang = 'en'\n[[module.mounts]]\nsource = 'de'\ntarget = 'content/posts'\nlang = 'DE'", "/blog/b/ /de/posts/d/ /posts/d2/ /posts/p/ /posts/secret/s/ /posts/x.draft/")]
    public void TheContentIsWhatTheConfigurationSays(string toml, string expected)
    {
        _folder.With("hugo.toml", toml);

        Assert.Equal(expected, string.Join(' ', Permalinks()));
    }

    [Fact]
    public void AMountIsRelativeToTheRootAndMayHoldIt()
    {
        _folder.With("hugo.toml", "[[module.mounts]]\nsource = '.'\ntarget = 'content/root'\nexcludeFiles = ['content/**', 'de/**']");

        Assert.Equal("/root/extra/e/ /root/vault/sub/w/ /root/vault/v/", string.Join(' ', Permalinks()));
    }

    [Fact]
    public void ASiteWithoutContentFolderIsHugosWhereItsConfigurationSaysWhereTheContentIs()
    {
        using SiteFolder folder = new SiteFolder().With("config.toml", "[[module.mounts]]\nsource = 'vault'\ntarget = 'content/notes'").With("vault/a.md", "");

        SiteDefinition site = folder.Read().Site!;

        Assert.Equal(SiteKind.Hugo, site.Kind);
        Assert.Equal(Path.Combine(folder.Root, "vault"), site.PostsFolder);
    }

    private IEnumerable<string> Permalinks()
    {
        SiteReading reading = _folder.Read();
        Assert.Empty(reading.Problems);
        PostLibrary library = new(reading.Site!, () => _folder.Read(), new PostsOptions(), "1");
        FolderScan scan = library.ScanAll();
        return scan.Files.Keys.Select(path => library.Reader.Post(path, "---\ndate: 2020-01-01\n---\nhi").Permalink).Order(StringComparer.Ordinal);
    }
}
