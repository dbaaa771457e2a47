using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Fluid.Values;
using Syndication.Posts;

namespace Syndication.Content.Liquid;

/// <summary>The published posts as templates walk through them: the newest first, by category and by tag, and which is beside which.</summary>
internal sealed class PostOrder
{
    private static readonly ConditionalWeakTable<PostCatalog, PostOrder> OfCatalogs = [];

    private const int MostRelated = 10;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _excerpts = new(StringComparer.Ordinal);
    private readonly Lazy<MarkdownDialect> _dialect;
    private readonly Lazy<FluidValue> _categories;
    private readonly Lazy<FluidValue> _tags;
    private readonly FluidValue[] _posts;

    private PostOrder(PostCatalog catalog)
    {
        // A value of its own for each catalog, made once: a body may ask for it in every line.
        _dialect = new(() => new MarkdownDialect(DialectOptions.Of(catalog.Site)));
        _posts = [.. catalog.Published.Select(p => LiquidValues.Of(p, catalog.Site, () => this))];
        for (int i = 0; i < catalog.Published.Length; i++)
        {
            _places[catalog.Published[i].Path] = i;
        }

        Posts = new ArrayValue(_posts);
        _categories = new(() => Grouped(catalog, p => p.Categories));
        _tags = new(() => Grouped(catalog, p => p.Tags));
    }

    public FluidValue Posts { get; }

    public FluidValue Categories => _categories.Value;

    public FluidValue Tags => _tags.Value;

    public static PostOrder Of(PostCatalog catalog) => OfCatalogs.GetValue(catalog, c => new PostOrder(c));

    /// <summary>What stands before a post's separator, as HTML; null where there is none, or where it has Liquid, which only its own page can fill in.</summary>
    public string? Excerpt(Post post) => _excerpts.GetOrAdd(post.Path, _ => Excerpted(post));

    /// <summary>The post that stands so many places after this one, the newest being first; nil where there is none.</summary>
    public FluidValue Beside(Post post, int distance) =>
        _places.TryGetValue(post.Path, out int place) && place + distance >= 0 && place + distance < _posts.Length
            ? _posts[place + distance]
            : NilValue.Instance;

    /// <summary>The ten newest of the others.</summary>
    public FluidValue Others(Post post) => new ArrayValue(
        [.. _posts.Where((_, place) => !_places.TryGetValue(post.Path, out int own) || place != own).Take(MostRelated)]);

    private string? Excerpted(Post post)
    {
        string head = post.ExcerptSeparator.Length == 0 ? "" : JekyllExcerpt.Of(post.Body, post.ExcerptSeparator);
        bool isPlain = !head.Contains("{{", StringComparison.Ordinal) && !head.Contains("{%", StringComparison.Ordinal);
        bool isReadable = post.ExcerptSeparator.Length > 0 && isPlain && BodyCost.Excess(head) is null;
        try
        {
            return !isReadable ? null : post.Markup == PostMarkup.Html ? head : _dialect.Value.Html(head);
        }
        catch (ArgumentException)
        {
            // Nested too deeply, which costs the post that asks no more than this.
            return null;
        }
    }

    private DictionaryValue Grouped(PostCatalog catalog, Func<Post, IEnumerable<string>> labels)
    {
        Dictionary<string, List<FluidValue>> groups = new(StringComparer.Ordinal);
        for (int i = 0; i < _posts.Length; i++)
        {
            foreach (string label in labels(catalog.Published[i]))
            {
                if (!groups.TryGetValue(label, out List<FluidValue>? group))
                {
                    groups[label] = group = [];
                }

                group.Add(_posts[i]);
            }
        }

        // Jekyll meets the oldest first: the order of its labels.
        IEnumerable<string> inOrder = catalog.Published.Reverse().SelectMany(labels).Distinct(StringComparer.Ordinal);
        return new DictionaryValue(new LazyMap([.. inOrder], label => groups.TryGetValue(label, out List<FluidValue>? group) ? new ArrayValue(group) : null));
    }
}
