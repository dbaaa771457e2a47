using System.Collections.Immutable;
using System.Text;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>How a post's body is written.</summary>
internal enum PostMarkup
{
    Markdown,
    Html,
}

/// <summary>What the post itself says about being shown; whether its date has come is another question.</summary>
internal enum PostVisibility
{
    Shown,
    Draft,
    Hidden,
}

/// <summary>
/// One post, read from its file by the rules of the site's generator. Immutable. Until the catalog has decided its identity,
/// <see cref="Id"/> is empty.
/// </summary>
internal sealed record Post
{
    private readonly byte[] _body = [];
    private readonly DateTimeOffset? _shownFrom;

    /// <summary>The file below the site's root, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Front matter, after the generator's defaults for this path were applied.</summary>
    public required DataMap FrontMatter { get; init; }

    /// <summary>
    /// The text after the front matter, with line ends as line feeds. Kept as UTF-8, which is half as large, and made a string anew
    /// at each call: of thousands of posts only the newest are ever asked.
    /// </summary>
    public required string Body
    {
        get => Encoding.UTF8.GetString(_body);
        init => _body = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The line of the file at which <see cref="Body"/> begins, counted from 1.</summary>
    public required int BodyLine { get; init; }

    public required PostMarkup Markup { get; init; }

    public required PostVisibility Visibility { get; init; }

    /// <summary>The title as written; may hold markup and entities.</summary>
    public required string Title { get; init; }

    public required string Slug { get; init; }

    /// <summary>Publication date, in the site's zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Instant from which it is shown: its date, unless front matter has another for this (Hugo's publishDate).</summary>
    public DateTimeOffset ShownFrom
    {
        get => _shownFrom ?? Date;
        init => _shownFrom = value;
    }

    /// <summary>True when neither name nor front matter has a date: then <see cref="Date"/> is the date kept since the file was first seen.</summary>
    public bool IsUndated { get; init; }

    /// <summary>When front matter says that it was changed; else the publication date. Never the file's time.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Instant from which it is no longer shown (Hugo's expiryDate).</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Instant before which it is not mailed (front matter's send_at).</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Since when its file has been as it was read: its modification time at start, later the time at which it was read.</summary>
    public DateTimeOffset StillSince { get; init; }

    /// <summary>Path of the page on the site, beginning with a slash, percent-encoded as the generator does, without the site's own prefix.</summary>
    public required string Permalink { get; init; }

    /// <summary>Earlier paths of the page (redirect_from, aliases).</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Where its page was before, as the store knows.</summary>
    public ImmutableArray<string> Earlier { get; init; } = [];

    /// <summary>Where its page was, by its own word and by the store's.</summary>
    public IEnumerable<string> FormerPaths => Aliases.Concat(Earlier);

    public ImmutableArray<string> Categories { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>In the order of the post; empty = the site's author.</summary>
    public ImmutableArray<Author> Authors { get; init; } = [];

    public string? Language { get; init; }

    /// <summary>Front matter's description, plain text.</summary>
    public string? Description { get; init; }

    /// <summary>Front matter's excerpt or summary, in the post's own markup.</summary>
    public string? Excerpt { get; init; }

    /// <summary>The text that ends the excerpt in the body; empty = none.</summary>
    public string ExcerptSeparator { get; init; } = "";

    /// <summary>Front matter's image: a path on the site or an absolute URL.</summary>
    public string? Image { get; init; }

    /// <summary>True when the feed carries only this post's excerpt (jekyll-feed's feed.excerpt_only).</summary>
    public bool ExcerptOnly { get; init; }

    /// <summary>False when the post keeps itself out of all feeds (feed: false); its page stays.</summary>
    public bool IsInFeeds { get; init; } = true;

    /// <summary>Hugo: the folders down to the section that it is in, with slashes between them; null outside of all.</summary>
    public string? Section { get; init; }

    /// <summary>Front matter's id or guid, when it is an absolute IRI.</summary>
    public string? DeclaredId { get; init; }

    /// <summary>The id that the replaced tool would have written: jekyll-feed's, else the permalink, absolute.</summary>
    public required string DerivedId { get; init; }

    /// <summary>The id where another post has the derived one: jekyll-feed's is not unique.</summary>
    public string? SecondId { get; init; }

    /// <summary>Hash of the body: the same for a file that was only moved, renamed or given other front matter. Empty for an empty body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Hash of the file's bytes, the site's configuration and the renderer's version: the same key means the same rendering.</summary>
    public required string CacheKey { get; init; }

    /// <summary>The id in every feed: decided once, never changed.</summary>
    public string Id { get; init; } = "";
}

/// <summary>What came of reading a file. Without a post and without an error the file is no post at all.</summary>
internal sealed record PostReading(Post? Post, ImmutableArray<Problem> Problems);
