using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>
/// Writes what is published into the output folder: feeds, and for a site without one of its own pages with their images.
/// A file that cannot be written costs only itself, and what was last written under its name stays. One thread at a time.
/// </summary>
internal sealed class SiteWriter(OutputFolder output, PageBuilder pages)
{
    private readonly SiteImages _images = new();
    private readonly SortedDictionary<string, Problem> _failures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Problem> _warnings = new(StringComparer.Ordinal);

    /// <summary>Files of the current catalog by name, with their keys.</summary>
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);

    private PagePlan? _plan;

    /// <summary>Media types of the pages with older posts of feeds, by name.</summary>
    private Dictionary<string, string> _archives = new(StringComparer.Ordinal);
    private bool _hasDiskFailed;

    /// <summary>What could not be made or written since <see cref="Begin"/>.</summary>
    public ImmutableArray<Problem> Failures => [.. _failures.Values];

    /// <summary>Files of somebody else where one of ours was to be.</summary>
    public ImmutableArray<Problem> Warnings => [.. _warnings.Values];

    /// <summary>Whether writing the same again could give more: the disk failed, or a file that a page shows has come or changed.</summary>
    public bool IsWorthAnotherTry => _hasDiskFailed || _images.HaveChanged;

    /// <summary>Forgets what the last catalog had; its files stay until <see cref="Finish"/>.</summary>
    public void Begin(FeedSet set)
    {
        _current.Clear();
        _failures.Clear();
        _warnings.Clear();
        _hasDiskFailed = false;
        _images.Forget();
        _plan = set.Pages;
        _archives = set.Plan.Archives.SelectMany(page => page.Formats).ToDictionary(page => PageNames.Of(page.Path), page => page.ContentType, StringComparer.Ordinal);
        IEnumerable<string> feeds = set.Plan.Names.Where(name => name is not (PageNames.Landing or OutputFolder.ListName));
        Try(".", () => output.Announce(set.Site.ServesPages ? [.. feeds, PageNames.Landing, .. set.Pages.Names] : feeds));
    }

    /// <summary>Writes feeds that are in memory.</summary>
    public void WriteFeeds(ImmutableArray<MadeFeed> feeds)
    {
        foreach (MadeFeed feed in feeds)
        {
            string name = PageNames.Of(feed.Definition.Path);
            TryFile(name, name, () => Write(name, feed.Hash, feed.Read()!, []));
        }
    }

    /// <summary>Writes feeds bit by bit, at once, those formats apart where what lies there was made of the same.</summary>
    public void WriteFeeds(FeedSet set, IReadOnlyList<FilledFeed> feeds)
    {
        List<OpenFeed> open = [];
        try
        {
            foreach (FilledFeed feed in feeds)
            {
                Open(set, feed, open);
            }

            // What each does to its own files alone is done by several threads; the folder and what is known of it are this thread's.
            Parallel.ForEach(open, one => one.Failure = one.Write(set));
            foreach (OpenFeed one in open)
            {
                foreach ((_, NewFile file) in one.Files)
                {
                    TryFile(file.Name, file.Name, () => _current[file.Name] = one.Failure is null ? output.Take(file, one.Source) : throw new IOException(one.Failure));
                }
            }
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
    }

    /// <summary>The hash of a feed's bytes as they were last written, and whether there are any.</summary>
    public string? HashOf(string name) => _current.GetValueOrDefault(name) is string key ? HashIn(key) : null;

    /// <summary>Whether a name is that of a file of the current catalog.</summary>
    public bool Has(string name) => _current.ContainsKey(name);

    /// <summary>Keeps a file as it lies there; false when it does not.</summary>
    public bool TryRetain(string name)
    {
        Retain(name);
        return _current.ContainsKey(name);
    }

    /// <summary>See <see cref="OutputFolder.Take"/>.</summary>
    private static string HashIn(string key) => key.Split('.')[^1];

    private void Open(FeedSet set, FilledFeed feed, List<OpenFeed> open)
    {
        OpenFeed one = new(feed, set.KeyOf(feed));
        open.Add(one);
        foreach (FeedDefinition definition in feed.Plan.Formats)
        {
            string name = PageNames.Of(definition.Path);
            if (output.HasOf(name, one.Source) is string key)
            {
                _current[name] = key;
            }
            else
            {
                TryFile(name, name, () => one.Files.Add((definition, output.Create(name))));
            }
        }
    }

    /// <summary>Writes a post's page with its images, unless what lies there was made of the same, or the post has no page.</summary>
    public void WritePage(Post post, RenderPass renderings)
    {
        SiteDefinition site = renderings.Catalog.Site;
        if (_plan!.NameOf(post) is not string name || _current.ContainsKey(name))
        {
            return;
        }

        TryFile(post.Path, name, () =>
        {
            KeptRendering rendering = renderings.Of(post);
            string key = pages.KeyOf(site, post, rendering);
            if (output.Find(name, key) is WrittenFile written)
            {
                _current[name] = key;
                CopyImages(site, SiteImages.Shown(site, written.Needs));
            }
            else
            {
                RenderedPost rendered = renderings.Read(post, rendering);
                ImmutableArray<string> images = SiteImages.Shown(site, rendered.LocalFiles);
                CopyImages(site, images);
                WriteOwn(name, key, pages.Post(site, post, rendered), images);
            }
        });
    }

    /// <summary>Writes a page, unless what lies there was made of the same.</summary>
    /// <param name="name">Its name below the output folder.</param>
    /// <param name="key">What it depends on.</param>
    /// <param name="make">Makes it.</param>
    public void WritePage(string name, string key, Func<byte[]> make) => TryFile(name, name, () =>
    {
        if (output.Find(name, key) is not null)
        {
            _current[name] = key;
        }
        else
        {
            WriteOwn(name, key, make(), []);
        }
    });

    /// <summary>Writes a page that is in memory.</summary>
    /// <param name="name">Its name below the output folder.</param>
    /// <param name="page">Null keeps the page that lies there.</param>
    public void WritePage(string name, byte[]? page)
    {
        if (page is null)
        {
            Retain(name);
        }
        else
        {
            TryFile(name, name, () => WriteOwn(name, FeedBytes.Hash(page), page, []));
        }
    }

    /// <summary>Removes what is no more published. To be called when all of the catalog was written, and only then.</summary>
    public void Finish() => Try(".", () => output.Finish(_current.Keys.ToFrozenSet(StringComparer.Ordinal)));

    /// <summary>The files to be served.</summary>
    /// <param name="withEarlier">Also those of the last catalog, for as long as not all of this one was written.</param>
    public FrozenDictionary<string, PublishedFile> Files(bool withEarlier)
    {
        Dictionary<string, PublishedFile> files = new(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, string>> earlier = withEarlier ? output.Files.Select(f => KeyValuePair.Create(f.Key, f.Value.Key)) : [];
        foreach ((string name, string key) in earlier.Concat(_current))
        {
            PublishedFile file = _archives.TryGetValue(name, out string? archive)
                ? new(output.TryAbsolute(name)!, archive, HashIn(key))
                : new(output.TryAbsolute(name)!, PageNames.MediaTypeOf(name), key);
            files[$"/{name}"] = file;
            if (name.EndsWith("/" + PageNames.Landing, StringComparison.Ordinal))
            {
                files[$"/{name[..^PageNames.Landing.Length]}"] = file;
            }
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Does what may fail; a failure is kept as a problem.</summary>
    /// <param name="what">What it is about: a file of the site or of the output folder.</param>
    /// <param name="work">What may fail.</param>
    /// <returns>Whether it succeeded.</returns>
    public bool Try(string what, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _hasDiskFailed = true;
            _failures[what] = Problem.Error(what, null, $"cannot be written: {e.Message}");
        }
        catch (DataFormatException e)
        {
            // A template fails for all pages in one way, which is one problem.
            _failures[e.Message] = Problem.Error("templates", e.Line, e.Message);
        }

        return false;
    }

    private void TryFile(string what, string name, Action write)
    {
        if (!Try(what, write))
        {
            Retain(name);
        }
    }

    /// <summary>Keeps a file of an earlier catalog, with what it shows.</summary>
    private void Retain(string name)
    {
        if (!_current.ContainsKey(name) && output.Find(name) is WrittenFile written)
        {
            _current[name] = written.Key;
            foreach (string need in written.Needs)
            {
                Retain(need);
            }
        }
    }

    private void CopyImages(SiteDefinition site, ImmutableArray<string> files)
    {
        foreach (string file in files.Where(file => !_current.ContainsKey(file) && !_plan!.IsReserved(file)))
        {
            TryFile(file, file, () =>
            {
                (FileInfo source, string key) = _images.Look(site, file);
                if (key.Length == 0)
                {
                    // Not there, or not there any more: the page that shows it would be no better for its going.
                    Retain(file);
                }
                else if (output.Find(file, key) is not null)
                {
                    _current[file] = key;
                }
                else
                {
                    WriteOwn(file, key, File.ReadAllBytes(source.FullName), []);
                }
            });
        }
    }

    private void WriteOwn(string name, string key, byte[] bytes, ImmutableArray<string> needs)
    {
        if (output.IsForeign(name) && !output.Has(name, bytes))
        {
            _warnings[name] = Problem.Warning(name, null, "in the output folder was not written by Syndication, and stays as it is");
        }
        else
        {
            Write(name, key, bytes, needs);
        }
    }

    private void Write(string name, string key, byte[] bytes, ImmutableArray<string> needs)
    {
        output.Write(name, key, bytes, needs);
        _current[name] = key;
    }

    /// <summary>Formats of a feed on their way into the folder.</summary>
    private sealed class OpenFeed(FilledFeed feed, string source) : IDisposable
    {
        public string Source => source;

        public List<(FeedDefinition Definition, NewFile File)> Files { get; } = [];

        /// <summary>Why they could not be written.</summary>
        public string? Failure { get; set; }

        public string? Write(FeedSet set)
        {
            try
            {
                if (Files.Count > 0)
                {
                    set.Write(feed, [.. Files.Select(file => (file.Definition, file.File.Stream))]);
                }

                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return e.Message;
            }
        }

        public void Dispose() => Files.ForEach(file => file.File.Dispose());
    }
}
