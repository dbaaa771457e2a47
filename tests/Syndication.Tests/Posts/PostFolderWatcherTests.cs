using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Posts;

/// <summary>The watcher over a real folder and a real database; only the clock is the test's.</summary>
public sealed class PostFolderWatcherTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2030-01-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly PostCatalogSource _catalogs = new();
    private readonly LogLines _log = new();
    private readonly string _posts;
    private TestDatabase? _place;
    private Database? _database;
    private PostFolderWatcher? _watcher;

    public PostFolderWatcherTests() => _posts = Directory.CreateDirectory(Path.Join(_temp.Path, "posts")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<string> Titles => _catalogs.Current!.Published.Select(p => p.Title).Order();

    public async ValueTask InitializeAsync()
    {
        _place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        _database = await _place.OpenAsync(DatabaseUse.Serve);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _database!.DisposeAsync();
        await _place!.DisposeAsync();
    }

    public void Dispose()
    {
        _catalogs.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task APostThatIsSavedIsInTheCatalogOnceItsFileIsStill()
    {
        await StartAsync();
        Write("a.md", "First.");

        await Until(() => Titles.SequenceEqual(["A"]));
    }

    [Fact]
    public async Task AFolderThatIsMovedInBringsItsPosts()
    {
        string elsewhere = Directory.CreateDirectory(Path.Join(_temp.Path, "elsewhere")).FullName;
        File.WriteAllText(Path.Join(elsewhere, "b.md"), "Second.");
        await StartAsync();
        Directory.Move(elsewhere, Path.Join(_posts, "moved"));

        await Until(() => Titles.SequenceEqual(["B"]));
    }

    [Fact]
    public async Task AFolderThatIsMovedOutTakesItsPostsAlongAfterTheTwoScans()
    {
        Write("sub/a.md", "First.");
        Write("b.md", "Second.");
        await StartAsync();
        Directory.Move(Path.Join(_posts, "sub"), Path.Join(_temp.Path, "out"));

        await Until(() => Titles.SequenceEqual(["B"]));
    }

    [Fact]
    public async Task ARootThatVanishesChangesNothingAndIsOneLine()
    {
        Write("a.md", "First.");
        await StartAsync();
        PostCatalog before = _catalogs.Current!;
        Directory.Move(_posts, _posts + "-away");
        await Until(() => _log.Lines.Any(l => l.Contains("is not there", StringComparison.Ordinal)));
        await Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["A"], Titles);
        Assert.Single(_log.Lines, l => l.Contains("is not there", StringComparison.Ordinal));
        Directory.Move(_posts + "-away", _posts);
        Write("b.md", "Second.");

        await Until(() => Titles.SequenceEqual(["A", "B"]));
        Assert.Equal(before.Published[0].Id, _catalogs.Current!.Published.Single(p => p.Title == "A").Id);
    }

    [Fact]
    public async Task AnEmptyFolderInPlaceOfThePostsIsHeldUntilItIsConfirmed()
    {
        Write("a.md", "First.");
        await StartAsync();
        Directory.Move(_posts, _posts + "-away");
        Directory.CreateDirectory(_posts);
        await Until(() => _catalogs.Current!.Hold is not null);
        await Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["A"], Titles);
        PostStore store = new(_database!);
        Assert.NotNull(await store.LoadRemovalsHeldAsync(Stop));

        await store.ConfirmRemovalsAsync(_time.GetUtcNow(), Stop);

        await Until(() => !Titles.Any());
        Assert.Null(await store.LoadRemovalsHeldAsync(Stop));
    }

    [Fact]
    public async Task AFuturePostIsPublishedWhenItsTimeComes()
    {
        await StartAsync();
        Write("a.md", "---\ndate: 2030-01-01 12:05:00 +0000\n---\nLater.");
        await Until(() => _log.Lines.Any(l => l.StartsWith("'A' waits until 2030-01-01 12:05 +00:00 (in ", StringComparison.Ordinal)));
        Assert.Empty(Titles);

        await Until(() => Titles.Any());

        Assert.True(_time.GetUtcNow() >= new DateTimeOffset(2030, 1, 1, 12, 5, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task ARestartKeepsIdsAndBelievesARemovalMeanwhileOnlyAfterTwoScans()
    {
        Write("a.md", "First.");
        Write("b.md", "Second.");
        await StartAsync();
        string id = _catalogs.Current!.Published.Single(p => p.Title == "A").Id;
        await StopAsync();
        File.Move(Path.Join(_posts, "a.md"), Path.Join(_posts, "renamed.md"));
        File.Delete(Path.Join(_posts, "b.md"));

        await StartAsync();

        Assert.False(_catalogs.Current!.IsSettled);
        Assert.Equal(id, Assert.Single(_catalogs.Current.Published).Id);
        await Until(() => _catalogs.Current!.IsSettled);
    }

    [Fact]
    public async Task ABrokenPostIsOneLineHoweverOftenItIsLookedAt()
    {
        Write("a.md", "---\ntitle: [\n---\nBroken.");
        await StartAsync();
        await Advance(TimeSpan.FromMinutes(2));

        Assert.Single(_log.Lines, l => l.StartsWith("a.md:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConfirmationFromBeforeIsNotHeeded()
    {
        Write("a.md", "First.");
        await StartAsync();
        await new PostStore(_database!).ConfirmRemovalsAsync(_time.GetUtcNow(), Stop);
        await Advance(TimeSpan.FromSeconds(10));
        Directory.Move(_posts, _posts + "-away");
        Directory.CreateDirectory(_posts);
        await Until(() => _catalogs.Current!.Hold is not null);
        await Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["A"], Titles);
    }

    [Fact]
    public async Task AtStartAFileThatIsJustBeingWrittenIsWaitedFor()
    {
        Write("a.md", "---\ntitle: A\n---\nFirst.");
        await StartAsync();
        await StopAsync();
        Write("a.md", "---\ntitle: [");
        File.SetLastWriteTimeUtc(Path.Join(_posts, "a.md"), _time.GetUtcNow().UtcDateTime);
        await StartAsync();
        Assert.False(_catalogs.Current!.IsSettled);
        Assert.Empty(_catalogs.Current.Problems);
        Write("a.md", "---\ntitle: [A]\n---\nFirst.");

        await Until(() => _catalogs.Current!.IsSettled);
        await Until(() => Titles.Any());
    }

    [Fact]
    public async Task AFolderThatIsLinkedInIsNotFollowed()
    {
        string elsewhere = Directory.CreateDirectory(Path.Join(_temp.Path, "elsewhere")).FullName;
        File.WriteAllText(Path.Join(elsewhere, "b.md"), "Second.");
        await StartAsync();
        Directory.CreateSymbolicLink(Path.Join(_posts, "linked"), elsewhere);
        Write("a.md", "First.");
        await Until(() => Titles.Any());
        File.WriteAllText(Path.Join(_posts, "linked", "c.md"), "Third.");
        await Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(["A"], Titles);
    }

    [Fact]
    public async Task AnEditorsFileIsNoPostHoweverItIsFound()
    {
        await StartAsync();
        Write("~tmp.md", "Temporary.");
        Write("#auto.md", "Saved.");
        Write("a.md", "First.");
        await Until(() => Titles.Contains("A"));
        await Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(["A"], Titles);
    }

    [Fact]
    public async Task AnEditThatLeavesLengthAndTimeAsTheyWereIsSeen()
    {
        Write("a.md", "First.");
        await StartAsync();
        DateTime before = File.GetLastWriteTimeUtc(Path.Join(_posts, "a.md"));
        Write("a.md", "Other.");
        File.SetLastWriteTimeUtc(Path.Join(_posts, "a.md"), before);

        await Until(() => _catalogs.Current!.Published[0].Body == "Other.");
    }

    [Fact]
    public async Task WhileTheDatabaseFailsItIsTriedAgainOnlyAfterAWhile()
    {
        await StartAsync();
        Write("later.md", "---\ndate: 2030-01-01 12:00:20 +0000\n---\nLater.");
        await Until(() => _catalogs.Current!.NextChange is not null);
        await _database!.WriteAsync(t => TestSql.ExecuteAsync(t, "alter table posts rename to elsewhere"), Stop);
        Write("a.md", "First.");
        await Advance(TimeSpan.FromSeconds(60));
        Assert.InRange(_log.Lines.Count(l => l.Contains("could not be brought up to date", StringComparison.Ordinal)), 1, 13);

        await _database.WriteAsync(t => TestSql.ExecuteAsync(t, "alter table elsewhere rename to posts"), Stop);

        await Until(() => Titles.SequenceEqual(["A", "Later"]));
    }

    [Fact]
    public async Task AConfigurationThatIsEmptyForAMomentChangesNothing()
    {
        Write("_config.yml", "title: Blog\nurl: https://one.example\n");
        Write("_posts/2026-01-02-a.md", "---\ntitle: A\n---\nFirst.");
        await StartAsync();
        Write("_config.yml", "");
        await Advance(TimeSpan.FromSeconds(5));
        Write("_posts/2026-01-03-b.md", "---\ntitle: B\n---\nSecond.");
        await Until(() => Titles.SequenceEqual(["A", "B"]));
        Assert.All(_catalogs.Current!.Published, post => Assert.StartsWith("https://one.example/", post.Id, StringComparison.Ordinal));

        Write("_config.yml", "title: Blog\nurl: https://two.example\n");

        await Until(() => _catalogs.Current!.Site.Url.Host == "two.example");
        Assert.Single(_log.Lines, l => l.Contains("_config.yml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASectionThatIsWrittenChangedOrRemovedIsReadWithThePostsBelowIt()
    {
        Write("hugo.toml", "baseURL = 'https://one.example/'\n");
        Write("content/blog/a.md", "---\ndate: 2020-01-01\n---\nFirst.");
        await StartAsync();
        await Until(() => Titles.SequenceEqual(["A"]));

        Write("content/blog/_index.md", "---\ncascade: {title: Given}\n---\n");
        await Until(() => Titles.SequenceEqual(["Given"]));

        Write("content/blog/_index.md", "---\ncascade: {title: Other}\n---\n");
        await Until(() => Titles.SequenceEqual(["Other"]));

        File.Delete(Path.Join(_posts, "content/blog/_index.md"));
        await Until(() => Titles.SequenceEqual(["A"]));
    }

    [Fact]
    public async Task SectionsAreReadBeforeThePostsAreShown()
    {
        Write("hugo.toml", "baseURL = 'https://one.example/'\n");
        Write("content/blog/_index.md", "---\ncascade: {title: Given}\n---\n");
        Write("content/blog/a.md", "---\ndate: 2020-01-01\n---\nFirst.");
        foreach (string file in Directory.GetFiles(_posts, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await StartAsync();

        Assert.Equal(["Given"], Titles);
    }

    private async Task StartAsync()
    {
        SiteReading Read() => SiteReader.Read(new SiteRequest
        {
            Folder = _posts,
            FolderOrigin = SettingOrigin.Default("Site:Folder"),
            Options = new SiteOptions(),
            ListenUrl = new Uri("http://localhost:5080/"),
            SystemZone = TimeZoneInfo.Utc,
        });
        _watcher = new PostFolderWatcher(
            new PostLibrary(Read().Site!, Read, new PostsOptions(), "1"), _catalogs, new PostStore(_database!), _time, _log);
        await _watcher.StartAsync(Stop);
    }

    private async Task StopAsync()
    {
        if (_watcher is not null)
        {
            await _watcher.StopAsync(CancellationToken.None);
            _watcher.Dispose();
            _watcher = null;
        }
    }

    private void Write(string name, string text)
    {
        string file = Path.Join(_posts, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Moves the clock on in small steps, with the watcher's turns between them, until something holds.</summary>
    private async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 20_000 && !holds(); i++)
        {
            await Step();
        }

        Assert.True(holds(), string.Join('\n', _log.Lines));
    }

    private async Task Advance(TimeSpan time)
    {
        for (DateTimeOffset end = _time.GetUtcNow() + time; _time.GetUtcNow() < end;)
        {
            await Step();
        }
    }

    private async Task Step()
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));

        // Events come from the operating system in real time: give its threads a chance, whatever the test's clock says.
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Stop);
    }

    private sealed class LogLines : ILogger<PostFolderWatcher>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);
    }
}
