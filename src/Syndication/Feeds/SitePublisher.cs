using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Feeds;

/// <summary>The steps from a catalog to what is published, the same for serve and build. One thread at a time.</summary>
internal sealed class SitePublisher(FeedOptions options, TemplateSet templates, OutputFolder output)
{
    /// <summary>How many of the newest posts the landing page lists.</summary>
    public const int PostsOnLanding = 20;

    private readonly RenderCache _cache = new();
    private readonly PostRenderer _renderer = new();
    private readonly PageBuilder _pages = new(templates);
    private readonly SiteWriter _writer = new(output, new PageBuilder(templates));

    /// <summary>What could not be written for the current catalog.</summary>
    public ImmutableArray<Problem> Problems => _writer.Problems;

    /// <summary>Reads templates that are new or changed; see <see cref="TemplateSet.Refresh"/>.</summary>
    public ImmutableArray<Problem> RefreshTemplates(out bool changed)
    {
        string before = _pages.Version;
        ImmutableArray<Problem> problems = templates.Refresh(PageBuilder.LandingTemplate, PageBuilder.PostTemplate);
        changed = before != _pages.Version;
        return problems;
    }

    /// <summary>Renders what the feeds show.</summary>
    public FeedSet Build(PostCatalog catalog) => FeedSet.Build(catalog, options, _cache, _renderer);

    public byte[] Landing(FeedSet set) =>
        _pages.Landing(set.Site, set.Newest.Take(PostsOnLanding).Select(n => (n.Post, n.Rendered.ExcerptText)));

    /// <summary>The feeds as they lie in the output folder; empty unless all are there.</summary>
    public ImmutableArray<(FeedDefinition Definition, byte[] Bytes)> ReadBack(SiteDefinition site)
    {
        ImmutableArray<(FeedDefinition Definition, byte[]? Bytes)> feeds = [.. FeedDefinition.Of(site).Select(d => (d, output.Read(PageNames.Of(d.Path))))];
        return feeds.Any(f => f.Bytes is null) ? [] : [.. feeds.Select(f => (f.Definition, f.Bytes!))];
    }

    /// <summary>The landing page as it lies in the output folder; empty when there is none.</summary>
    public byte[] ReadBackLanding() => output.Read(SiteWriter.LandingName) ?? [];

    /// <summary>Writes the pages of the newest posts, so that no feed leads to a page that is not there.</summary>
    public void WriteNewestPages(FeedSet set)
    {
        _writer.Begin();
        if (set.Site.ServesPages)
        {
            foreach ((Post post, RenderedPost rendered) in set.Newest)
            {
                _writer.WritePage(set.Site, post, () => rendered);
            }
        }
    }

    public void WriteFeeds(FeedSet set) => _writer.WriteFeeds(set);

    /// <summary>Writes all other pages, and removes what is no more published.</summary>
    /// <param name="catalog">The catalog that the set was built from.</param>
    /// <param name="set">What <see cref="Build"/> gave.</param>
    /// <param name="landing">What <see cref="Landing"/> gave.</param>
    /// <param name="isStale">Asked between pages: whether a newer catalog is there, to which the rest is left.</param>
    /// <returns>The files to be served; null when it became stale.</returns>
    public FrozenDictionary<string, PublishedFile>? WriteRest(PostCatalog catalog, FeedSet set, byte[] landing, Func<bool> isStale)
    {
        if (set.Site.ServesPages)
        {
            foreach (Post post in catalog.Published.AsSpan()[set.Newest.Length..])
            {
                if (isStale())
                {
                    return null;
                }

                _writer.WritePage(set.Site, post, () => _renderer.Render(post, catalog));
            }
        }

        _writer.WriteLanding(landing);
        return _writer.Finish();
    }
}
