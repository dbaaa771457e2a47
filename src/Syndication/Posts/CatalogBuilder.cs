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

    /// <summary>The files read since ids were last decided, and those that were then refused one.</summary>
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);

    /// <summary>Those of them without a date of their own: what they are depends on the date that is kept for them.</summary>
    private readonly Dictionary<string, FileRead> _undated = new(StringComparer.Ordinal);

    /// <summary>Ids of posts that were removed without patience.</summary>
    private readonly HashSet<string> _unconfirmed = new(StringComparer.Ordinal);
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
            _entries.TryAdd(row.Path, new Entry { Row = row });
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
    /// Takes files that were read whole. A file that cannot be read or parsed leaves its last good version in place; a new post
    /// has its id after <see cref="Settle"/>. They are asked for a few at a time, so that never the bytes of all are held at once.
    /// </summary>
    public void Take(IEnumerable<FileRead> reads, DateTimeOffset now)
    {
        foreach (FileRead[] chunk in reads.Chunk(ReadTogether))
        {
            PostReading[] readings = new PostReading[chunk.Length];
            Parallel.For(0, chunk.Length, i => readings[i] = Read(chunk[i], DatedAs(chunk[i])));
            for (int i = 0; i < chunk.Length; i++)
            {
                Enter(chunk[i], readings[i], _isFirstRead && chunk[i].Stamp.Modified < now ? chunk[i].Stamp.Modified : now);
            }
        }

        _isFirstRead = false;
    }

    /// <summary>Decides ids, removes what is gone for good, by <see cref="Absence"/>, and gives the ids that this sets free to files that were refused them.</summary>
    /// <param name="rootIsAnother">See <see cref="Absence.Judge"/>.</param>
    /// <param name="confirmed">See <see cref="Absence.Judge"/>.</param>
    /// <param name="now">The time of the scan just taken.</param>
    public void Settle(bool rootIsAnother, bool confirmed, DateTimeOffset now)
    {
        // What was only moved is not missing, so that comes first.
        Identify(now);
        List<KeyValuePair<string, DateTimeOffset>> missing =
            [.. _entries.Where(e => e.Value.MissingSince is not null).Select(e => KeyValuePair.Create(e.Key, e.Value.MissingSince!.Value))];
        AbsenceVerdict verdict = Absence.Judge(missing, _entries.Count, rootIsAnother, confirmed, now);
        foreach (string path in verdict.Believed)
        {
            Forget(path);
        }

        if (!verdict.Believed.IsEmpty)
        {
            Identify(now);
        }

        _hold = verdict.Hold;
        LookAgain = verdict.LookAgain;
    }

    /// <summary>Removes without patience: for a command that reads once and has nobody to wait for. Nothing is removed where that would be held.</summary>
    public void SettleAtOnce(DateTimeOffset now)
    {
        _unconfirmed.UnionWith(_entries.Values.Where(e => e is { MissingSince: not null, Row: not null }).Select(e => e.Row!.Id));
        Settle(rootIsAnother: true, confirmed: false, now + Absence.Patience);
    }

    /// <summary>The catalog of this moment.</summary>
    public PostCatalog Build(DateTimeOffset now)
    {
        ImmutableArray<Post> posts = [.. _entries.Values.Where(e => e.Post is { Id.Length: > 0 }).Select(e => e.Post!)];
        IEnumerable<KeyValuePair<string, Entry>> wrong = _entries.Where(e => !e.Value.Problems.IsEmpty || !e.Value.IdentityProblems.IsEmpty);
        ImmutableArray<Problem> problems =
            [.. _scanProblems, .. _reader.Problems, .. wrong.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => e.Value.Problems.Concat(e.Value.IdentityProblems))];
        bool settled = !_entries.Values.Any(e => e is { Post: null, Row: not null } && (e.MissingSince is not null || e.Stamp is null));
        IEnumerable<string> unread = _entries.Values.Where(e => e is { Post: null, Row: not null }).Select(e => e.Row!.Id);
        return PostCatalog.Of(
            _site, posts, problems, _hold, settled, now, [.. unread, .. _unconfirmed.Where(id => !_known[id].IsPresent)]);
    }

    /// <summary>What a post without any date is dated: as it was kept, else by its file, in seconds, which every store keeps exactly.</summary>
    private DateTimeOffset DatedAs(FileRead read) =>
        _entries.GetValueOrDefault(read.Path)?.Row?.Date
        ?? new DateTimeOffset(read.Stamp.Modified.UtcTicks - (read.Stamp.Modified.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private PostReading Read(FileRead read, DateTimeOffset datedAs) => read.Bytes switch
    {
        null => new PostReading(null, [Problem.Error(read.Path, null, $"cannot be read: {read.Failure}")]),

        // Just made and not yet written, cut short by a full disk, or a pipe: nothing that readers should see.
        [] => new PostReading(null, [Problem.Error(read.Path, null, "the file is empty, or no regular file", "a post")]),
        _ => _reader.Read(read.Path, read.Bytes, datedAs),
    };

    private void Enter(FileRead read, PostReading reading, DateTimeOffset stillSince)
    {
        bool failed = reading.Problems.Any(p => p.Severity == Severity.Error);
        if (reading.Post is null && !failed)
        {
            // The file is no post, or none any more: that is what it says, so there is nothing to wait for.
            Forget(read.Path);
            return;
        }

        Entry entry = _entries.TryGetValue(read.Path, out Entry? existing) ? existing : _entries[read.Path] = new Entry();
        entry.Stamp = read.Stamp;
        entry.MissingSince = null;
        entry.Problems = reading.Problems;
        if (reading.Post is Post post)
        {
            _fresh.Add(read.Path);
            if (post.IsUndated)
            {
                _undated[read.Path] = read;
            }

            entry.Post = post with { Id = entry.Row?.Id ?? "", Earlier = entry.Row?.Earlier ?? [], StillSince = stillSince };
        }
    }

    /// <summary>Gives ids to the posts that have none, lets texts that changed places keep theirs, and brings all rows up to date.</summary>
    private void Identify(DateTimeOffset now)
    {
        List<Post> open =
            [.. _entries.Values.Where(e => e is { Post: not null, MissingSince: null } && e.Row?.Fingerprint != e.Post.Fingerprint).Select(e => e.Post!)];
        IdentityDecision decision = PostIdentity.Decide(
            open, _known.Values, path => _entries.GetValueOrDefault(path) is { MissingSince: null }, path => _entries[path].IsRefused, now);
        foreach ((string path, IdentityAssignment assignment) in decision.ByPath)
        {
            Assign(_entries[path], assignment.Row);
        }

        foreach ((_, IdentityAssignment assignment) in decision.ByPath)
        {
            if (assignment.FromPath is string from && !decision.ByPath.ContainsKey(from) && _entries.GetValueOrDefault(from)?.Row?.Id == assignment.Row.Id)
            {
                _entries.Remove(from);
            }
        }

        foreach (IGrouping<string, Problem> problems in decision.Problems.GroupBy(p => p.Source))
        {
            _entries[problems.Key].IdentityProblems = [.. problems];
        }

        foreach (string path in _fresh.ToArray())
        {
            Entry? entry = _entries.GetValueOrDefault(path);
            if (entry is { Row: KnownPost row, Post: Post post })
            {
                entry.Row = PostIdentity.Follow(row, post);
                entry.Post = post with { Earlier = entry.Row.Earlier };
                entry.IdentityProblems = LateId(row, post);
                Keep(entry.Row);
            }

            if (entry is not { Row: null })
            {
                _fresh.Remove(path);
                _undated.Remove(path);
            }
        }
    }

    private void Assign(Entry entry, KnownPost row)
    {
        Post post = entry.Post!;
        if (post.IsUndated && post.Date != row.Date && _undated.TryGetValue(post.Path, out FileRead? read) && Read(read, row.Date).Post is Post dated)
        {
            post = dated with { StillSince = post.StillSince };
        }

        entry.Post = post with { Id = row.Id, Earlier = row.Earlier };
        entry.Row = row;
        entry.IdentityProblems = [];
        Keep(row);
    }

    private static ImmutableArray<Problem> LateId(KnownPost row, Post post) => post.DeclaredId is string declared && declared != row.Id
        ? [Problem.Warning(post.Path, post.FrontMatter.LineOf("id") ?? post.FrontMatter.LineOf("guid"),
            $"the id {declared} comes too late: readers know the post as {row.Id}, which stays")]
        : [];

    /// <summary>There is no post at this path any more; its id is free for whoever declares it.</summary>
    private void Forget(string path)
    {
        if (_entries.Remove(path, out Entry? entry) && entry.Row is KnownPost row)
        {
            Keep(row with { IsPresent = false });
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

        /// <summary>Whether it was asked for an id before, and the id was another file's.</summary>
        public bool IsRefused => Row is null && !IdentityProblems.IsEmpty;
    }
}
