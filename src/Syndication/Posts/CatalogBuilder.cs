using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Holds what is known of each file and makes catalogs of it: scans and read bytes go in, a catalog and the rows to keep come
/// out. It does no input or output and reads no clock. One thread at a time.
/// </summary>
internal sealed class CatalogBuilder
{
    private const int ReadTogether = 256;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownPost> _known;
    private readonly Dictionary<string, KnownPost> _unsaved = new(StringComparer.Ordinal);
    private SiteDefinition _site;
    private PostReader _reader;
    private ImmutableArray<Problem> _scanProblems = [];
    private RemovalHold? _hold;
    private bool _isFirstRead = true;

    public CatalogBuilder(SiteDefinition site, PostReader reader, IEnumerable<KnownPost> known)
    {
        _site = site;
        _reader = reader;
        _known = known.ToDictionary(row => row.Id, StringComparer.Ordinal);
        foreach (KnownPost row in _known.Values.Where(row => row.IsPresent))
        {
            _entries[row.Path] = new Entry { Row = row };
        }
    }

    /// <summary>Rows that differ from those in the store; kept until <see cref="Saved"/>.</summary>
    public ImmutableArray<KnownPost> Unsaved => [.. _unsaved.Values];

    /// <summary>When another scan could settle an absence; null when none is open.</summary>
    public DateTimeOffset? LookAgain { get; private set; }

    /// <summary>Whether the last scans found any file that was known before or is a post.</summary>
    public bool HasFiles => _entries.Values.Any(e => e.MissingSince is null);

    public void Saved(ImmutableArray<KnownPost> rows)
    {
        foreach (KnownPost row in rows)
        {
            if (_unsaved.GetValueOrDefault(row.Id) == row)
            {
                _unsaved.Remove(row.Id);
            }
        }
    }

    /// <summary>Takes another definition of the site: every file is to be read again, and keeps its id.</summary>
    public void Redefine(SiteDefinition site, PostReader reader)
    {
        _site = site;
        _reader = reader;
        foreach (Entry entry in _entries.Values)
        {
            entry.Stamp = null;
        }
    }

    /// <summary>Takes what a scan found, and tells which files are new or were written since they were last read.</summary>
    public ImmutableArray<(string Path, FileStamp Stamp)> Take(FolderScan scan, DateTimeOffset now)
    {
        if (scan.Failure is not null || scan.Folder.Length == 0)
        {
            _scanProblems = scan.Problems;
        }

        foreach ((string path, Entry entry) in _entries)
        {
            if (scan.Files.ContainsKey(path))
            {
                entry.MissingSince = null;
            }
            else if (scan.Covers(path))
            {
                entry.MissingSince ??= now;
            }
        }

        return [.. scan.Files.Where(f => _entries.GetValueOrDefault(f.Key)?.Stamp != f.Value).Select(f => (f.Key, f.Value))];
    }

    /// <summary>Whether anything below this path is known: it was a folder, then.</summary>
    public bool Holds(string folder) => _entries.Keys.Any(path => FolderScan.IsBelow(path, folder));

    /// <summary>Whether the file was last read with this very stamp.</summary>
    public bool HasRead(string path, FileStamp stamp) => _entries.GetValueOrDefault(path)?.Stamp == stamp;

    /// <summary>
    /// Takes files that were read whole. A file that cannot be read or parsed leaves its last good version in place. They are asked
    /// for a few at a time, so that never the bytes of all are held at once.
    /// </summary>
    public void Take(IEnumerable<FileRead> reads, DateTimeOffset now)
    {
        List<string> paths = [];
        Dictionary<string, FileRead> undated = new(StringComparer.Ordinal);
        foreach (FileRead[] chunk in reads.Chunk(ReadTogether))
        {
            PostReading[] readings = new PostReading[chunk.Length];
            Parallel.For(0, chunk.Length, i => readings[i] = Read(chunk[i], DatedAs(chunk[i])));
            for (int i = 0; i < chunk.Length; i++)
            {
                Enter(chunk[i], readings[i], _isFirstRead && chunk[i].Stamp.Modified < now ? chunk[i].Stamp.Modified : now);
                paths.Add(chunk[i].Path);
                if (readings[i].Post is { IsUndated: true })
                {
                    undated[chunk[i].Path] = chunk[i];
                }
            }
        }

        _isFirstRead = false;
        Identify(paths, undated, now);
    }

    /// <summary>Removes what is gone for good, by <see cref="Absence"/>.</summary>
    /// <param name="rootIsAnother">See <see cref="Absence.Judge"/>.</param>
    /// <param name="confirmed">See <see cref="Absence.Judge"/>.</param>
    /// <param name="now">The time of the scan just taken.</param>
    public void Settle(bool rootIsAnother, bool confirmed, DateTimeOffset now)
    {
        List<KeyValuePair<string, DateTimeOffset>> missing =
            [.. _entries.Where(e => e.Value.MissingSince is not null).Select(e => KeyValuePair.Create(e.Key, e.Value.MissingSince!.Value))];
        AbsenceVerdict verdict = Absence.Judge(missing, _entries.Count, rootIsAnother, confirmed, now);
        foreach (string path in verdict.Believed)
        {
            if (_entries.Remove(path, out Entry? entry) && entry.Row is KnownPost row)
            {
                Keep(row with { IsPresent = false });
            }
        }

        _hold = verdict.Hold;
        LookAgain = verdict.LookAgain;
    }

    /// <summary>Removes without patience: for a command that reads once and has nobody to wait for. Nothing is removed where that would be held.</summary>
    public void SettleAtOnce(bool confirmed, DateTimeOffset now) => Settle(rootIsAnother: true, confirmed, now + Absence.Patience);

    /// <summary>The catalog of this moment.</summary>
    public PostCatalog Build(DateTimeOffset now)
    {
        ImmutableArray<Post> posts = [.. _entries.Values.Where(e => e.Post is { Id.Length: > 0 }).Select(e => e.Post!)];
        IEnumerable<KeyValuePair<string, Entry>> wrong = _entries.Where(e => !e.Value.Problems.IsEmpty || !e.Value.IdentityProblems.IsEmpty);
        ImmutableArray<Problem> problems =
            [.. _scanProblems, .. wrong.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => e.Value.Problems.Concat(e.Value.IdentityProblems))];
        bool settled = !_entries.Values.Any(e => e is { Post: null, Row: not null, MissingSince: not null });
        return PostCatalog.Of(_site, posts, problems, _hold, settled, now);
    }

    /// <summary>What a post without any date is dated: as it was kept, else by its file, in seconds, which every store keeps exactly.</summary>
    private DateTimeOffset DatedAs(FileRead read) =>
        _entries.GetValueOrDefault(read.Path)?.Row?.Date
        ?? new DateTimeOffset(read.Stamp.Modified.UtcTicks - (read.Stamp.Modified.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private PostReading Read(FileRead read, DateTimeOffset datedAs) => read.Bytes switch
    {
        null => new PostReading(null, [Problem.Error(read.Path, null, $"cannot be read: {read.Failure}")]),

        // Just made and not yet written, cut short by a full disk, or a pipe: nothing that readers should see.
        [] => new PostReading(null, [Problem.Error(read.Path, null, "the file is empty", "a post")]),
        _ => _reader.Read(read.Path, read.Bytes, datedAs),
    };

    private void Enter(FileRead read, PostReading reading, DateTimeOffset stillSince)
    {
        bool failed = reading.Problems.Any(p => p.Severity == Severity.Error);
        if (reading.Post is null && !failed)
        {
            // The file is no post, or none any more: that is what it says, so there is nothing to wait for.
            if (_entries.Remove(read.Path, out Entry? former) && former.Row is KnownPost row)
            {
                Keep(row with { IsPresent = false });
            }

            return;
        }

        Entry entry = _entries.TryGetValue(read.Path, out Entry? existing) ? existing : _entries[read.Path] = new Entry();
        entry.Stamp = read.Stamp;
        entry.MissingSince = null;
        entry.Problems = reading.Problems;
        if (reading.Post is Post post)
        {
            entry.Post = post with { Id = entry.Row?.Id ?? "", StillSince = stillSince };
        }
    }

    /// <summary>Gives ids to the posts that have none, and brings the rows of the others up to date.</summary>
    /// <param name="paths">The files just read.</param>
    /// <param name="undated">Those of them without a date of their own, by path: what they are depends on the date that is kept for them.</param>
    /// <param name="now">The time of the scan.</param>
    private void Identify(IReadOnlyList<string> paths, Dictionary<string, FileRead> undated, DateTimeOffset now)
    {
        // A file refused for its id may have it now that another file is gone, so all without a row are asked about each time.
        List<Post> newcomers = [.. _entries.Values.Where(e => e.Row is null && e.Post is not null).Select(e => e.Post!)];
        IdentityDecision decision = PostIdentity.Decide(newcomers, _known.Values, path => _entries.GetValueOrDefault(path) is { MissingSince: null }, now);
        foreach ((string path, IdentityAssignment assignment) in decision.ByPath)
        {
            Entry entry = _entries[path];
            entry.Row = assignment.Row;
            if (assignment.FromPath is not null && _entries.GetValueOrDefault(assignment.FromPath)?.Row?.Id == assignment.Row.Id)
            {
                _entries.Remove(assignment.FromPath);
            }

            Post post = entry.Post!;
            if (post.IsUndated && post.Date != assignment.Row.Date && undated.TryGetValue(path, out FileRead? read)
                && Read(read, assignment.Row.Date).Post is Post dated)
            {
                post = dated with { StillSince = post.StillSince };
            }

            entry.Post = post with { Id = assignment.Row.Id };
        }

        foreach (Post post in newcomers)
        {
            _entries[post.Path].IdentityProblems = [.. decision.Problems.Where(p => p.Source == post.Path)];
        }

        foreach (string path in paths)
        {
            if (_entries.GetValueOrDefault(path) is { Row: KnownPost row, Post: Post { Id.Length: > 0 } post } entry)
            {
                Keep(PostIdentity.Follow(row, post));
                entry.Row = _known[row.Id];
                entry.IdentityProblems = post.DeclaredId is string declared && declared != row.Id
                    ? [Problem.Warning(post.Path, post.FrontMatter.LineOf("id") ?? post.FrontMatter.LineOf("guid"),
                        $"the id {declared} comes too late: readers know the post as {row.Id}, which stays")]
                    : [];
            }
        }
    }

    private void Keep(KnownPost row)
    {
        if (_known.GetValueOrDefault(row.Id) != row)
        {
            _known[row.Id] = row;
            _unsaved[row.Id] = row;
        }
    }

    /// <summary>What is known of one path. Without a row it has no id; without a post it was never read, or never right.</summary>
    private sealed class Entry
    {
        public FileStamp? Stamp { get; set; }

        public Post? Post { get; set; }

        public KnownPost? Row { get; set; }

        public DateTimeOffset? MissingSince { get; set; }

        public ImmutableArray<Problem> Problems { get; set; } = [];

        public ImmutableArray<Problem> IdentityProblems { get; set; } = [];
    }
}
