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
    private readonly TopicFeeds _topics;
    private readonly TopicFeeds _archives;

    public SitePublisher(FeedOptions options, TemplateSet templates, OutputFolder output, RenderCache cache)
    {
        (_options, _templates, _output, _cache) = (options, templates, output, cache);
        _pages = new PageBuilder(templates);
        _writer = new SiteWriter(output, _pages);
        _topics = new TopicFeeds(_writer, _pages);
        _archives = new TopicFeeds(_writer, _pages);
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
        ImmutableArray<Problem> problems = _templates.Refresh(PageBuilder.Templates);
        changed = before != _pages.Version;
        return problems;
    }

    /// <summary>The site's feeds as they lie in the output folder; empty unless all are there.</summary>
    public ImmutableArray<MadeFeed> ReadBack(SiteDefinition site)
    {
        ImmutableArray<(FeedDefinition Definition, byte[]? Bytes)> feeds =
            [.. FeedDefinition.Of(site).Append(FeedPlan.Outline).Select(d => (d, _output.Read(PageNames.Of(d.Path))))];
        return feeds.Any(f => f.Bytes is null && f.Definition.Format != FeedFormat.Opml) ? []
            : [.. feeds.Where(f => f.Bytes is not null).Select(f => MadeFeed.Of(f.Definition, f.Bytes!))];
    }

    /// <summary>The feeds of topics as they lie in the output folder.</summary>
    public ImmutableArray<MadeFeed> ReadBackTopics(PostCatalog catalog) =>
        TopicsOf(FeedPlan.Of(catalog, _options), name => _output.HasOf(name, source: null)?.Split('.')[^1], name => _output.Find(name) is not null);

    /// <summary>The pages of <see cref="MakePages"/> as they were written into the output folder; those that are not there are missing.</summary>
    public ImmutableDictionary<string, byte[]> ReadBackPages(SiteDefinition site) => NamesOf(site)
        .Select(page => (page.Name, Bytes: _output.Find(page.Name) is null ? null : _output.Read(page.Name)))
        .Where(page => page.Bytes is not null)
        .ToImmutableDictionary(page => page.Name, page => page.Bytes!, StringComparer.Ordinal);

    /// <summary>Renders what the feeds show.</summary>
    public FeedSet Build(PostCatalog catalog) => FeedSet.Build(catalog, _options, _cache);

    /// <summary>Whether a file of the site that one of the posts read while it was rendered is now another.</summary>
    public bool HaveFilesChanged(PostCatalog catalog) => _cache.HaveFilesChanged(catalog);

    /// <summary>The site's feeds, and the list of all feeds.</summary>
    public static ImmutableArray<MadeFeed> MakeFeeds(FeedSet set)
    {
        ImmutableArray<(FeedDefinition Definition, MemoryStream Stream)> feeds = [.. set.Plan.Site.Formats.Select(d => (d, new MemoryStream()))];
        set.Write(set.Own, [.. feeds.Select(f => (f.Definition, (Stream)f.Stream))]);
        return [.. feeds.Select(f => MadeFeed.Of(f.Definition, f.Stream.ToArray())), MakeOutline(set)];
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
        // Mostly the same posts, whose texts are read once.
        ImmutableArray<Post> newest = [.. set.Plan.Site.Posts.Take(PostsOnLanding)];
        ImmutableArray<Post> published = [.. set.Renderings.Catalog.Published.Take(PostsOnLanding)];
        Dictionary<Post, string> excerpts = new(ReferenceEqualityComparer.Instance);
        foreach ((Post post, KeptRendering rendering) in set.Newest.Take(PostsOnLanding)
            .Concat(published.Where(post => !newest.Contains(post)).Select(post => (post, set.Renderings.Of(post)))))
        {
            excerpts[post] = set.Renderings.Read(post, rendering).ExcerptText;
        }

        Dictionary<string, byte[]> pages = new(StringComparer.Ordinal);
        foreach ((string name, string template) in NamesOf(set.Site))
        {
            ImmutableArray<Post> shown = template == PageBuilder.LandingTemplate ? published : newest;
            _writer.Try(name, () => pages[name] = _pages.Listing(template, set.Site, set.Plan.Site, shown.Select(post => (post, excerpts[post]))));
        }

        return pages.ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>The files to be served until all are written: those of the output folder.</summary>
    public FrozenDictionary<string, PublishedFile> FilesSoFar() => _writer.Files(withEarlier: true);

    /// <summary>Writes feeds that are in memory.</summary>
    public void WriteFeeds(ImmutableArray<MadeFeed> feeds) => _writer.WriteFeeds(feeds);

    /// <summary>Writes the site's feeds without having them in memory, and the list of all.</summary>
    public void WriteFeeds(FeedSet set)
    {
        _writer.WriteFeeds(set, [set.Own]);
        _writer.WriteFeeds([MakeOutline(set)]);
    }

    /// <summary>Writes the feeds of topics; see <see cref="TopicFeeds.Write"/>.</summary>
    /// <returns>Null when it became stale.</returns>
    public ImmutableArray<MadeFeed>? WriteTopics(FeedSet set, Func<bool> isStale) => _topics.Write(set, set.Plan.Topics, isStale) ? TopicsOf(set.Plan, _writer.HashOf, _writer.Has) : null;

    /// <summary>Writes the pages with older posts of feeds and all other pages, and removes what is no more published.</summary>
    /// <param name="catalog">The catalog that the set was built from.</param>
    /// <param name="set">What <see cref="Build"/> gave.</param>
    /// <param name="pages">What <see cref="MakePages"/> gave; a site with pages of its own has a front page of its own.</param>
    /// <param name="isStale">Asked between pages: whether a newer catalog is there, to which the rest is left.</param>
    /// <returns>The files to be served; null when it became stale.</returns>
    public FrozenDictionary<string, PublishedFile>? WriteRest(PostCatalog catalog, FeedSet set, ImmutableDictionary<string, byte[]> pages, Func<bool> isStale)
    {
        if (!_archives.Write(set, [.. set.Plan.Archives], isStale))
        {
            return null;
        }

        if (set.Site.ServesPages)
        {
            foreach (Post post in catalog.Published)
            {
                if (isStale())
                {
                    return null;
                }

                _writer.WritePage(post, set.Renderings);
            }

            foreach ((string name, Post post) in set.Pages.Former)
            {
                _writer.WritePage(name, RedirectPage.Of(SiteUrls.Absolute(set.Site, post.Permalink).AbsoluteUri));
            }
        }

        foreach ((string name, _) in NamesOf(set.Site).Where(page => set.Site.ServesPages || page.Name != PageNames.Landing))
        {
            _writer.WritePage(name, pages.GetValueOrDefault(name));
        }

        _writer.Finish();
        return _writer.Files(withEarlier: false);
    }

    private static MadeFeed MakeOutline(FeedSet set)
    {
        using MemoryStream outline = new();
        OpmlWriter.Write(set.Plan, path => SiteUrls.Absolute(set.Site, path), outline);
        return MadeFeed.Of(FeedPlan.Outline, outline.ToArray());
    }

    private ImmutableArray<MadeFeed> TopicsOf(FeedPlan plan, Func<string, string?> hashOf, Func<string, bool> has) =>
    [
        .. plan.Topics.SelectMany(feed => feed.Formats.Select(format =>
        {
            string name = PageNames.Of(format.Path);
            string page = PageNames.Of(feed.Readable);
            return hashOf(name) is string hash
                ? new MadeFeed(format, hash, () => _output.Read(name), has(page) ? "/" + page : null) { IsPacked = true }
                : null;
        })).OfType<MadeFeed>(),
    ];

    private static ImmutableArray<(string Name, string Template)> NamesOf(SiteDefinition site) =>
        [(PageNames.Landing, PageBuilder.LandingTemplate), (PageNames.Of(FeedDefinition.ReadablePathOf(FeedDefinition.Of(site))), PageBuilder.FeedTemplate)];
}
