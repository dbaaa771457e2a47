using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>
/// Remembers what was made of posts, so that neither a change nor a restart renders more than it must: in a folder, one file for
/// each post, which may be deleted at any time and used by several processes at once, since a file is only believed when it is
/// whole. What cannot be written is kept in memory. Safe for any number of threads.
/// </summary>
/// <param name="folder">Absolute; null = in memory alone.</param>
internal sealed class RenderCache(string? folder)
{
    private const string Extension = ".post";

    private readonly ConcurrentDictionary<string, KeptRendering> _renderings = new(StringComparer.Ordinal);
    private readonly ReadFiles _readFiles = new();

    /// <summary>Made when there is something to render: where all is known already, that would be a part of the time.</summary>
    private readonly Lazy<PostRenderer> _renderer = new(() => new PostRenderer());
    private HashSet<string>? _names;
    private volatile Problem? _failure;

    /// <summary>Why renderings could not be kept in the folder, when last one could not.</summary>
    public Problem? Failure => _failure;

    /// <summary>The rendering of a post: the one that is known, when it would come out the same now, else a new one.</summary>
    public KeptRendering Get(Post post, Surroundings surroundings)
    {
        string key = KeyOf(post);
        if (_renderings.TryGetValue(post.Path, out KeptRendering? known) && known.IsCurrent(key, surroundings))
        {
            return known;
        }

        bool isUsable = Load(post.Path) is byte[] bytes && RenderingBytes.ReadHead(bytes, isInFile: true) is KeptRendering kept
            && (known = kept).IsCurrent(key, surroundings);
        return _renderings[post.Path] = isUsable ? known! : Render(post, key, surroundings, out _);
    }

    /// <summary>The texts of a rendering; rendered again where they are lost.</summary>
    public RenderedPost Read(Post post, KeptRendering rendering, Surroundings surroundings)
    {
        byte[]? bytes = rendering.Bytes ?? Load(post.Path);
        if (bytes is not null && RenderingBytes.Read(bytes, rendering.Digest) is RenderedPost known)
        {
            return known;
        }

        _renderings[post.Path] = Render(post, KeyOf(post), surroundings, out RenderedPost rendered);
        return rendered;
    }

    /// <summary>Forgets the renderings of all posts but these. One thread at a time.</summary>
    /// <param name="published">Posts of which the rendering is kept in the folder.</param>
    /// <param name="shown">Those of them that are kept in memory where there is no folder.</param>
    public void Keep(IEnumerable<Post> published, IEnumerable<Post> shown)
    {
        HashSet<string> paths = [.. published.Select(p => p.Path)];
        HashSet<string> wanted = [.. shown.Select(p => p.Path)];
        foreach ((string path, KeptRendering rendering) in _renderings)
        {
            if (!paths.Contains(path) || (rendering.Bytes is not null && !wanted.Contains(path)))
            {
                _renderings.TryRemove(path, out _);
            }
        }

        HashSet<string> names = [.. paths.Select(NameOf)];
        IEnumerable<string> gone = _names is null ? FilesInFolder().Where(name => !names.Contains(name)) : _names.Except(names);
        foreach (string name in gone)
        {
            Delete(Path.Join(folder, name));
        }

        _names = names;
    }

    /// <summary>Whether a file of the site that one of the renderings read is now another. One thread at a time.</summary>
    public bool HaveFilesChanged(PostCatalog catalog) => _readFiles.HaveChanged(_renderings.Values.SelectMany(r => r.Reads), catalog);

    private KeptRendering Render(Post post, string key, Surroundings surroundings, out RenderedPost rendered)
    {
        BodyReads reads = new(surroundings);
        rendered = _renderer.Value.Render(post, surroundings.Catalog.Site, reads);
        byte[] bytes = RenderingBytes.Write(key, reads.All, rendered);
        return RenderingBytes.ReadHead(bytes, Save(post.Path, bytes))!;
    }

    private byte[]? Load(string path)
    {
        try
        {
            return folder is null ? null : File.ReadAllBytes(Path.Join(folder, NameOf(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes in place, without care: a file that is not whole is no rendering.</summary>
    private bool Save(string path, byte[] bytes)
    {
        if (folder is null)
        {
            return false;
        }

        string file = Path.Join(folder, NameOf(path));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(file, bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = Problem.Warning(folder, null, $"rendered posts cannot be kept there, which costs time alone: {e.Message}");
            Delete(file);
            return false;
        }
    }

    private IEnumerable<string> FilesInFolder() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension).Select(file => Path.GetFileName(file)) : [];

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It costs room, and is tried again by the next process.
        }
    }

    /// <summary>The name of a post's file: by its path, so that another rendering takes the place of the last.</summary>
    private static string NameOf(string path) => Hash(path) + Extension;

    private static string KeyOf(Post post) => Hash($"{PostRenderer.Version}\0{post.Path}\0{post.CacheKey}\0{post.Permalink}\0{post.Date:O}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 16);
}
