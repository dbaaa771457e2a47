using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;
using Syndication.Tests.Support;

namespace Syndication.Tests.Content;

public sealed class RenderCacheTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _temp = new();

    /// <summary>The site: posts by path, and other files.</summary>
    private readonly SortedDictionary<string, string> _posts = new(StringComparer.Ordinal);
    private SiteDefinition _site = Sites.Jekyll();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string, string> Changes => new()
    {
        { "nothing", "" },
        { "a post's text", "d-plain e-beside g-names h-link i-all" },
        { "an include", "b-include c-relative" },
        { "a relative include", "c-relative" },
        { "a missing include comes", "f-missing" },
        { "an include goes", "b-include c-relative" },
        { "a data file", "a-data" },
        { "another data file comes", "a-data" },
        { "the permalink of a post that others name", "d-plain g-names h-link e-beside i-all" },
        { "a new post", "e-beside i-all j-new" },
        { "a post goes", "e-beside i-all g-names h-link" },
        { "the configuration", "a-data b-include c-relative d-plain e-beside f-missing g-names h-link i-all" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void AfterAChangeJustWhatReadsItIsRenderedAnew(string change, string expected)
    {
        MakeJekyllSite();
        Dictionary<string, string> before = Rendered(Cache());
        foreach (string file in CacheFiles())
        {
            File.SetLastWriteTimeUtc(file, LongAgo);
        }

        Make(change);
        RenderCache cache = Cache();
        Dictionary<string, string> warm = Rendered(cache);

        Assert.Equal(Rendered(new RenderCache(null)), warm);
        ImmutableArray<string> written = [.. CacheFiles().Where(file => File.GetLastWriteTimeUtc(file) != LongAgo)];
        IEnumerable<string> anew = Posts().Where(post => written.Contains(FileOf(post.Path))).Select(post => Name(post.Path));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "d-plain" || change != "a post goes").Order(), anew.Order());
        Assert.Equal(Posts().Length, CacheFiles().Length);
        Assert.NotEmpty(before);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void ACacheThatStaysInMemoryKnowsTheSame(string change, string expected)
    {
        MakeJekyllSite();
        RenderCache cache = new(null);
        Rendered(cache);

        Make(change);

        Assert.Equal(Rendered(new RenderCache(null)), Rendered(cache));
        Assert.NotNull(expected);
    }

    [Fact]
    public void APostThatAnotherNamesByItsFileOrByRefIsReadWithIt()
    {
        foreach (SiteDefinition site in new[] { Sites.Hugo(), Sites.Bare() })
        {
            _posts.Clear();
            _site = site with { Root = At(""), PostsFolder = At("") };
            string folder = site.Kind == SiteKind.Hugo ? "content/posts/" : "";
            Post(folder + "to.md", "date: 2024-01-01\nslug: one");
            Post(folder + "from.md", "date: 2024-01-02", site.Kind == SiteKind.Hugo ? "[x]({{< ref \"to\" >}})" : "[x](to.md)");
            string from = Rendered(Cache())[folder + "from.md"];

            Post(folder + "to.md", "date: 2024-01-01\nslug: two\nurl: /other/\npermalink: /other/");
            Dictionary<string, string> warm = Rendered(Cache());

            Assert.NotEqual(from, warm[folder + "from.md"]);
            Assert.Equal(Rendered(new RenderCache(null)), warm);
        }
    }

    [Theory]
    [InlineData("layouts/shortcodes/x.html", "<b>other</b>")]
    [InlineData("layouts/shortcodes/x.html", null)]
    [InlineData("layouts/partials/p.html", "<i>other</i>")]
    [InlineData("themes/t/layouts/shortcodes/y.html", "<b>other</b>")]
    [InlineData("layouts/shortcodes/y.html", "<b>takes the place of the theme's</b>")]
    public void APostIsRenderedAnewWhenAShortcodeOfTheSiteThatItUsesIsAnother(string file, string? text)
    {
        _posts.Clear();
        _site = Sites.Hugo("theme = 't'") with { Root = At(""), PostsFolder = At("") };
        Post("content/posts/a.md", "date: 2024-01-01", "{{< x >}} {{< y >}}");
        Post("content/posts/b.md", "date: 2024-01-02", "plain");
        Write("layouts/shortcodes/x.html", "<b>{{ partial \"p.html\" . }}</b>");
        Write("layouts/partials/p.html", "<i>one</i>");
        Write("themes/t/layouts/shortcodes/y.html", "<u>two</u>");
        Dictionary<string, string> before = Rendered(Cache());
        RenderCache inMemory = new(null);
        Rendered(inMemory);
        Assert.False(inMemory.HaveFilesChanged(Catalog()));

        if (text is null)
        {
            File.Delete(At(file));
        }
        else
        {
            Write(file, text);
        }

        Assert.True(inMemory.HaveFilesChanged(Catalog()));
        Dictionary<string, string> warm = Rendered(Cache());
        Assert.NotEqual(before["content/posts/a.md"], warm["content/posts/a.md"]);
        Assert.Equal(Rendered(new RenderCache(null)), warm);
        Assert.Equal(warm, Rendered(inMemory));
    }

    [Fact]
    public void ACacheThatIsDamagedCutForeignOrInTheWayCostsOnlyTime()
    {
        MakeJekyllSite();
        Dictionary<string, string> right = Rendered(Cache());
        string[] files = CacheFiles();
        Action<string>[] damages =
        [
            file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]),
            file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..20]),
            file => File.WriteAllBytes(file, []),
            file => File.WriteAllText(file, "something else that is long enough to be taken for a checksum and a form"),
            file => File.WriteAllBytes(file, [.. File.ReadAllBytes(file).Select((b, i) => i == 200 ? (byte)(b ^ 1) : b)]),
            file => File.Copy(files.First(other => other != file), file, overwrite: true),
            file =>
            {
                File.Delete(file);
                Directory.CreateDirectory(file);
            },
        ];
        foreach (Action<string> damage in damages)
        {
            RenderCache running = Cache();
            RenderPass pass = new(running, Catalog());
            ImmutableArray<(Post Post, KeptRendering Rendering)> known = [.. pass.Catalog.Published.Select(post => (post, pass.Of(post)))];
            foreach (string file in files)
            {
                damage(file);
            }

            Assert.Equal(right.Values, known.Select(k => Text(pass.Read(k.Post, k.Rendering))));
            foreach (string file in files.Where(File.Exists))
            {
                damage(file);
            }

            Assert.Equal(right, Rendered(Cache()));
            Array.ForEach(files.Where(Directory.Exists).ToArray(), Directory.Delete);
            Assert.Equal(right, Rendered(Cache()));
        }

        Directory.Delete(At("cache"), recursive: true);
        Assert.Equal(right, Rendered(Cache()));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsAWarning()
    {
        MakeJekyllSite();
        File.WriteAllText(At("cache"), "a file");
        RenderCache cache = Cache();

        Dictionary<string, string> rendered = Rendered(cache);

        Assert.Equal(Rendered(new RenderCache(null)), rendered);
        Assert.Equal(Severity.Warning, cache.Failure!.Severity);
    }

    [Fact]
    public async Task TwoThatUseOneFolderAtOnceNeverSeeEachOthersPosts()
    {
        MakeJekyllSite();
        SiteDefinition other = _site with { Url = new Uri("https://other.example/") };
        PostCatalog[] catalogs = [Catalog(), Catalog(other)];
        Dictionary<string, string>[] right = [.. catalogs.Select(catalog => Rendered(new RenderCache(null), catalog))];
        Assert.NotEqual(right[0], right[1]);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Assert.Equal(right[i % 2], Rendered(Cache(), catalogs[i % 2])))));
    }

    [Fact]
    public void AFileThatAPostReadIsNoticedWhenItChanges()
    {
        MakeJekyllSite();
        RenderCache cache = Cache();
        Rendered(cache);
        Assert.False(cache.HaveFilesChanged(Catalog()));

        foreach (string change in new[] { "an include", "a missing include comes", "another data file comes" })
        {
            Make(change);
            Assert.True(cache.HaveFilesChanged(Catalog()));
            Rendered(cache);
            Assert.False(cache.HaveFilesChanged(Catalog()));
        }

        File.SetLastWriteTimeUtc(At("_includes/note.html"), LongAgo);
        Assert.False(cache.HaveFilesChanged(Catalog()));
    }

    private void MakeJekyllSite()
    {
        _site = Sites.Jekyll("title: One") with { Root = At(""), PostsFolder = At("") };
        Write("_includes/note.html", "<b>note</b>");
        Write("_posts/beside.md", "beside");
        Write("_data/people.yml", "ann: Ann");
        Post("_posts/2024-01-01-a-data.md", "", "{{ site.data.people.ann }}");
        Post("_posts/2024-01-02-b-include.md", "", "{% include note.html %}");
        Post("_posts/2024-01-03-c-relative.md", "", "{% include_relative beside.md %} {% include note.html %}");
        Post("_posts/2024-01-04-d-plain.md", "title: Plain", "Plain, with a [link](/a/).");
        Post("_posts/2024-01-05-e-beside.md", "", "After {{ page.previous.title }}");
        Post("_posts/2024-01-06-f-missing.md", "", "{% include missing.html %} is missing");
        Post("_posts/2024-01-07-g-names.md", "", "[x]({% post_url 2024-01-04-d-plain %})");
        Post("_posts/2024-01-08-h-link.md", "", "[x]({% link _posts/2024-01-04-d-plain.md %})");
        Post("_posts/2024-01-09-i-all.md", "", "{% for p in site.posts %}{{ p.url }} {% endfor %}");
    }

    private void Make(string change)
    {
        const string plain = "_posts/2024-01-04-d-plain.md";
        Action make = change switch
        {
            "nothing" => () => { }
            ,
            "a post's text" => () => Post(plain, "title: Plain", "Another text."),
            "an include" => () => Write("_includes/note.html", "<i>other</i>"),
            "a relative include" => () => Write("_posts/beside.md", "other"),
            "a missing include comes" => () => Write("_includes/missing.html", "here"),
            "an include goes" => () => File.Delete(At("_includes/note.html")),
            "a data file" => () => Write("_data/people.yml", "ann: Bob"),
            "another data file comes" => () => Write("_data/more/places.yml", "x: y"),
            "the permalink of a post that others name" => () => Post(plain, "title: Plain\npermalink: /other/", "Plain, with a [link](/a/)."),
            "a new post" => () => Post("_posts/2024-01-10-j-new.md", "", "New."),
            "a post goes" => () => _posts.Remove(plain),
            "the configuration" => () => _site = _site with { Title = "Two" },
            _ => throw new ArgumentException(change),
        };
        make();
    }

    private Dictionary<string, string> Rendered(RenderCache cache, PostCatalog? catalog = null)
    {
        RenderPass pass = new(cache, catalog ?? Catalog());
        ImmutableArray<(Post Post, KeptRendering Rendering)> all = [.. pass.Catalog.Published.Select(post => (post, pass.Of(post)))];
        cache.Keep(pass.Catalog.Published, pass.Catalog.Published);
        return all.ToDictionary(p => p.Post.Path, p => Text(pass.Read(p.Post, p.Rendering)));
    }

    private static string Text(RenderedPost post) =>
        string.Join("\n--\n", [post.Html, post.Text, post.ExcerptHtml, post.ExcerptText, .. post.LocalFiles, .. post.Problems.Select(p => p.ToString())]);

    private ImmutableArray<Post> Posts(SiteDefinition? site = null) => [.. _posts.Select(post => (site ?? _site).Post(post.Key, post.Value) with { Id = post.Key })];

    private PostCatalog Catalog(SiteDefinition? site = null) => new(site ?? _site, [.. Posts(site).OrderByDescending(post => post.Date).ThenByDescending(post => post.Path)]);

    private RenderCache Cache() => new(At("cache"));

    private string[] CacheFiles() => [.. Directory.GetFiles(At("cache")).Order()];

    /// <summary>The file of a post, found by what it says.</summary>
    private string FileOf(string path) => CacheFiles().Single(file => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path)), 0, 16) == Path.GetFileNameWithoutExtension(file));

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path)["2024-01-01-".Length..];

    private void Post(string path, string frontMatter, string body = "Text.") => _posts[path] = $"---\n{frontMatter}\n---\n{body}\n";

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private string At(string path) => Path.Join(_temp.Path, path);
}
