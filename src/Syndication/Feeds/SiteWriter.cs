using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>
/// Writes what is published into the output folder: feeds, and for a site without one of its own pages with their images.
/// A file that cannot be written costs only itself. One thread at a time.
/// </summary>
internal sealed class SiteWriter(OutputFolder output, PageBuilder pages)
{
    public const string LandingName = "index.html";

    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>What could not be written since the last <see cref="Finish"/>.</summary>
    public ImmutableArray<Problem> Problems =>
        [.. _problems.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Problem.Error(p.Key, null, p.Value))];

    /// <summary>Files written for the current catalog, by name.</summary>
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);

    public void WriteFeeds(FeedSet set)
    {
        foreach ((FeedDefinition definition, byte[] bytes) in set.Feeds)
        {
            string name = PageNames.Of(definition.Path);
            Try(name, () => Write(name, FeedBytes.Hash(bytes), bytes, []));
        }
    }

    /// <summary>Writes a post's page with its images, unless what lies there was made of the same.</summary>
    /// <param name="site">The site.</param>
    /// <param name="post">The post.</param>
    /// <param name="render">Asked only when the page is to be made.</param>
    public void WritePage(SiteDefinition site, Post post, Func<RenderedPost> render)
    {
        string name = PageNames.Of(post.Permalink);
        Try(post.Path, () =>
        {
            if (output.TryAbsolute(name) is null)
            {
                throw new IOException($"the page {post.Permalink} would lie outside of the output folder");
            }

            if (_current.ContainsKey(name))
            {
                throw new IOException($"the page {post.Permalink} is there already, of another post");
            }

            string key = pages.KeyOf(post, site);
            if (output.Find(name, key) is WrittenFile written)
            {
                _current[name] = key;
                CopyImages(site, written.Needs);
            }
            else
            {
                RenderedPost rendered = render();
                ImmutableArray<string> images = [.. rendered.LocalFiles.Where(file => IsShown(site, file))];
                CopyImages(site, images);
                WriteOwn(name, key, pages.Post(site, post, rendered), images);
            }
        });
    }

    public void WriteLanding(ReadOnlySpan<byte> landing)
    {
        byte[] bytes = landing.ToArray();
        Try(LandingName, () => WriteOwn(LandingName, FeedBytes.Hash(bytes), bytes, []));
    }

    /// <summary>Removes what is no more published, and gives the files to be served.</summary>
    public FrozenDictionary<string, PublishedFile> Finish()
    {
        Try(".", () => output.Finish(_current.Keys.ToFrozenSet(StringComparer.Ordinal)));
        Dictionary<string, PublishedFile> files = new(StringComparer.Ordinal);
        foreach ((string name, string key) in _current)
        {
            PublishedFile file = new(output.TryAbsolute(name)!, PageNames.MediaTypeOf(name), key);
            files[$"/{name}"] = file;
            if (name.EndsWith("/" + LandingName, StringComparison.Ordinal))
            {
                files[$"/{name[..^LandingName.Length]}"] = file;
            }
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Forgets what the last catalog had; its files stay until <see cref="Finish"/>.</summary>
    public void Begin()
    {
        _current.Clear();
        _problems.Clear();
    }

    private void CopyImages(SiteDefinition site, ImmutableArray<string> files)
    {
        foreach (string file in files.Where(file => !_current.ContainsKey(file)))
        {
            Try(file, () =>
            {
                FileInfo source = new(Path.Join(site.Root, file));
                string key = string.Create(CultureInfo.InvariantCulture, $"{source.Length:x}-{source.LastWriteTimeUtc.Ticks:x}");
                if (output.Find(file, key) is not null)
                {
                    _current[file] = key;
                }
                else if (output.TryAbsolute(file) is not null)
                {
                    WriteOwn(file, key, File.ReadAllBytes(source.FullName), []);
                }
            });
        }
    }

    /// <summary>Whether a file that a post names is one to be shown: there, in the site, not hidden, and not itself a post or a page's source.</summary>
    private static bool IsShown(SiteDefinition site, string file)
    {
        string path = Path.GetFullPath(Path.Join(site.Root, file));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(site.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !file.Split('/').Any(part => part.StartsWith('.'))
            && PageNames.MediaTypeOf(file) is not ("application/octet-stream" or "text/html; charset=utf-8")
            && new FileInfo(path) is { Exists: true, LinkTarget: null };
    }

    private void WriteOwn(string name, string key, byte[] bytes, ImmutableArray<string> needs)
    {
        if (output.IsForeign(name))
        {
            throw new IOException($"{name} in the output folder was not written by Syndication, and stays as it is");
        }

        Write(name, key, bytes, needs);
    }

    private void Write(string name, string key, byte[] bytes, ImmutableArray<string> needs)
    {
        output.Write(name, key, bytes, needs);
        _current[name] = key;
    }

    private void Try(string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataFormatException)
        {
            _problems[what] = $"cannot be written: {e.Message}";
        }
    }
}
