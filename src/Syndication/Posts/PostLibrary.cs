using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// The site as its configuration says now, with the reader and the scanner that go with it. One thread at a time.
/// </summary>
internal sealed class PostLibrary
{
    private readonly Func<SiteReading> _readSite;
    private readonly PostsOptions _options;
    private readonly string _rendererVersion;
    private readonly ImmutableArray<string> _own;
    private Dictionary<string, FileStamp?> _readFrom = [];

    /// <param name="site">The definition to begin with.</param>
    /// <param name="readSite">Reads the site's definition anew.</param>
    /// <param name="options">How posts are read.</param>
    /// <param name="rendererVersion">See <see cref="Post.CacheKey"/>.</param>
    /// <param name="own">Folders that Syndication itself writes, absolute.</param>
    public PostLibrary(
        SiteDefinition site, Func<SiteReading> readSite, PostsOptions options, string rendererVersion, params ImmutableArray<string> own)
    {
        _own = own;
        _readSite = readSite;
        _options = options;
        _rendererVersion = rendererVersion;
        (Site, Reader, Scanner) = With(site);
    }

    public SiteDefinition Site { get; private set; }

    public PostReader Reader { get; private set; }

    public FolderScanner Scanner { get; private set; }

    public FileRead Read(string path, FileStamp stamp) => Scanner.Read(path, stamp, _options.MaxBytes);

    /// <summary>Reads the whole folder once, for a command that does not stay.</summary>
    /// <param name="known">What earlier runs kept.</param>
    /// <param name="now">The time of the scan.</param>
    public CatalogBuilder ReadAll(IEnumerable<KnownPost> known, DateTimeOffset now)
    {
        CatalogBuilder builder = new(Site, Reader, known);
        builder.Take(builder.Take(Scanner.ScanAll(), now).Select(f => Read(f.Path, f.Stamp)));
        builder.SettleAtOnce(confirmed: false, now);
        return builder;
    }

    /// <summary>Whether the folders on the way to this path are all walked.</summary>
    public bool Walks(string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!Scanner.Walks(path[..slash]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An absolute path as one below the site's root with forward slashes.</summary>
    public string PathOf(string absolute) => Path.GetRelativePath(Site.Root, absolute).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Reads the definition again if one of its files was written since. False when nothing changed, or what is there now is not right.</summary>
    public bool Reload(out ImmutableArray<Problem> problems)
    {
        problems = [];
        if (_readFrom.All(f => StampOf(f.Key) == f.Value))
        {
            return false;
        }

        SiteReading reading = _readSite();
        problems = reading.Problems;
        if (reading.Site is null)
        {
            _readFrom = _readFrom.Keys.ToDictionary(path => path, StampOf);
            return false;
        }

        (Site, Reader, Scanner) = With(reading.Site);
        return true;
    }

    private (SiteDefinition Site, PostReader Reader, FolderScanner Scanner) With(SiteDefinition site)
    {
        _readFrom = site.ReadFrom.ToDictionary(path => path, StampOf);
        PostReader reader = new(site, _options, _rendererVersion);
        return (site, reader, new FolderScanner(site, reader, _own));
    }

    private static FileStamp? StampOf(string file)
    {
        FileInfo found = new(file);
        return found.Exists ? new FileStamp(found.Length, found.LastWriteTimeUtc) : null;
    }
}
