using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Makes a file's bytes a post by the rules of the site's generator. Touches no disk; safe for any number of threads. What
/// depends on the site alone is worked out once: a changed site is a new reader.
/// </summary>
internal sealed class PostReader
{
    private readonly SiteKind _kind;
    private readonly int _maxBytes;
    private readonly byte[] _context;
    private readonly Func<string, bool> _isPost;
    private readonly Func<string, bool> _walks;
    private readonly Func<string, bool> _isProse;
    private readonly Func<string, bool> _opensBundle = _ => false;
    private readonly Func<string, bool> _isSection = _ => false;
    private readonly Func<string, bool> _isForeign = _ => false;
    private readonly Func<string, string> _digestOfSections = _ => "";
    private readonly Func<string, bool> _needsFrontMatter;
    private readonly Func<PostFile, Post?> _compose;

    /// <param name="site">Where the posts belong.</param>
    /// <param name="options">How large a post may be.</param>
    /// <param name="rendererVersion">Part of every cache key, so that a new renderer renders anew.</param>
    /// <param name="sections">Files that say something to the posts below them, by <see cref="IsSection"/>.</param>
    public PostReader(SiteDefinition site, PostsOptions options, string rendererVersion, params IEnumerable<FileRead> sections)
    {
        _kind = site.Kind;
        _maxBytes = options.MaxBytes;
        _context = PostHash.OfContext(site, rendererVersion);
        switch (site.Kind)
        {
            case SiteKind.Jekyll:
                JekyllPosts jekyll = new(site);
                (_isPost, _walks, _compose) = (jekyll.IsPost, jekyll.Walks, jekyll.Compose);
                (_isProse, _needsFrontMatter) = (jekyll.IsProse, _ => false);
                break;
            case SiteKind.Hugo:
                HugoPosts hugo = new(site, sections);
                (_isPost, _walks, _compose) = (hugo.IsPost, hugo.Walks, hugo.Compose);
                (_opensBundle, _isSection, _isForeign) = (hugo.OpensBundle, hugo.IsSection, hugo.IsForeign);
                _digestOfSections = hugo.DigestFor;
                Problems = hugo.Problems;
                (_isProse, _needsFrontMatter) = (_ => true, HugoPosts.NeedsFrontMatter);
                break;
            default:
                BarePosts bare = new(site);
                (_isPost, _walks, _compose) = (bare.IsPost, bare.Walks, bare.Compose);
                (_isProse, _needsFrontMatter) = (_ => true, BarePosts.NeedsFrontMatter);
                break;
        }
    }

    /// <summary>What is wrong with what the site says to its posts.</summary>
    public ImmutableArray<Problem> Problems { get; } = [];

    /// <summary>Whether a file, by its path alone, says something to the posts in its folder and below (Hugo's _index.md).</summary>
    public bool IsSection(string relativePath) => _isSection(relativePath);

    /// <summary>Whether the site's generator would make a post of this file, by its path alone, and we cannot read it.</summary>
    public bool IsForeign(string relativePath) => _isForeign(relativePath);

    /// <summary>Whether a file may be a post, by its path below the site's root (forward slashes) alone.</summary>
    public bool IsPost(string relativePath) => _isPost(relativePath);

    /// <summary>Whether posts may lie in or below this folder, given that they may in the one above; empty = the site's root.</summary>
    public bool Walks(string relativeFolder) => _walks(relativeFolder);

    /// <summary>Whether a file of this name makes its folder one post, to which all else in it and below belongs (Hugo's index.md).</summary>
    public bool OpensBundle(string name) => _opensBundle(name);

    /// <summary>The post, or why there is none. Bad input costs this file alone.</summary>
    /// <param name="relativePath">Below the site's root, with forward slashes.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="undatedAs">The date of the post if it has none of its own.</param>
    public PostReading Read(string relativePath, ReadOnlySpan<byte> bytes, DateTimeOffset undatedAs)
    {
        if (!IsPost(relativePath) || !_isProse(relativePath) && !PostText.IsUtf8(bytes))
        {
            return new PostReading(null, []);
        }

        if (relativePath.Any(char.IsControl))
        {
            return Refused(relativePath, "the file's name has a control character", "a name on one line");
        }

        if (bytes.Length > _maxBytes)
        {
            return Refused(relativePath, $"the file has {bytes.Length} bytes", $"at most {_maxBytes} (setting Posts:MaxBytes)");
        }

        List<Problem> problems = [];
        Post? post = PostText.Decode(relativePath, bytes, problems) is string text
            ? Compose(relativePath, text, bytes, undatedAs, problems)
            : null;
        return new PostReading(post, [.. problems]);
    }

    private Post? Compose(string path, string text, ReadOnlySpan<byte> bytes, DateTimeOffset undatedAs, List<Problem> problems)
    {
        FrontMatter frontMatter;
        try
        {
            frontMatter = FrontMatterParser.Parse(text, _kind);
        }
        catch (DataFormatException e)
        {
            problems.Add(Problem.Error(path, e.Line, e.Message));
            return null;
        }

        if (frontMatter.Format == FrontMatterFormat.None && _needsFrontMatter(path))
        {
            return null;
        }

        string place = path + _digestOfSections(path);
        Post? post = _compose(new PostFile
        {
            Path = path,
            FrontMatter = frontMatter,
            UndatedAs = undatedAs,
            Fingerprint = PostHash.OfBody(frontMatter.Body),
            CacheKey = PostHash.OfFile(_context, place, bytes, undatedAs: null),
            Problems = problems,
        });
        if (post is null)
        {
            return null;
        }

        if (post.Permalink.Any(char.IsControl))
        {
            int? line = post.FrontMatter.LineOf("permalink") ?? post.FrontMatter.LineOf("url");
            problems.Add(Problem.Error(path, line, $"the permalink '{post.Permalink}' has a control character"));
            return null;
        }

        return post.IsUndated ? post with { CacheKey = PostHash.OfFile(_context, place, bytes, post.Date) } : post;
    }

    private static PostReading Refused(string path, string what, string expected) =>
        new(null, ImmutableArray.Create(Problem.Error(path, null, what, expected)));
}
