using System.Collections.Immutable;
using System.Text.Json;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>A variant's text, or why there is none.</summary>
/// <param name="Text">Null when all of its posts were withdrawn.</param>
/// <param name="Key">The same key means the same text.</param>
/// <param name="Edition">The edition.</param>
/// <param name="Newsletter">Its newsletter as configured now.</param>
/// <param name="Site">The site as configured now.</param>
/// <param name="Posts">Ids of the posts that it has something of.</param>
internal sealed record VariantText(ComposedVariant? Text, string Key, Edition Edition, Newsletter Newsletter, SiteDefinition Site, ImmutableArray<string> Posts);

/// <summary>
/// The text of each variant: composed when its first row falls due, then frozen in the store, so that later edits change nothing. A
/// post that was withdrawn meanwhile is left out. For any number of threads.
/// </summary>
internal sealed class VariantTexts(EditionStore editions, EditionComposer composer, PostCatalogSource catalogs, NewsletterRules newsletters)
{
    /// <summary>How many texts, or mails made of them, are kept at hand: more than are sent at a time.</summary>
    public const int KeptAtHand = 64;

    private readonly PostRenderer _renderer = new();

    /// <summary>The last text of a variant with the catalog it was made for, which it does not keep alive: thousands of rows ask for the same one.</summary>
    private readonly LastUsed<(long Edition, int Variant), (WeakReference<PostCatalog> Catalog, VariantText Text)> _texts = new(KeptAtHand);

    /// <param name="editionId">The edition.</param>
    /// <param name="variant">Its variant.</param>
    /// <param name="stop">Cancels.</param>
    /// <returns>
    /// Null while the posts are not read, or one of the variant cannot be read or is missing, and it is not known whether it is gone;
    /// and where the clock was set back to before it was to be seen.
    /// </returns>
    /// <exception cref="DataFormatException">A template cannot be rendered.</exception>
    public async Task<VariantText?> GetAsync(long editionId, int variant, CancellationToken stop)
    {
        if (catalogs.Current is not { IsSettled: true } catalog)
        {
            return null;
        }

        bool isKnown = _texts.TryGet((editionId, variant), out (WeakReference<PostCatalog> Catalog, VariantText Text) last);
        if (isKnown && last.Catalog.TryGetTarget(out PostCatalog? seen) && ReferenceEquals(seen, catalog))
        {
            return last.Text;
        }

        if (await editions.FindAsync(editionId, stop) is not Edition edition)
        {
            return null;
        }

        Newsletter newsletter = newsletters.DefaultOf(catalog.Site);
        Variant found = await editions.VariantAsync(edition.Id, variant, stop);
        ImmutableDictionary<long, Release> releases = (await editions.Releases.AllAsync(edition.Newsletter, stop)).ToImmutableDictionary(r => r.Number);
        if (found.Posts.Any(n => catalog.Unread.Contains(releases[n].PostId) || IsAheadOfClock(releases[n], catalog)))
        {
            return null;
        }

        ImmutableArray<News> news = [.. found.Posts.Select(n => releases[n]).Select(r => NewsOf(r, catalog)).OfType<News>()];
        string key = $"{edition.Id}/{variant}/{string.Join(' ', news.Select(n => n.Key))}";
        if (isKnown && last.Text.Key == key)
        {
            _texts.Set((editionId, variant), (new(catalog), last.Text));
            return last.Text;
        }

        ComposedVariant? text = news.IsEmpty ? null
            : news.Length < found.Posts.Length ? Compose(edition, newsletter, catalog, news)
            : Read((await editions.ComposeAsync(edition.Id, variant, found.Composed ?? Write(Compose(edition, newsletter, catalog, news)), stop)).Composed!);
        VariantText made = new(text, key, edition, newsletter, catalog.Site, [.. news.Select(n => n.Post.Id)]);
        _texts.Set((editionId, variant), (new(catalog), made));
        return made;
    }

    /// <summary>Whether a post of a text was withdrawn since it was made. Costs no query.</summary>
    public bool HasWithdrawn(VariantText text) =>
        catalogs.Current is { IsSettled: true } catalog && text.Posts.Any(id => catalog.FindById(id) is null && !catalog.Unread.Contains(id));

    /// <summary>Whether a post is not to be seen for nothing but its date, which had come when it was released: nobody withdrew it.</summary>
    private static bool IsAheadOfClock(Release release, PostCatalog catalog) =>
        catalog.FindById(release.PostId) is null
        && catalog.Waiting(catalog.At).Any(post => post.Id == release.PostId && post.ShownFrom <= release.ReleasedAt);

    /// <summary>Null when the post was withdrawn; its correction then says nothing to anybody.</summary>
    private static News? NewsOf(Release release, PostCatalog catalog) =>
        catalog.FindById(release.PostId) is Post post ? new News(post, release.Correction) : null;

    private ComposedVariant Compose(Edition edition, Newsletter newsletter, PostCatalog catalog, ImmutableArray<News> news) => composer.Compose(new EditionContent
    {
        Site = catalog.Site,
        Newsletter = newsletter,
        Cadence = edition.Cadence,
        Key = edition.Key,
        Slot = edition.Slot,
        Posts = [.. news.Where(n => n.Correction is null).Select(n => (n.Post, _renderer.Render(n.Post, catalog)))],
        Corrections = [.. news.Where(n => n.Correction is not null).Select(n => (n.Post, n.Correction!))],
    });

    private static string Write(ComposedVariant text) => JsonSerializer.Serialize(text);

    private static ComposedVariant Read(string text) => JsonSerializer.Deserialize<ComposedVariant>(text)!;
}
