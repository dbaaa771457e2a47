using Syndication.Content.Liquid;
using Syndication.Posts;

namespace Syndication.Content;

/// <summary>
/// How one rendering reads what lies beyond its post, other posts and files of the site, and the record of what it read: whoever
/// looks there by another way makes the cache stale. What the site's configuration says is in every post's key already. Not for
/// several threads.
/// </summary>
internal sealed class BodyReads(Surroundings surroundings)
{
    private readonly Dictionary<(ReadKind Kind, string Name), string> _read = [];

    /// <summary>All that was read so far.</summary>
    public IEnumerable<BodyRead> All => _read.Select(r => new BodyRead(r.Key.Kind, r.Key.Name, r.Value));

    /// <summary>See <see cref="ReadKind.PostAt"/>.</summary>
    public Post? PostAt(string path)
    {
        Note(ReadKind.PostAt, path);
        return surroundings.Find(ReadKind.PostAt, path);
    }

    /// <summary>See <see cref="ReadKind.PostNamed"/>.</summary>
    public Post? PostNamed(string name)
    {
        Note(ReadKind.PostNamed, name);
        return surroundings.Find(ReadKind.PostNamed, name);
    }

    /// <summary>See <see cref="ReadKind.PageNamed"/>.</summary>
    public Post? PageNamed(string path)
    {
        Note(ReadKind.PageNamed, path);
        return surroundings.Find(ReadKind.PageNamed, path);
    }

    /// <summary>See <see cref="ReadKind.AllPosts"/>.</summary>
    public PostOrder AllPosts()
    {
        Note(ReadKind.AllPosts, "");
        return PostOrder.Of(surroundings.Catalog);
    }

    /// <summary>See <see cref="Surroundings.File"/>.</summary>
    public SiteFile? File(string path)
    {
        Note(ReadKind.File, path);
        return surroundings.File(path);
    }

    /// <summary>Notes that a folder of the site is read; gives its digest.</summary>
    public string Folder(string path) => Note(ReadKind.Folder, path);

    private string Note(ReadKind kind, string name) =>
        _read.TryGetValue((kind, name), out string? digest) ? digest : _read[(kind, name)] = surroundings.Digest(kind, name);
}
