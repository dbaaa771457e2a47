using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// Looks at the posts folder: which files are there, and which may be read. It follows no link to a folder, and a link to a
/// file only when that lies in the site. Safe for any number of threads.
/// </summary>
/// <param name="site">The site.</param>
/// <param name="reader">Says which paths are posts.</param>
/// <param name="own">Folders that Syndication itself writes, absolute: they may lie in the site, and hold no posts.</param>
internal sealed class FolderScanner(SiteDefinition site, PostReader reader, ImmutableArray<string> own)
{
    private readonly string _postsFolder = Relative(site.Root, site.PostsFolder);
    private readonly FrozenSet<string> _own = own.Select(folder => Relative(site.Root, folder)).ToFrozenSet(StringComparer.Ordinal);

    public FolderScan ScanAll() => Scan("");

    /// <param name="folder">A folder below the site's root with forward slashes; empty = the posts folder.</param>
    public FolderScan Scan(string folder)
    {
        Dictionary<string, FileStamp> files = new(StringComparer.Ordinal);
        List<string> sections = [];
        SortedSet<string> foreign = new(StringComparer.Ordinal);
        List<string> unreadable = [];
        List<Problem> problems = [];
        string start = folder.Length == 0 ? _postsFolder : folder;
        string? failure = null;
        string[] begin = IsLinked(folder) ? [] : [start];
        Stack<string> open = new(begin);
        while (open.TryPop(out string? current))
        {
            try
            {
                FileSystemInfo[] entries = new DirectoryInfo(Absolute(current)).GetFileSystemInfos();
                bool isBundle = current != _postsFolder && entries.Any(entry => entry is FileInfo && reader.OpensBundle(entry.Name));
                foreach (FileSystemInfo entry in isBundle ? entries.Where(entry => reader.OpensBundle(entry.Name)) : entries)
                {
                    string path = current.Length == 0 ? entry.Name : $"{current}/{entry.Name}";
                    if (entry is DirectoryInfo)
                    {
                        if (entry.LinkTarget is null && Walks(path))
                        {
                            open.Push(path);
                        }
                    }
                    else if (IsSection(path))
                    {
                        sections.Add(path);
                    }
                    else if (reader.IsForeign(path))
                    {
                        foreign.Add(path);
                    }
                    else if (IsCandidate(path) && Stamp((FileInfo)entry, path, problems) is FileStamp stamp)
                    {
                        files[path] = stamp;
                    }
                }
            }
            catch (DirectoryNotFoundException) when (current != _postsFolder)
            {
                // It went away between the listing of its parent and now: it holds nothing any more.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (current == start)
                {
                    failure = Plain(e);
                }

                unreadable.Add(current);
                problems.Add(Problem.Error(current.Length == 0 ? site.PostsFolder : current, null, $"the folder cannot be read: {Plain(e)}"));
            }
        }

        if (foreign.Count > 0)
        {
            string which = foreign.Count == 1 ? "is" : string.Create(CultureInfo.InvariantCulture, $"and {foreign.Count - 1} more are");
            problems.Add(Problem.Warning(foreign.Min!, null, $"{which} written in a language that is not read here, and no post", "Markdown or HTML"));
        }

        return new FolderScan
        {
            Folder = folder,
            Failure = failure,
            Files = files,
            Sections = [.. sections],
            Unreadable = [.. unreadable],
            Problems = [.. problems],
        };
    }

    /// <summary>Whether a folder is looked into, given that the one above it is.</summary>
    public bool Walks(string folder) => !IsOfAnEditor(SitePaths.Name(folder)) && reader.Walks(folder) && !_own.Contains(folder);

    /// <summary>Whether all folders on the way to a path are looked into.</summary>
    public bool WalksTo(string path) => SitePaths.FoldersTo(path).Where(IsBelowPosts).All(folder => Walks(folder) && !IsBundleAround(folder, path));

    /// <summary>Whether a file may be a post by its name, given that its folder is looked into.</summary>
    public bool IsCandidate(string path) => !IsOfAnEditor(SitePaths.Name(path)) && reader.IsPost(path);

    /// <summary>Whether a file says something to the posts below it, given that its folder is looked into.</summary>
    public bool IsSection(string path) => !IsOfAnEditor(SitePaths.Name(path)) && reader.IsSection(path);

    /// <summary>The stamp of one file, or null when there is none that may be read.</summary>
    public FileStamp? Stamp(string path) => IsLinked(SitePaths.Folder(path)) ? null : Stamp(new FileInfo(Absolute(path)), path, []);

    /// <summary>Reads a file whole. A file that is larger than any post is not read: its length alone tells.</summary>
    public FileRead Read(string path, FileStamp stamp, int maxBytes)
    {
        if (stamp.Length > maxBytes)
        {
            return new FileRead(path, stamp, null, $"it has {stamp.Length} bytes, and a post has at most {maxBytes} (Posts:MaxBytes)");
        }

        try
        {
            // A file without bytes may be a pipe or a device, and opening that could wait for ever.
            return new FileRead(path, stamp, stamp.Length == 0 ? [] : File.ReadAllBytes(Absolute(path)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileRead(path, stamp, null, Plain(e));
        }
    }

    public string Absolute(string path) => path.Length == 0 ? site.Root : Path.Join(site.Root, path);

    /// <summary>What an editor leaves beside a file: swap files, locks, backups. C# is a name like any other.</summary>
    private static bool IsOfAnEditor(string name) => name is ['.' or '~' or '#', ..] or [.., '~'];

    /// <summary>Whether a folder is a link, or lies behind one. The posts folder itself may be one.</summary>
    private bool IsLinked(string folder)
    {
        try
        {
            return SitePaths.FoldersTo(folder).Append(folder).Where(IsBelowPosts).Any(f => new DirectoryInfo(Absolute(f)).LinkTarget is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the folder is one post of which the path is only a part.</summary>
    private bool IsBundleAround(string folder, string path) =>
        reader.OpensBundle("index.md") && !(SitePaths.Folder(path) == folder && reader.OpensBundle(SitePaths.Name(path)))
        && File.Exists(Path.Join(Absolute(folder), "index.md"));

    private bool IsBelowPosts(string folder) => folder.Length > _postsFolder.Length && FolderScan.IsBelow(folder, _postsFolder);

    private FileStamp? Stamp(FileInfo file, string path, List<Problem> problems)
    {
        try
        {
            if (file.LinkTarget is not null)
            {
                if (file.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo { Exists: true } target || !IsInSite(target.FullName))
                {
                    problems.Add(Problem.Warning(path, null, "is a link that leads out of the site, and is not followed"));
                    return null;
                }

                file = target;
            }

            return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsInSite(string absolute)
    {
        string root = new DirectoryInfo(site.Root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? site.Root;
        return absolute.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Relative(string root, string folder)
    {
        string relative = Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." ? "" : relative;
    }

    private static string Plain(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException or FileNotFoundException => "it does not exist",
        _ => e.Message.Split('\n')[0],
    };
}
