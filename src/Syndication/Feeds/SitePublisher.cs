using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Feeds;

/// <summary>The steps from a catalog to what is published, the same for serve and build, in the order in which they stand here. One thread at a time.</summary>
internal sealed class SitePublisher
{
    /// <summary>How many of the newest posts the landing page lists.</summary>
    public const int PostsOnLanding = 20;

    private readonly FeedOptions _options;
    private readonly TemplateSet _templates;
    private readonly OutputFolder _output;
    private readonly RenderCache _cache;
    private readonly PageBuilder _pages;
    private readonly SiteWriter _writer;

    public SitePublisher(FeedOptions options, TemplateSet templates, OutputFolder output, RenderCache cache)
    {
        (_options, _templates, _output, _cache) = (options, templates, output, cache);
        _pages = new PageBuilder(templates);
        _writer = new SiteWriter(output, _pages);
    }

    /// <summary>What could not be made or written for the current catalog; the last good files stay.</summary>
    public ImmutableArray<Problem> Failures => _writer.Failures;

    /// <summary>Files of somebody else in the output folder.</summary>
    public ImmutableArray<Problem> Warnings => _writer.Warnings;

    /// <inheritdoc cref="SiteWriter.IsWorthAnotherTry"/>
    public bool IsWorthAnotherTry => _writer.IsWorthAnotherTry;

    /// <summary>Reads templates that are new or changed; see <see cref="TemplateSet.Refresh"/>.</summary>
    public ImmutableArray<Problem> RefreshTemplates(out bool changed)
    {
        string before = _pages.Version;
        ImmutableArray<Problem> problems = _templates.Refresh([.. PageBuilder.Templates]);
        changed = before != _pages.Version;
        return problems;
    }

    /// <summary>The feeds as they lie in the output folder; empty unless all are there.</summary>
    public ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> ReadBack(SiteDefinition site)
    {
        ImmutableArray<(FeedDefinition Definition, byte[]? Bytes)> feeds = [.. FeedDefinition.Of(site).Select(d => (d, _output.Read(PageNames.Of(d.Path))))];
        return feeds.Any(f => f.Bytes is null) ? [] : [.. feeds.Select(f => (f.Definition, f.Bytes!))];
    }

    /// <summary>The pages of <see cref="MakePages"/> as they were written into the output folder; those that are not there are missing.</summary>
    public ImmutableDictionary<string, byte[]> ReadBackPages(SiteDefinition site) => NamesOf(site)
        .Select(page => (page.Name, Bytes: _output.Find(page.Name) is null ? null : _output.Read(page.Name)))
        .Where(page => page.Bytes is not null)
        .ToImmutableDictionary(page => page.Name, page => page.Bytes!, StringComparer.Ordinal);

    /// <summary>Renders what the feeds show.</summary>
    public FeedSet Build(PostCatalog catalog) => FeedSet.Build(catalog, _options, _cache);

    /// <summary>Whether a file of the site that one of the posts read while it was rendered is now another.</summary>
    public bool HaveFilesChanged(PostCatalog catalog) => _cache.HaveFilesChanged(catalog);

    /// <summary>The bytes of all feeds, before they have a date.</summary>
    public static ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> MakeFeeds(FeedSet set)
    {
        ImmutableArray<(FeedDefinition Definition, MemoryStream Stream)> feeds = [.. FeedDefinition.Of(set.Site).Select(d => (d, new MemoryStream()))];
        set.Write([.. feeds.Select(f => (f.Definition, (Stream)f.Stream))]);
        return [.. feeds.Select(f => (f.Definition, f.Stream.ToArray()))];
    }

    /// <summary>Writes the pages of the newest posts, so that no feed leads to a page that is not there.</summary>
    public void WriteNewestPages(FeedSet set)
    {
        _writer.Begin(set);
        foreach ((Post post, _) in set.Newest)
        {
            _writer.WritePage(post, set.Renderings);
        }
    }

    /// <summary>The pages that list the newest posts, by name; those whose template fails are missing.</summary>
    public ImmutableDictionary<string, byte[]> MakePages(FeedSet set)
    {
        ImmutableArray<(Post Post, string Excerpt)> newest =
            [.. set.Newest.Take(PostsOnLanding).Select(n => (n.Post, set.Renderings.Read(n.Post, n.Rendering).ExcerptText))];
        Dictionary<string, byte[]> pages = new(StringComparer.Ordinal);
        foreach ((string name, string template) in NamesOf(set.Site))
        {
            _writer.Try(name, () => pages[name] = _pages.Listing(template, set.Site, newest));
        }

        return pages.ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>The files to be served until all are written: those of the output folder.</summary>
    public FrozenDictionary<string, PublishedFile> FilesSoFar() => _writer.Files(withEarlier: true);

    /// <summary>Writes feeds that are in memory.</summary>
    public void WriteFeeds(ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> feeds) => _writer.WriteFeeds(feeds);

    /// <summary>Writes the feeds without having them in memory.</summary>
    public void WriteFeeds(FeedSet set) => _writer.WriteFeeds(set);

    /// <summary>Writes all other pages, and removes what is no more published.</summary>
    /// <param name="catalog">The catalog that the set was built from.</param>
    /// <param name="set">What <see cref="Build"/> gave.</param>
    /// <param name="pages">What <see cref="MakePages"/> gave; a site with pages of its own has a front page of its own.</param>
    /// <param name="isStale">Asked between pages: whether a newer catalog is there, to which the rest is left.</param>
    /// <returns>The files to be served; null when it became stale.</returns>
    public FrozenDictionary<string, PublishedFile>? WriteRest(PostCatalog catalog, FeedSet set, ImmutableDictionary<string, byte[]> pages, Func<bool> isStale)
    {
        if (set.Site.ServesPages)
        {
            HashSet<string> written = [.. set.Newest.Select(n => n.Post.Path)];
            foreach (Post post in catalog.Published.Where(post => !written.Contains(post.Path)))
            {
                if (isStale())
                {
                    return null;
                }

                _writer.WritePage(post, set.Renderings);
            }
        }

        foreach ((string name, _) in NamesOf(set.Site).Where(page => set.Site.ServesPages || page.Name != PageNames.Landing))
        {
            _writer.WritePage(name, pages.GetValueOrDefault(name));
        }

        _writer.Finish();
        return _writer.Files(withEarlier: false);
    }

    private static ImmutableArray<(string Name, string Template)> NamesOf(SiteDefinition site) =>
        [(PageNames.Landing, PageBuilder.LandingTemplate), (PageNames.Of(FeedDefinition.ReadablePathOf(site)), PageBuilder.FeedTemplate)];
}
