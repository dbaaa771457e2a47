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
    private Dictionary<string, FileStamp?>? _seen;

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
        (Site, Reader, Scanner) = With(site, []);
    }

    public SiteDefinition Site { get; private set; }

    public PostReader Reader { get; private set; }

    public FolderScanner Scanner { get; private set; }

    public FileRead Read(string path, FileStamp stamp) => Scanner.Read(path, stamp, _options.MaxBytes);

    /// <summary>Looks at the whole folder, and reads the sections that it finds at once.</summary>
    public FolderScan ScanAll()
    {
        FolderScan scan = Scanner.ScanAll();
        if (!scan.Sections.IsEmpty)
        {
            (Site, Reader, Scanner) = With(Site, scan.Sections);
        }

        return scan;
    }

    /// <summary>Tells that there is this section: one that was not known is read by the next <see cref="Reload"/>.</summary>
    public bool Notice(string section) => _readFrom.TryAdd(Scanner.Absolute(section), null);

    /// <summary>Reads the whole folder once, for a command that does not stay.</summary>
    /// <param name="known">What earlier runs kept.</param>
    /// <param name="now">The time of the scan.</param>
    public CatalogBuilder ReadAll(IEnumerable<KnownPost> known, DateTimeOffset now)
    {
        FolderScan scan = ScanAll();
        CatalogBuilder builder = new(Site, Reader, known);
        builder.Take(builder.Take(scan, now).Select(f => Read(f.Path, f.Stamp)), now);
        builder.SettleAtOnce(now);
        return builder;
    }

    /// <summary>An absolute path as one below the site's root with forward slashes.</summary>
    public string PathOf(string absolute) => Path.GetRelativePath(Site.Root, absolute).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Whether the files of the definition were being written when last looked at; the next look is to follow soon.</summary>
    public bool IsChanging { get; private set; }

    /// <summary>
    /// Reads the definition again if one of its files was written since, and two looks found the same. False when nothing changed,
    /// or what is there now is not right: ids are made of it, and stay for ever.
    /// </summary>
    public bool Reload(out ImmutableArray<Problem> problems)
    {
        problems = [];
        Dictionary<string, FileStamp?> found = _readFrom.Keys.ToDictionary(path => path, StampOf);
        bool isSeen = _seen is not null && AreSame(found, _seen);
        bool isKnown = AreSame(found, _readFrom) || (isSeen && !IsChanging);
        _seen = found;
        IsChanging = !isKnown && !isSeen;
        if (isKnown || IsChanging)
        {
            return false;
        }

        if (Site.ReadFrom.FirstOrDefault(file => found[file] is null or { Length: 0 } && _readFrom[file] is { Length: > 0 }) is string lost)
        {
            problems = [Problem.Warning(lost, null, "is empty or gone, and what it said before stays", "the configuration of the site, or a restart")];
            return false;
        }

        SiteReading reading = _readSite();
        problems = reading.Problems;
        if (reading.Site is null)
        {
            _readFrom = found;
            return false;
        }

        (Site, Reader, Scanner) = With(reading.Site, found.Where(f => f.Value is not null).Select(f => PathOf(f.Key)).Where(Reader.IsSection));
        foreach ((string path, FileStamp? stamp) in found.Where(f => _readFrom.ContainsKey(f.Key)))
        {
            // What was written while it was read is found by the next look.
            _readFrom[path] = stamp;
        }

        return true;
    }

    private (SiteDefinition Site, PostReader Reader, FolderScanner Scanner) With(SiteDefinition site, IEnumerable<string> sections)
    {
        // Which files these are, and whether they may be read, is the reader's and the scanner's to say.
        PostReader reader = new(site, _options, _rendererVersion);
        FolderScanner scanner = new(site, reader, _own);
        List<FileRead> files = [];
        _readFrom = site.ReadFrom.ToDictionary(path => path, StampOf);
        foreach (string path in sections.Where(reader.IsSection))
        {
            _readFrom[scanner.Absolute(path)] = StampOf(scanner.Absolute(path));
            if (scanner.Stamp(path) is FileStamp stamp)
            {
                files.Add(scanner.Read(path, stamp, _options.MaxBytes));
            }
        }

        if (files.Count > 0)
        {
            reader = new PostReader(site, _options, _rendererVersion, files);
            scanner = new FolderScanner(site, reader, _own);
        }

        return (site, reader, scanner);
    }

    private static bool AreSame(Dictionary<string, FileStamp?> stamps, Dictionary<string, FileStamp?> others) =>
        stamps.Count == others.Count && stamps.All(s => others.TryGetValue(s.Key, out FileStamp? other) && other == s.Value);

    private static FileStamp? StampOf(string file)
    {
        FileInfo found = new(file);
        return found.Exists ? new FileStamp(found.Length, found.LastWriteTimeUtc) : null;
    }
}
